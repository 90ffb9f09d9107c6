//go:build !js

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"glassbox/scripts/browser"
)

// A reader starts from the drawn token, follows the largest term down to the text with the keyboard
// alone, and goes back by the crumbs.
func TestTheDrawnTokenLeadsBackToTheText(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#stage=softmax")
	rest(page)
	page.Do(chromedp.Focus(chromedp.CSS("#trace")), chromedp.KeyEvent(kb.Enter))
	page.WaitFor(`glassbox.state().panel === "probabilities" && document.activeElement.id === "follow-largest"`)
	const at = `(() => { const c = glassbox.state().cell; return c.name + c.row + "." + c.col; })()`
	numbers := 1
	for ; !browser.Eval[bool](page, `/^embed.(token|position)$/.test(glassbox.state().panel)`); numbers++ {
		if numbers > 60 {
			t.Fatalf("after %d numbers the way is at %s", numbers, browser.Eval[string](page, at))
		}
		before := browser.Eval[string](page, at)
		page.Do(chromedp.KeyEvent(kb.Enter)) // it waits for the answer, if that is not here yet
		page.WaitFor(at + ` !== "` + before + `"`)
	}
	page.WaitFor(`document.querySelector("#trail-end")?.textContent.includes("which you typed")`)
	page.WaitFor(`location.hash.includes("trail=probabilities-5-")`)
	if numbers < 8 {
		t.Errorf("the way has %d numbers", numbers)
	}
	press(page, "#trail-token")
	page.WaitFor(`document.activeElement.id.startsWith("token-")`)
	rest(page)
	press(page, `.crumb[data-crumb="0"]`)
	page.WaitFor(`glassbox.state().panel === "probabilities" && !document.querySelector("#crumbs") && !location.hash.includes("trail=")`)
	rest(page)
	browser.Eval[bool](page, `(history.back(), true)`)
	page.WaitFor(`glassbox.state().panel.startsWith("embed.") && document.querySelector("#crumbs")`)
	page.NoErrors()
}
