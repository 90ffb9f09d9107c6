//go:build !js

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAHeadIsSwitchedOffByKeyAndSwitchedOnByUndo at the panel that is selected, as a link brings it.
func TestAHeadIsSwitchedOffByKeyAndSwitchedOnByUndo(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"]+"#panel=h.1.attn.head.2.query")
	page.WaitFor(`document.querySelector("#change-this") !== null`)
	page.Do(chromedp.KeyEvent("e"))
	page.WaitFor(`document.activeElement.id === "edit-offer-1"`)
	press(page, `[data-spec="off:h.1.attn.head.2"]`)
	page.WaitFor(`document.querySelector("#edit-before") !== null && /edit=off/.test(location.hash)`)
	press(page, "#show-difference")
	page.WaitFor(`document.querySelector(".legend .swatch.off") !== null`)
	press(page, "#edits-undo")
	page.WaitFor(`document.querySelector("#edit-before") === null && !/edit=off/.test(location.hash)`)
}

// TestALinkOpensTheListOfItsEdits with what the model says before and after.
func TestALinkOpensTheListOfItsEdits(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"]+"#edit=off:h.0.mlp;~off:norm&edits=open")
	page.WaitFor(`document.querySelectorAll("#edits [role=switch]").length === 2 && document.querySelector("#edit-before") !== null`)
	press(page, "#lab")
	page.WaitFor(`!document.querySelector("#lab-menu").hidden`)
	page.Do(chromedp.KeyEvent("\u001b"))
	page.WaitFor(`document.querySelector("#lab-menu").hidden && document.querySelector("#edits") !== null`)
}
