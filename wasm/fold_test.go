//go:build !js

package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// TestWhatIsFoldedOutIsFoldedForTheNextNumber, and stays while the same one is pinned.
func TestWhatIsFoldedOutIsFoldedForTheNextNumber(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#panel=h.2.attn.head.1.mix&cell=5.3")
	rest(page)
	const fold = `document.querySelector("#terms .rest")`
	goTo := func(hash string) {
		browser.Eval[bool](page, `(location.hash = "`+hash+`", true)`)
		page.WaitFor(`location.hash === "` + hash + `"`)
		rest(page)
	}
	goTo("#panel=h.2.attn.head.1.scores&cell=5.3")
	browser.Eval[bool](page, `(`+fold+`.open = true, true)`)
	press(page, "#theme")
	rest(page)
	if !browser.Eval[bool](page, fold+`.open`) {
		t.Error("it is folded though the number is the same")
	}
	goTo("#panel=h.2.attn.head.1.scores&cell=5.2")
	page.WaitFor(`!` + fold + `.open`)
	page.NoErrors()
}

// TestTextsToTryStandWholeInANarrowWindow, in as many lines as it takes.
func TestTextsToTryStandWholeInANarrowWindow(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#model=language")
	resize(page, 1280, 720)
	page.WaitFor(`document.querySelectorAll("#tries .link").length > 3`)
	if cut := browser.Eval[[]string](page, `[...document.querySelectorAll("#tries .link")].filter((e) => { const a = e.getBoundingClientRect(),
		b = document.querySelector("#tries").getBoundingClientRect(); return a.right > b.right + 1 || a.bottom > innerHeight; }).map((e) => e.textContent)`); len(cut) > 0 {
		t.Errorf("%q are cut", cut)
	}
	page.NoErrors()
}

// TestAnAddressScrollsToTheWordThatItOpens, wherever the reader has scrolled the inspector.
func TestAnAddressScrollsToTheWordThatItOpens(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	rest(page)
	browser.Eval[bool](page, `(document.querySelector("#inspector-scroll").scrollTop = 600, true)`)
	browser.Eval[bool](page, `(location.hash = "#word=query", true)`)
	page.WaitFor(`(() => { const word = document.querySelector("#glossed"); if (!word) return false; const a = word.getBoundingClientRect(),
		b = document.querySelector("#inspector-scroll").getBoundingClientRect(); return a.top >= b.top - 1 && a.bottom <= b.bottom; })()`)
	page.NoErrors()
}

// TestADropLeavesNoRing on the button that has the focus after it; a key shows where it is.
func TestADropLeavesNoRing(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	rest(page)
	drop(t, page, 400, 300, onDisk(t, "tiny.safetensors", fixture(t, "tiny-gpt2")))
	page.WaitFor(`document.querySelector("#open-card")`)
	page.WaitFor(`document.activeElement.matches("button, input, select")`)
	press(page, "#open-cancel")
	page.WaitFor(`!document.querySelector("#open-card") && document.activeElement.id === "open"`)
	if browser.Eval[bool](page, `document.querySelector("#open").matches(":focus-visible")`) {
		t.Error("the button has a ring")
	}
	page.Do(chromedp.KeyEvent("\t"))
	page.WaitFor(`document.activeElement.matches(":focus-visible")`)
	page.NoErrors()
}
