//go:build !js

package main

import (
	"os"
	"path/filepath"
	"testing"

	"glassbox/scripts/browser"
)

// TestARealModelIsSeenFromItsFile: a file of GGUF that is dropped on the page runs, with its own tokenizer, and an attention
// weight of it is explained.
func TestARealModelIsSeenFromItsFile(t *testing.T) {
	file, err := filepath.Abs("../../shared/fixtures/stories260K/stories260K.gguf")
	if err == nil {
		_, err = os.Stat(file)
	}
	if err != nil {
		t.Skip("the shared fixtures are not here")
	}
	bothWays(t, func(t *testing.T, page *browser.Page) {
		drop(t, page, 400, 300, file)
		page.WaitFor(`glassbox.state().model.startsWith("file.") && !glassbox.state().busy`)
		if got := browser.Eval[string](page, `glassbox.state().tokens.map((t) => t.text).join("|")`); got != "<s>|·Once|·upon|·a|·time|,|·there|·was|·a|·little" {
			t.Errorf("the tokens are %s", got)
		}
		for range 4 {
			browser.Eval[any](page, `glassbox.step().then(() => 0)`)
		}
		if got := browser.Eval[string](page, `glassbox.state().tokens.slice(-4).map((t) => t.text).join("|")`); got != "·g|ir|l|·named" {
			t.Errorf("it wrote %s", got)
		}
		for _, c := range []struct {
			name     string
			row, col int
		}{{"h.2.attn.head.3.attention", 9, 0}, {"h.2.attn.head.3.query.rotated", 9, 5}, {"rotary.angle", 9, 1}, {"h.2.mlp.gated", 9, 7}, {"model.layers.2.self_attn.q_proj.weight", 3, 5}} {
			browser.Eval[any](page, `glassbox.goto("#model=file.1&panel=`+c.name+`&cell=9.0").then(() => 0)`)
			page.WaitFor(`document.querySelector("#stable-name")?.textContent.startsWith("` + c.name + `")`)
		}
		if got := browser.Eval[string](page, `document.querySelector("#stable-name").textContent`); got != "model.layers.2.self_attn.q_proj.weight · blk.2.attn_q.weight" {
			t.Errorf("the weight is called %s", got)
		}
		press(page, `[data-form="bare"]`)
		page.WaitFor(`glassbox.state().tokens[0]?.text === "·Once"`)
		page.NoErrors()
	})
}
