//go:build !js

package main

import (
	"fmt"
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

// TestTheTreeAndTheLabOfTheWalkHaveNoBarriers that axe finds: the tree with branches, and stops with a tool below them.
func TestTheTreeAndTheLabOfTheWalkHaveNoBarriers(t *testing.T) {
	t.Parallel()
	page := audited(t, "#text=CBABBC&temperature=4&history=on")
	for _, c := range []struct {
		theme         string
		width, height int64
	}{{"light", 1440, 900}, {"dark", 390, 844}} {
		resize(page, c.width, c.height)
		wear(page, c.theme)
		for _, press := range []string{"#history-step", "#history-step", "#twig-1", "#history-next .twig:not(.tried)"} {
			page.WaitFor(`!glassbox.state().busy && document.querySelector("` + press + `:not(:disabled)")`)
			browser.Eval[bool](page, `(document.querySelector("`+press+`").click(), true)`)
		}
		page.WaitFor(`!glassbox.state().busy && document.querySelector("#history-compare")`)
		rest(page)
		audit(t, page, "the tree, "+c.theme)
		for _, stop := range []int{stops + 1, stops + 5, stops + 8} {
			browser.Eval[bool](page, fmt.Sprintf(`(location.hash = "#walk=%d", true)`, stop))
			at(page, stop)
			page.WaitFor(`!glassbox.state().busy && !document.querySelector("#walk").textContent.includes("…")`)
			rest(page)
			audit(t, page, fmt.Sprintf("stop %d, %s", stop, c.theme))
		}
		browser.Eval[bool](page, `(location.hash = "#text=CBABBC&temperature=4&history=on", true)`)
		page.WaitFor(`document.querySelector("#history-tree") && !glassbox.state().busy`)
	}
	page.NoErrors()
}
