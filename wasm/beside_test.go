//go:build !js

package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/model"
	"glassbox/scripts/browser"
)

// besideModel returns a folder with the page, and beside it a model in two parts.
func besideModel(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	page, err := os.ReadFile(filepath.Join(built, "index.html"))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "index.html"), page, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	large := onDisk(t, "large.safetensors", randomModel(t, model.Config{Vocab: 65, Context: 64, Width: 256, Heads: 4, Blocks: 5, Tied: true, Alphabet: letters65}))
	if err := inRoot(exec.Command("go", "run", "./scripts/pack", "model", "-page", filepath.Join(folder, "index.html"), "-name", "Large one", "-licence", "MIT", large)); err != nil {
		t.Fatal(err)
	}
	return folder
}

const letters65 = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// besideAddresses are the ways by which a reader opens the page in a folder.
func besideAddresses(t *testing.T, folder string) map[string]string {
	t.Helper()
	s := httptest.NewServer(http.FileServer(http.Dir(folder)))
	t.Cleanup(s.Close)
	return map[string]string{"http": s.URL + "/", "file": "file://" + filepath.Join(folder, "index.html")}
}

// choose presses the entry of the model beside the page.
func choose(page *browser.Page) {
	press(page, "#model")
	page.WaitFor(`document.querySelector("[data-beside]")?.checkVisibility()`)
	press(page, "[data-beside]")
}

func TestAModelBesideThePageOpensWithoutAPicker(t *testing.T) {
	t.Parallel()
	folder := besideModel(t)
	for name, address := range besideAddresses(t, folder) {
		t.Run(name, func(t *testing.T) {
			page := openUnpainted(t, address)
			if text := browser.Eval[string](page, `document.querySelector("[data-beside]").textContent`); !strings.Contains(text, "Large one") || !strings.Contains(text, "MIT") {
				t.Errorf("the menu says %q", text)
			}
			choose(page)
			page.WaitFor(`glassbox.state().model.startsWith("file.") && glassbox.state().tokens.length === 6`)
			if n := browser.Eval[int](page, `document.querySelectorAll("iframe").length`); n != 0 {
				t.Errorf("%d frames are left", n)
			}
			page.NoErrors()
		})
	}
}

// TestAPartThatIsMissingOrChangedIsNamed breaks the second part: nothing is made of the first.
func TestAPartThatIsMissingOrChangedIsNamed(t *testing.T) {
	t.Parallel()
	folder := besideModel(t)
	part := filepath.Join(folder, "models", "large-one", "1-002.html")
	whole, err := os.ReadFile(part)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(whole)
	if at := bytes.Index(whole, []byte(">~")) + 1000; changed[at] == 'A' {
		changed[at] = 'B'
	} else {
		changed[at] = 'A'
	}
	const named = "1-002.html, a part of large.safetensors, "
	cases := []struct {
		name  string
		bytes []byte // nil: it is not there
		says  map[string]string
	}{
		{"changed", changed, map[string]string{"http": "1-002.html is not what it was", "file": "1-002.html is not what it was"}},
		{"cut", whole[:len(whole)/2], map[string]string{"http": named + "is damaged", "file": named + "is not beside this page, or is not whole"}},
		{"gone", nil, map[string]string{"http": named + "is not beside this page", "file": named + "is not beside this page"}},
	}
	for way, address := range besideAddresses(t, folder) {
		for _, c := range cases {
			t.Run(way+" "+c.name, func(t *testing.T) {
				if err := os.WriteFile(part, c.bytes, 0o600); err != nil {
					t.Fatal(err)
				}
				if c.bytes == nil {
					if err := os.Remove(part); err != nil {
						t.Fatal(err)
					}
				}
				page := openUnpainted(t, address)
				choose(page)
				page.WaitFor(`glassbox.state().problem`)
				if s := browser.Eval[state](page, `glassbox.state()`); !strings.Contains(s.Problem.Detail, c.says[way]) || !strings.Contains(s.Problem.Detail, "Nothing was replaced") || len(s.Tokens) != 6 {
					t.Errorf("it says %+v", s.Problem)
				}
			})
		}
	}
}

// TestAPartRunsNothingInThePage puts a program in the place of a part.
func TestAPartRunsNothingInThePage(t *testing.T) {
	t.Parallel()
	folder := besideModel(t)
	evil := `<!doctype html><script>try { parent.document.title = "taken"; } catch {} try { parent.taken = true; } catch {}
		try { top.location = "about:blank"; } catch {} parent.postMessage({part: "~"}, "*");</script>`
	if err := os.WriteFile(filepath.Join(folder, "models", "large-one", "1-001.html"), []byte(evil), 0o600); err != nil {
		t.Fatal(err)
	}
	page := openUnpainted(t, besideAddresses(t, folder)["file"])
	choose(page)
	page.WaitFor(`glassbox.state().problem`)
	if browser.Eval[bool](page, `!!window.taken || document.title === "taken"`) {
		t.Error("the part has the page")
	}
	page.Do(chromedp.KeyEvent("\x1b"))
}
