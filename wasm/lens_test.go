//go:build !js

package main

import (
	"bytes"
	"image/png"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"glassbox/scripts/browser"
)

func TestALensAndContributionsStandInThePlaceOfTheModel(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"]+"#lens=4")
	page.WaitFor(`document.querySelectorAll('#lens .place:not([data-level="none"])').length == 42`)
	page.Do(chromedp.Focus("#lens-4-5"), chromedp.KeyEvent(kb.ArrowUp))
	page.WaitFor(`document.activeElement.id == "lens-3-5" && location.hash.includes("lens=3")`)
	press(page, `.lens-top button[aria-pressed="false"]`)
	page.WaitFor(`location.hash.includes("lens-token=") && document.querySelectorAll("#lens circle").length == 7`)
	press(page, "#lens-why")
	page.WaitFor(`document.querySelectorAll("#why .part").length == 19`)
	lens, why := browser.Eval[float64](page, `document.querySelector("#lens").getBoundingClientRect().bottom`), browser.Eval[float64](page, `document.querySelector("#why").getBoundingClientRect().top`)
	if why < lens-1 {
		t.Errorf("the contributions begin at %v, the lens ends at %v", why, lens)
	}
	press(page, "#why .of-feed-forward button")
	page.WaitFor(`document.querySelectorAll("#why-neurons li").length == 22 && location.hash.includes("why-part=h.")`)
	press(page, "#why-close")
	page.WaitFor(`!document.querySelector("#why") && document.querySelector("#lens")`)
	press(page, "#lens-close")
	page.WaitFor(`!document.querySelector("#lens") && !location.hash.includes("lens")`)
	rest(page)
	if at := goTo(page, "h.1.mlp.gelu"); len(at) != 2 {
		t.Errorf("the model does not come back: its middle is %v", at)
	}
	page.NoErrors()
}

// TestThePicturesOfTheLabAreSavedAsPNG, each of the tools that draw one.
func TestThePicturesOfTheLabAreSavedAsPNG(t *testing.T) {
	t.Parallel()
	page := chromium.Page(t)
	folder := saving(t, page)
	for _, tool := range []struct{ hash, ready, button, name string }{
		{"#lens=4", `document.querySelectorAll('#lens .place:not([data-level="none"])').length == 42`, "#lens-png", "lens"},
		{"#why=next", `document.querySelectorAll("#why .part").length == 19`, "#why-png", "contributions"},
		{"#patch=resid_pre", `document.querySelector("#patching-png:not(:disabled)")`, "#patching-png", "patching"},
		{"#cost=operations", `document.querySelector("#cost-png:not(:disabled)") && !glassbox.state().busy`, "#cost-png", "cost"},
	} {
		reopen(page, addresses()["file"]+tool.hash)
		page.WaitFor(tool.ready)
		press(page, tool.button)
		b := saved(t, folder, browser.Eval[string](page, `glassbox.state().model`)+"-"+tool.name+".png")
		if size, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || size.Width < 400 || size.Height < 200 {
			t.Errorf("%s is saved as %d bytes, %v: %v", tool.name, len(b), size, err)
		}
	}
	page.NoErrors()
}
