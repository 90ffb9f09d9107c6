//go:build !js

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"glassbox/scripts/browser"
)

func TestWhatIsWrittenIsATreeOfBranches(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"]+"#model=language&text=Anna%20has%20a&temperature=1&history=on")
	for n := 1; n <= 3; n++ {
		page.WaitFor(`!glassbox.state().busy && !document.querySelector("#history-step").disabled`)
		press(page, "#history-step")
		page.WaitFor(`!glassbox.state().busy && document.querySelectorAll("#history-tree [role=treeitem]").length == ` + string(rune('1'+n)))
	}
	page.Do(chromedp.Focus("#twig-1"), chromedp.KeyEvent("\r"))
	page.WaitFor(`glassbox.state().tokens.length == 4 && !glassbox.state().busy && document.activeElement.id == "twig-1"`)
	press(page, "#history-next .twig:not(.tried)")
	page.WaitFor(`document.querySelectorAll("#history-tree .branch").length == 3 && document.querySelector("#history-compare") && !glassbox.state().busy`)
	page.Do(chromedp.Focus("#twig-1"), chromedp.KeyEvent(kb.ArrowRight))
	page.WaitFor(`document.activeElement.id == "twig-2"`)
	page.Do(chromedp.KeyEvent(kb.ArrowDown))
	page.WaitFor(`document.activeElement.id == "twig-4"`)
	page.Do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent("\r"))
	page.WaitFor(`document.querySelector('#twig-3[aria-current="true"]') && glassbox.state().tokens.length == 6 && !glassbox.state().busy`)
	if said := browser.Eval[string](page, `document.querySelector("#history-parting").textContent`); said == "" {
		t.Error("the page does not say where the two part")
	}
	browser.Eval[bool](page, `document.querySelector("#strip-undo").click() || true`)
	page.WaitFor(`document.querySelector('#twig-4[aria-current="true"]') && !glassbox.state().busy`)
	page.NoErrors()
}
