//go:build !js

package main

import (
	"testing"

	"glassbox/scripts/browser"
)

// TestAPartIsSwitchedOffByTheKeyboardAndTheSceneShowsWhatDiffers goes from the menu of the lab to an edit, to the difference on
// the scene, and back.
func TestAPartIsSwitchedOffByTheKeyboardAndTheSceneShowsWhatDiffers(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		rest(page)
		hit(page, "l", "")
		page.WaitFor(`!document.querySelector("#lab-menu").hidden`)
		hit(page, "Escape", "")
		page.WaitFor(`document.querySelector("#lab-menu").hidden && !document.querySelector("#edits")`)
		press(page, "#lab")
		press(page, "#lab-1")
		page.WaitFor(`document.activeElement.id === "title" && location.hash.includes("edits=open")`)
		press(page, "#edit-by-hand summary")
		browser.Eval[bool](page, `(() => { const f = document.querySelector("#edit-spec"); f.value = "off:h.1.attn.head.2"; return f.dispatchEvent(new Event("input", {bubbles: true})); })()`)
		page.WaitFor(`!document.querySelector("#edit-make").disabled`)
		press(page, "#edit-make")
		page.WaitFor(`document.querySelector("#edit-before table") && document.querySelectorAll(".lost li").length === glassbox.state().tokens.length`)
		press(page, "#show-difference")
		page.WaitFor(`location.hash.includes("show=difference") && document.querySelector("#legend .swatch.same")`)
		rest(page)
		press(page, ".edit .switch")
		page.WaitFor(`!document.querySelector("#show") && !document.querySelector("#legend .swatch.same") && location.hash.includes("edit=~off")`)
		press(page, "[data-remove]")
		page.WaitFor(`!location.hash.includes("edit=")`)
		hit(page, "Escape", "")
		page.WaitFor(`!document.querySelector("#edits")`)
	})
}
