//go:build !js

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"glassbox/scripts/browser"
)

// translator does to the page what a browser does that translates it: it puts each text into elements of its own, with
// other words, but those that are not to be translated; and it does so again for whatever is drawn anew.
const translator = `(() => {
	const kept = "[translate=no], script, style, noscript, textarea, canvas";
	const at = (root) => {
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), list = [];
		if (root.nodeType === 3) list.push(root);
		while (walker.nextNode()) list.push(walker.currentNode);
		for (const n of list) {
			if (!n.isConnected || !n.data.trim() || n.parentElement.closest(kept) || n.parentElement.closest("font")) continue;
			const font = document.createElement("font"), inner = document.createElement("font");
			inner.textContent = "«" + n.data + "»";
			font.append(inner);
			n.replaceWith(font);
		}
	};
	at(document.body);
	new MutationObserver((records) => records.forEach((r) => r.addedNodes.forEach(at))).observe(document.body, { childList: true, subtree: true });
	return true;
})()`

// touched lists what a translator has changed although it is data: numbers, and texts that stand in the model or the program.
const touched = `[...document.querySelectorAll("font > font")].map((e) => [e.textContent.slice(1, -1).trim(), e.parentElement.parentElement])
	.filter(([text, e]) => /^[^\p{L}]*\d[^\p{L}]*$/u.test(text) && !e.closest("#flow, #progress, .legend") || /h\.\d|\.weight|wte|ln_f|^·|func |:=/.test(text) && !e.closest("p, li, label, h2, h3, #notice, #help-card small"))
	.map(([text, e]) => e.outerHTML.slice(0, 100))`

func TestATranslatedPageGoesOnAndKeepsItsData(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	browser.Eval[bool](page, `window.there = async (selector) => { while (!document.querySelector(selector)) await `+drawn+`; }, true`)
	browser.Eval[bool](page, translator)
	for _, place := range []string{"overview", "the sizes", "a stage", "a pinned cell", "the way back", "the heads", "GPT-2's tokens", "the finder", "help"} {
		browser.Eval[bool](page, "Promise.resolve("+places()[place]+").then(() => true)")
		rest(page)
		for _, what := range browser.Eval[[]string](page, touched) {
			t.Errorf("%s: translated: %s", place, what)
		}
	}
	browser.Eval[bool](page, `(document.querySelector("#help-close")?.click(), true)`)
	page.WaitFor(`!document.querySelector("#help-card")`)
	page.Do(chromedp.Focus(chromedp.CSS("#prompt")), chromedp.KeyEvent("\b\b\b\b\b\b"+"bca"))
	page.WaitFor(`glassbox.state().tokens.length === 3`)
	page.Do(chromedp.KeyEvent("AAC"))
	page.WaitFor(`glassbox.state().tokens.length === 6 && !glassbox.state().busy`)
	page.Do(chromedp.KeyEvent(kb.Enter))
	page.WaitFor(`glassbox.state().generated.length === 1 && document.querySelectorAll("#chips [data-token] .text").length === 7`)
	if chips := browser.Eval[string](page, `[...document.querySelectorAll("#chips [data-token] .text")].map((e) => e.textContent).join("")`); chips != "BCAAACA" {
		t.Errorf("the chips are %q", chips)
	}
	for _, stage := range []string{"softmax", "block.1.attention", "overview", "sample"} {
		browser.Eval[bool](page, fmt.Sprintf(`glassbox.select(%q).then(() => true)`, stage))
		rest(page)
		if n := browser.Eval[int](page, `document.querySelectorAll("#stages [aria-current]").length + document.querySelectorAll("#inspector #title").length`); stage != "overview" && n != 2 {
			t.Errorf("at %s there are %d marks and headings, expected one each", stage, n)
		}
	}
	page.NoErrors()
}

// composed sends the keys of an input method to the element with the focus: one while it composes, and the one that ends
// that, which Safari sends when it is over.
const composed = `(selector, key) => { const e = document.querySelector(selector); e.focus();
	const press = (more) => e.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode: 229, bubbles: true, cancelable: true, composed: true, ...more }));
	e.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
	const kept = press({ isComposing: true });
	e.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
	return press({ isComposing: false }) && kept; }`

func TestTheKeysOfAnInputMethodAreItsOwn(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#model=language&rank=1&find=ball&stage=output")
	page.WaitFor(`document.querySelector("#find") && document.querySelector(".found button")`)
	for _, c := range []struct{ open, field string }{{"", "#prompt"}, {"", "#find"}, {"", "#rank"}, {"", "#seed"}, {"#finder-open", "#finder"}} {
		if c.open != "" {
			page.Do(chromedp.Click(chromedp.CSS(c.open)))
			page.WaitFor(`document.querySelector("` + c.field + `")`)
		}
		rest(page)
		before := browser.Eval[string](page, `glassbox.state().hash + glassbox.state().generated`)
		for _, key := range []string{"Enter", "Escape", "ArrowDown", "/", "s"} {
			if !browser.Eval[bool](page, `(`+composed+`)("`+c.field+`", "`+key+`")`) {
				t.Errorf("%s in %s is taken from the input method", key, c.field)
			}
		}
		rest(page)
		if after := browser.Eval[string](page, `document.activeElement.id && glassbox.state().hash + glassbox.state().generated`); after != before {
			t.Errorf("%s: an input method changes the page from %s to %s", c.field, before, after)
		}
	}
	if !browser.Eval[bool](page, `!!document.querySelector("#finder-card")`) {
		t.Error("the Escape of an input method closes the finder")
	}
	page.NoErrors()
}
