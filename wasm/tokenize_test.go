//go:build !js

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

func TestTheTokenizeStageTakesAnyTextInGPT2sVocabulary(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		goTo(page, "tokenize")
		page.Do(chromedp.Click(chromedp.CSS(`[data-tokenizer="gpt2"]`)))
		browser.Eval[bool](page, `(() => { const p = document.querySelector("#probe"); p.value = "How to predict \u65e5"; p.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`)
		page.WaitFor(`document.querySelectorAll("[data-piece]").length === 6 && document.querySelector("#tokenizing").innerText.includes("2437")`)
		said := browser.Eval[string](page, `document.querySelector("#tokenizing").innerText`)
		for _, want := range []string{"284", "4331", "<0xE6>", "No model with this vocabulary"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is missing in %q", want, said)
			}
		}
		browser.Eval[bool](page, `document.querySelectorAll("[data-piece]")[2].click() || true`)
		page.WaitFor(`document.querySelector("#merging")?.innerText.includes("ict")`) // of predict
	})
}
