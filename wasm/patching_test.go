//go:build !js

package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// TestAReaderPatchesByKeysAndByDragging walks the map with the arrow keys, makes a place an edit, comes back, and drags a token from one
// row to the other.
func TestAReaderPatchesByKeysAndByDragging(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[bool](page, `(location.hash = "#model=sort&patch=resid_pre", true)`)
		page.WaitFor(`document.querySelectorAll("#patching .spot").length === 18 && !document.querySelector("#patching .coming")`)
		page.Do(chromedp.Focus(chromedp.CSS("#patch-0-5")))
		for _, key := range []string{"ArrowDown", "Home", "ArrowRight", "ArrowRight", "ArrowUp"} {
			hit(page, key, "")
		}
		page.WaitFor(`document.activeElement.id === "patch-0-2" && document.activeElement.textContent === "100" && location.hash.includes("patch-cell=0.2")`)
		page.WaitFor(`document.querySelectorAll("#patching .cone").length === 8`)
		hit(page, "Enter", "")
		page.WaitFor(`document.activeElement.id === "patching-story" && document.activeElement.nextElementSibling.textContent.includes("100 % of the answer comes back")`)
		press(page, "#patching-edit")
		page.WaitFor(`glassbox.state().text === "CBCBBC" && document.activeElement.id === "patching-back" && document.querySelector("#patching-now")?.textContent.includes("says A")`)
		press(page, "#patching-back")
		page.WaitFor(`glassbox.state().text === "CBABBC" && !document.querySelector("#patching-back") && document.activeElement.id === "patching-text"`)
		browser.Eval[bool](page, `(() => { const [from, to] = ["#clean-2", "#patch-2-2"].map((id) => document.querySelector(id));
			const drag = (e, type) => e.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true}));
			drag(from, "dragstart");
			return new Promise((done) => setTimeout(() => done(!drag(to, "dragover") && (drag(to, "drop"), drag(from, "dragend"), true)), 200)); })()`)
		page.WaitFor(`glassbox.state().text === "CBCBBC" && location.hash.includes("patch-cell=2.2") && location.hash.includes("edit=h.1.residual_2")`)
		press(page, "#patching-return")
		page.WaitFor(`glassbox.state().text === "CBABBC" && !document.querySelector("#patching .coming, #patching .stale")`)
		hit(page, "Escape", "")
		page.WaitFor(`!document.querySelector("#patching") && !location.hash.includes("patch")`)
	})
}
