//go:build !js

package main

import (
	"testing"

	"glassbox/scripts/browser"
)

// What the fuzz of the page has found, one test each.

// survives opens the page over http, lets the script do its worst, and expects that the page still runs.
func survives(t *testing.T, script string) *browser.Page {
	t.Helper()
	page := open(t, addresses()["http"])
	browser.Eval[bool](page, `(async () => { `+script+` })().then(() => true)`)
	if s := browser.Eval[state](page, `glassbox.setPrompt("CABC")`); s.Text != "CABC" || len(s.Tokens) != 4 {
		t.Errorf("afterwards the text is %q with %d tokens", s.Text, len(s.Tokens))
	}
	page.NoErrors()
	return page
}

func TestAPointerThatIsGoneAlreadyIsNoError(t *testing.T) {
	t.Parallel()
	survives(t, `document.querySelector("#gl").dispatchEvent(new PointerEvent("pointerdown", {pointerId: 77, bubbles: true}));`)
}
