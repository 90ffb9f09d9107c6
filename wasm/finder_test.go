//go:build !js

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// hit sends a key to what has the focus.
func hit(page *browser.Page, key, held string) {
	browser.Eval[bool](page, fmt.Sprintf(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: %q, bubbles: true, cancelable: true%s})) || true`, key, held))
}

// seek writes into the finder, and waits for the place that it finds first.
func seek(page *browser.Page, text, first string) {
	browser.Eval[bool](page, fmt.Sprintf(`(() => { const f = document.querySelector("#finder"); f.value = %q; return f.dispatchEvent(new Event("input", {bubbles: true})); })()`, text))
	page.WaitFor(fmt.Sprintf(`document.querySelector("#place-0").textContent.startsWith(%q)`, first))
}

// TestTheFinderIsReachedFromEverywhereAndGoesThere walks from the text field to a number and
// to a word of the glossary with the keyboard alone, and back by the browser.
func TestTheFinderIsReachedFromEverywhereAndGoesThere(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		page.Do(chromedp.Focus(chromedp.CSS("#prompt")))
		hit(page, "k", ", ctrlKey: true")
		page.WaitFor(`document.activeElement.id === "finder" && document.querySelectorAll("#places [role=option]").length > 40`)
		hit(page, "ArrowUp", "")
		page.WaitFor(`(() => { const at = document.querySelector("#" + document.activeElement.getAttribute("aria-activedescendant")), list = document.querySelector("#places").getBoundingClientRect();
			return at.getAttribute("aria-selected") === "true" && at.textContent.startsWith("Vocabulary") && at.getBoundingClientRect().bottom <= list.bottom + 1; })()`)
		hit(page, "Escape", "")
		page.WaitFor(`!document.querySelector("#finder-card") && document.activeElement.id === "prompt"`)
		hit(page, "k", ", metaKey: true")
		page.WaitFor(`document.activeElement.id === "finder"`)
		seek(page, "scores head 2 4 2", "Scores, head 2, query 4 B → key 2 A")
		hit(page, "ArrowDown", "")
		page.WaitFor(`document.querySelector("#place-1").ariaSelected === "true"`)
		hit(page, "Enter", "")
		page.WaitFor(`location.hash.includes("panel=h.1.attn.head.1.scores&cell=4.2") && document.activeElement.id === "gl" && !document.querySelector("#scene").inert`)
		hit(page, "k", ", ctrlKey: true")
		page.WaitFor(`document.activeElement.id === "finder"`)
		seek(page, "residual", "Residual stream")
		press(page, "#place-0")
		page.WaitFor(`location.hash.includes("word=residual-stream") && document.activeElement.id === "glossed-title"`)
		browser.Eval[bool](page, `(history.back(), true)`)
		page.WaitFor(`glassbox.state().panel === "h.1.attn.head.1.scores" && !document.querySelector("#glossed")`)
		browser.Eval[bool](page, `(history.back(), true)`)
		page.WaitFor(`!glassbox.state().panel && location.hash === "#model=sort"`)
	})
}

// TestTheStripShowsAndMovesWhatIsInView uses the strip of the whole tower by key and by
// press, and frames a panel by a double click.
func TestTheStripShowsAndMovesWhatIsInView(t *testing.T) {
	t.Parallel()
	moving(t, func(t *testing.T, page *browser.Page) {
		resize(page, browser.Width, browser.Height) // where a double click below finds a panel
		page.WaitFor(`document.querySelector("#map").getAttribute("aria-valuetext") === "The whole model"`)
		goTo(page, "block.1.attention")
		page.WaitFor(`document.querySelector("#map").getAttribute("aria-valuetext") === "Block 2, attention"`)
		page.Do(chromedp.Focus(chromedp.CSS("#map")))
		now := `+document.querySelector("#map").getAttribute("aria-valuenow")`
		was := browser.Eval[int](page, now)
		hit(page, "PageDown", "")
		page.WaitFor(fmt.Sprintf(`%s > %d && location.hash.includes("camera=")`, now, was))
		hit(page, "End", "")
		page.WaitFor(now + ` > 85`)
		at := browser.Eval[[]float64](page, `(() => { const r = document.querySelector("#map .band").getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
		rest(page)
		page.Do(chromedp.MouseClickXY(at[0], at[1]))
		page.WaitFor(`["tokenize", "token", "position"].includes(glassbox.state().stage) && ` + now + ` < 20`)
		goTo(page, "overview")
		rest(page)
		where := browser.Eval[[]float64](page, `(() => { const r = document.querySelector("#scene").getBoundingClientRect(); return [r.left + r.width * 0.187, r.top + r.height * 0.278]; })()`)
		page.Do(chromedp.MouseClickXY(where[0], where[1], chromedp.ClickCount(2)))
		page.WaitFor(`glassbox.state().panel`)
		panel := browser.Eval[string](page, `glassbox.state().panel`)
		rest(page)
		if again := browser.Eval[string](page, `glassbox.state().panel`); again != panel {
			t.Errorf("a double click frames %s, then %s", panel, again)
		}
		resize(page, 390, 844)
		if got := browser.Eval[float64](page, `document.querySelector("#map").getBoundingClientRect().width`); got != 0 {
			t.Errorf("on a phone the strip is %v wide", got)
		}
	})
}
