//go:build !js

package main

import (
	"fmt"
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

// seenWhole reports whether an element stands whole in its box, below the head and beside the names of the rows, which stick to its edges.
const seenWhole = `(e => { if (!e) return false; const r = e.getBoundingClientRect(), box = e.closest(".lab-scroll"), b = box.getBoundingClientRect(),
	head = getComputedStyle(box.querySelector("thead th")).top === "auto" ? 0 : box.querySelector("thead").offsetHeight, axis = box.querySelector("thead .axis").getBoundingClientRect();
	return r.left >= Math.max(b.left, axis.right) && r.right <= b.right && r.top >= b.top + head && r.bottom <= b.top + box.clientHeight; })`

// TestALinkShowsItsPlaceOnThePhone, at whichever end of the map it is, and another link another one.
func TestALinkShowsItsPlaceOnThePhone(t *testing.T) {
	t.Parallel()
	page := tab(t)
	page.Do(chromedp.EmulateViewport(320, 640, coarse))
	page.Prefer(motion, "reduce")
	show(page, addresses()["file"]+"#patch=resid_pre&patch-cell=2.5")
	for i, at := range []string{"2-5", "0-0", "0-5", "2-0", "0-0", "2-5"} {
		if i == 4 {
			resize(page, 390, 844)
		}
		browser.Eval[bool](page, fmt.Sprintf(`(location.hash = location.hash.replace(/patch-cell=.\../, "patch-cell=%s.%s"), true)`, at[:1], at[2:]))
		page.WaitFor(fmt.Sprintf(`document.querySelector("#patch-%s[aria-selected=true], [aria-selected=true] #patch-%[1]s")`, at))
		rest(page)
		if !browser.Eval[bool](page, seenWhole+fmt.Sprintf(`(document.querySelector("#patch-%s"))`, at)) {
			t.Errorf("cell %s is not seen: the map is scrolled to %v", at, browser.Eval[[]float64](page, `(b => [b.scrollLeft, b.scrollTop, b.clientWidth, b.clientHeight])(document.querySelector("#patching-scroll"))`))
		}
	}
	page.NoErrors()
}
