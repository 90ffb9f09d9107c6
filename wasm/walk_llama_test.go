//go:build !js

package main

import (
	"path/filepath"
	"testing"

	"glassbox/scripts/browser"
)

// TestAReaderWalksThroughAModelOfTheirOwn: whoever drops a Llama and starts the walk is led through all its stops, with numbers of
// that model at each.
func TestAReaderWalksThroughAModelOfTheirOwn(t *testing.T) {
	var files []string
	for _, name := range []string{"model.safetensors", "config.json"} {
		file, err := filepath.Abs("../model/testdata/tiny-qwen3/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	bothWays(t, func(t *testing.T, page *browser.Page) {
		drop(t, page, 400, 300, files...)
		page.WaitFor(`document.querySelector("#open-confirm")`)
		confirm(page)
		page.WaitFor(`glassbox.state().model.startsWith("file.") && !glassbox.state().busy`)
		press(page, "#walk-start")
		for stop := 1; stop <= stops+labStops; stop++ {
			at(page, stop)
			page.WaitFor(`!glassbox.state().busy`)
			page.WaitFor(`!document.querySelector("#walk").textContent.includes("…")`)
			if text := browser.Eval[string](page, `document.querySelector("#walk").textContent`); browser.Eval[bool](page, `/[{}]|small world/.test(document.querySelector("#walk .prose").textContent)`) {
				t.Errorf("stop %d says %s", stop, text)
			}
			if got, want := browser.Eval[string](page, `document.querySelector("#walk-title").textContent`), "Rotary positions"; stop == 4 && got != want {
				t.Errorf("stop 4 is %q; expected %q", got, want)
			}
			press(page, "#walk-next")
		}
		page.WaitFor(`!document.querySelector("#walk")`)
		if got := browser.Eval[string](page, `glassbox.state().stage`); got != "" {
			t.Errorf("behind the walk the reader is at %q", got)
		}
		page.NoErrors()
	})
}
