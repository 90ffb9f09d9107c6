//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/scripts/browser"
)

// onDisk writes a file for the reader to open.
func onDisk(t *testing.T, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// fixture returns the weights of a model in model/testdata, without their configuration.
func fixture(t *testing.T, folder string) []byte {
	t.Helper()
	b, err := os.ReadFile("../model/testdata/" + folder + "/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode(folder, b)
	if err != nil {
		t.Fatal(err)
	}
	f.Metadata = nil
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b
}

// randomModel returns the file of a random model.
func randomModel(t *testing.T, c model.Config) []byte {
	t.Helper()
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pick lets the reader pick a file, as the system's dialog would.
func pick(page *browser.Page, path string) {
	page.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}, chromedp.NodeReady))
}

const said = `document.querySelector("#open-card").innerText`

func press(page *browser.Page, selector string) {
	browser.Eval[bool](page, `(document.querySelector('`+selector+`').click(), true)`)
}

// confirm opens the file once the dialog has all its answers.
func confirm(page *browser.Page) {
	page.WaitFor(`!document.querySelector("#open-confirm").disabled`)
	press(page, "#open-confirm")
}

func TestAReaderOpensAModelOfTheirOwn(t *testing.T) {
	t.Parallel()
	tiny := onDisk(t, "tiny.safetensors", fixture(t, "tiny-gpt2"))
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		pick(page, tiny)
		page.WaitFor(`document.querySelector("#open-letters")`)
		for _, want := range []string{"28k parameters", "65 tokens", "nothing is uploaded", "0 of 65 characters"} {
			if text := browser.Eval[string](page, said); !strings.Contains(text, want) {
				t.Errorf("the dialog lacks %q: %q", want, text)
			}
		}
		browser.Eval[bool](page, `(() => {
			const heads = document.querySelector("#open-heads"); heads.value = "4"; heads.dispatchEvent(new Event("change", {bubbles: true}));
			const letters = document.querySelector("#open-letters"); letters.value = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
			letters.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`)
		confirm(page)
		page.WaitFor(`glassbox.state().model === "file.1" && glassbox.state().tokens.length === 6`)
		browser.Eval[state](page, `glassbox.setPrompt("To be")`)
		if s := browser.Eval[state](page, `glassbox.step()`); len(s.Tokens) != 6 || s.Problem != nil {
			t.Errorf("after a step: %+v", s)
		}
		n := browser.Eval[int](page, `glassbox.tensor("h.1.attn.head.3.scores").then((t) => t.data.length)`)
		if n != 36 {
			t.Errorf("the scores of head 3 are %d numbers", n)
		}
		press(page, `[data-model="sort"]`)
		page.WaitFor(`glassbox.state().model === "sort" && glassbox.state().tokens.length === 6`)
		press(page, `[data-model="file.1"]`)
		page.WaitFor(`glassbox.state().model === "file.1" && glassbox.state().tokens.length === 6`)
	})
}

func TestAFileIsDroppedOnThePage(t *testing.T) {
	t.Parallel()
	nano := onDisk(t, "nano.safetensors", fixture(t, "nano-sort"))
	page := open(t, addresses()["file"])
	drop := `(type) => { const d = new DataTransfer(); d.items.add(window.dropped);
		document.querySelector("#gl").dispatchEvent(new DragEvent(type, {dataTransfer: d, bubbles: true, cancelable: true})); }`
	browser.Eval[bool](page, `(() => { const i = document.createElement("input"); i.type = "file"; i.id = "test-file";
		document.body.append(i); i.onchange = () => { window.dropped = i.files[0]; }; return true; })()`)
	page.Do(chromedp.SetUploadFiles(chromedp.CSS("#test-file"), []string{nano}, chromedp.NodeReady))
	page.WaitFor(`window.dropped`)
	browser.Eval[bool](page, `((`+drop+`)("dragover"), true)`)
	if !browser.Eval[bool](page, `document.documentElement.hasAttribute("data-dragging")`) {
		t.Error("nothing shows that the file can be dropped")
	}
	browser.Eval[bool](page, `((`+drop+`)("drop"), true)`)
	page.WaitFor(`document.querySelector("#open-heads")`)
	if browser.Eval[bool](page, `document.documentElement.hasAttribute("data-dragging")`) {
		t.Error("the edge stays after the drop")
	}
	browser.Eval[bool](page, `(() => { const heads = document.querySelector("#open-heads"); heads.value = "3"; heads.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`)
	press(page, `[data-words="numbers"]`)
	confirm(page)
	page.WaitFor(`glassbox.state().model === "file.1" && glassbox.state().tokens.length === 3`)
	browser.Eval[state](page, `glassbox.setPrompt("2 1 0 1 1 2")`)
	for range 5 {
		browser.Eval[state](page, `glassbox.step()`)
	}
	if ids := browser.Eval[[]int](page, `glassbox.state().generated`); len(ids) != 5 || ids[0] != 0 || ids[1] != 1 || ids[4] != 2 {
		t.Errorf("the sorter of others wrote %v", ids)
	}
	page.NoErrors()
}

func TestADamagedFileReplacesNothing(t *testing.T) {
	t.Parallel()
	damaged := onDisk(t, "damaged.safetensors", bytes.Replace(fixture(t, "nano-sort"),
		[]byte(`"h.0.attn.c_attn.weight":{"dtype":"F32","shape":[48,144]`), []byte(`"h.0.attn.c_attn.weight":{"dtype":"F32","shape":[144,48]`), 1))
	tiny := onDisk(t, "tiny.safetensors", fixture(t, "tiny-gpt2"))
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		pick(page, damaged)
		page.WaitFor(`glassbox.state().problem`)
		want := "h.0.attn.c_attn.weight is (144, 48); expected (48, 144). Nothing was replaced."
		if s := browser.Eval[state](page, `glassbox.state()`); !strings.Contains(s.Problem.Detail, want) || len(s.Tokens) != 6 {
			t.Errorf("the problem is %+v", s.Problem)
		}
		press(page, "#dismiss")
		pick(page, tiny)
		page.WaitFor(`document.activeElement.id === "open-heads"`)
		page.Do(chromedp.KeyEvent("\x1b"))
		page.WaitFor(`!document.querySelector("#open-card") && document.activeElement.id === "open"`)
		if s := browser.Eval[state](page, `glassbox.step()`); len(s.Tokens) != 7 || s.Problem != nil {
			t.Errorf("after a cancelled opening: %+v", s)
		}
	})
}

func TestAFileThatWasRemovedIsSaidToBe(t *testing.T) {
	t.Parallel()
	nano := onDisk(t, "nano.safetensors", randomModel(t, model.Config{Vocab: 3, Context: 8, Width: 8, Heads: 2, Blocks: 1, Alphabet: "abc"}))
	page := open(t, addresses()["http"])
	pick(page, nano)
	page.WaitFor(`glassbox.state().model === "file.1"`)
	press(page, `[data-model="sort"]`)
	page.WaitFor(`glassbox.state().model === "sort" && glassbox.state().tokens.length === 6`)
	if err := os.Remove(nano); err != nil {
		t.Fatal(err)
	}
	press(page, `[data-model="file.1"]`)
	page.WaitFor(`glassbox.state().problem`)
	if s := browser.Eval[state](page, `glassbox.step().catch(() => glassbox.state())`); !strings.Contains(s.Problem.Detail, "moved, changed or removed") || len(s.Tokens) != 7 {
		t.Errorf("the problem is %+v", s.Problem)
	}
}

// TestALargeModelOpensRunsAndSteps opens 11 million parameters, of nanoGPT's size for
// letters. How long its tasks take is logged, not asserted: that depends on the machine.
func TestALargeModelOpensRunsAndSteps(t *testing.T) {
	t.Parallel()
	large := onDisk(t, "large.safetensors", randomModel(t, model.Config{Vocab: 65, Context: 256, Width: 384, Heads: 6, Blocks: 6, Tied: true}))
	page := open(t, addresses()["file"])
	browser.Eval[bool](page, `(() => { window.longest = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) longest = Math.max(longest, e.duration); }).observe({entryTypes: ["longtask"]}); return true; })()`)
	pick(page, large)
	page.WaitFor(`document.querySelector("#open-confirm")`)
	press(page, `[data-words="numbers"]`)
	confirm(page)
	page.WaitFor(`glassbox.state().model === "file.1" && glassbox.state().tokens.length === 6`)
	t.Logf("the longest task while it opened: %.0f ms", browser.Eval[float64](page, `longest`))
	browser.Eval[bool](page, `(longest = 0, true)`)
	for range 3 {
		browser.Eval[state](page, `glassbox.step()`)
	}
	if s := browser.Eval[state](page, `glassbox.select("h.5.mlp.gelu")`); len(s.Tokens) != 9 || s.Problem != nil {
		t.Errorf("after three steps: %+v", s)
	}
	t.Logf("the longest task of three steps: %.0f ms", browser.Eval[float64](page, `longest`))
	page.NoErrors()
}
