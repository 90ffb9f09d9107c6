//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"glassbox/model/checkpoint/safetensors"
	"glassbox/scripts/browser"
)

// sorterFolder writes the sorter as others would, in two parts with a configuration, and what lies beside a model.
func sorterFolder(t *testing.T) string {
	t.Helper()
	f, err := safetensors.Decode("nano", fixture(t, "nano-sort"))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "sorter")
	put := func(name string, b []byte) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, list := range map[string][]safetensors.Tensor{"model-00001-of-00002.safetensors": f.Tensors[:20], "model-00002-of-00002.safetensors": f.Tensors[20:]} {
		b, err := safetensors.Encode(&safetensors.File{Tensors: list})
		if err != nil {
			t.Fatal(err)
		}
		put(name, b)
	}
	put("config.json", []byte(`{"model_type": "gpt2", "n_head": 3, "n_embd": 48}`))
	put("README.md", []byte("# A sorter\n"))
	put("pytorch_model.bin", []byte("\x80\x02}q"))
	put(".git/objects/x", []byte("x"))
	put("old/config.json", []byte(`{"model_type": "gpt2", "n_head": 6}`))
	return dir
}

// drop lets files or folders of the disk fall on a place of the page, as the system does.
func drop(t *testing.T, page *browser.Page, x, y float64, paths ...string) {
	t.Helper()
	for _, kind := range []input.DispatchDragEventType{"dragEnter", "dragOver", "drop"} {
		if _, err := chromedp.Call(page.Context, input.DispatchDragEvent, input.DispatchDragEventParams{
			Type: kind, X: x, Y: y, Data: &input.DragData{Items: []*input.DragDataItem{}, Files: paths, DragOperationsMask: 1}}); err != nil {
			t.Fatal(err)
		}
	}
}

// inDialog waits until the dialog says something.
func inDialog(page *browser.Page, want string) {
	page.WaitFor(`document.querySelector("#open-card")?.innerText.includes(` + "`" + want + "`" + `)`)
}

// sorts opens what the dialog has, and fails unless it is the sorter.
func sorts(t *testing.T, page *browser.Page) {
	t.Helper()
	press(page, `[data-words="numbers"]`)
	confirm(page)
	page.WaitFor(`glassbox.state().model.startsWith("file.") && glassbox.state().tokens.length === 3`)
	browser.Eval[state](page, `glassbox.setPrompt("2 1 0 1 1 2")`)
	for range 3 {
		browser.Eval[state](page, `glassbox.step()`)
	}
	if ids := browser.Eval[[]int](page, `glassbox.state().generated`); len(ids) != 3 || ids[0] != 0 || ids[1] != 1 || ids[2] != 1 {
		t.Errorf("the sorter wrote %v", ids)
	}
	page.NoErrors()
}

func TestPartsThatAreDroppedTogetherAreOneModel(t *testing.T) {
	t.Parallel()
	dir := sorterFolder(t)
	first, second, config := filepath.Join(dir, "model-00001-of-00002.safetensors"), filepath.Join(dir, "model-00002-of-00002.safetensors"), filepath.Join(dir, "config.json")
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		drop(t, page, 400, 300, second, config, first)
		inDialog(page, "n_head = 3")
		if text := browser.Eval[string](page, said); strings.Contains(text, "Missing") || !strings.Contains(text, "Configuration") || strings.Contains(text, "how many heads") {
			t.Errorf("the dialog says %q", text)
		}
		sorts(t, page)
	})
}

func TestASecondDropCompletesTheFirst(t *testing.T) {
	t.Parallel()
	dir := sorterFolder(t)
	page := open(t, addresses()["file"])
	drop(t, page, 400, 300, filepath.Join(dir, "model-00001-of-00002.safetensors"))
	inDialog(page, "model-00002-of-00002.safetensors")
	page.WaitFor(`document.activeElement.id === "open-add"`)
	drop(t, page, 500, 320, filepath.Join(dir, "config.json")) // on the dialog
	inDialog(page, "Configuration")
	inDialog(page, "Missing")
	pick(page, filepath.Join(dir, "model-00002-of-00002.safetensors"))
	page.WaitFor(`document.querySelector("#open-confirm")`)
	drop(t, page, 500, 320, filepath.Join(dir, "pytorch_model.bin"))
	inDialog(page, "Left out, for the model does not need it: pytorch_model.bin")
	sorts(t, page)
}

func TestAFolderIsDroppedAndPicked(t *testing.T) {
	t.Parallel()
	dir := sorterFolder(t)
	want := []string{"Open sorter", "sorter/model-00001-of-00002.safetensors", "sorter/README.md", "sorter/old/config.json", "sorter/.git"}
	lists := func(t *testing.T, page *browser.Page, want ...string) {
		t.Helper()
		inDialog(page, "n_head = 3")
		for _, w := range want {
			if text := browser.Eval[string](page, said); !strings.Contains(text, w) {
				t.Errorf("the dialog lacks %q: %q", w, text)
			}
		}
	}
	everywhere(t, func(t *testing.T, page *browser.Page) {
		drop(t, page, 400, 300, dir)
		lists(t, page, want...)
		page.Do(chromedp.KeyEvent("\x1b"))
		page.WaitFor(`!document.querySelector("#open-card")`)
		page.Do(chromedp.SetUploadFiles(chromedp.CSS("#folder"), []string{dir}, chromedp.NodeReady))
		lists(t, page, want[:4]...)
		sorts(t, page)
		if label := browser.Eval[string](page, `document.querySelector("#model span").textContent`); label != "sorter" {
			t.Errorf("the model is called %q", label)
		}
	})
}
