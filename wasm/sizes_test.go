//go:build !js

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// cost is what a frame cost in which the camera came closer by a wheel over the scene.
func cost(page *browser.Page) (c struct{ DrawCalls, Bytes int }) {
	rest(page)
	frames := browser.Eval[int](page, `(document.querySelector("#gl").dispatchEvent(new WheelEvent("wheel",
		{deltaY: -60, clientX: 500, clientY: 400, bubbles: true, cancelable: true})), glassbox.stats().frames)`)
	page.WaitFor(fmt.Sprintf(`glassbox.stats().frames > %d`, frames))
	rest(page)
	c.DrawCalls = browser.Eval[int](page, `glassbox.stats().drawCalls`)
	c.Bytes = browser.Eval[int](page, `glassbox.stats().bytes`)
	return c
}

func TestSizesStandSideBySide(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	page.Prefer(motion, "no-preference")
	page.Do(chromedp.KeyEvent("z"))
	page.WaitFor(`document.querySelectorAll("#sizes [data-size]").length >= 6`)
	for _, id := range []string{"gpt3", "gpt2", "sort"} {
		press(page, "#size-"+id)
		page.WaitFor(`new RegExp("sizes=` + id + `(&|$)").test(location.hash)`)
		c := cost(page)
		t.Logf("%s: %d draws, %d bytes", id, c.DrawCalls, c.Bytes)
		if c.DrawCalls < 3 || c.DrawCalls > 30 || c.Bytes > 50_000 {
			t.Errorf("at %s a frame in which the camera moves takes %d draws and %d bytes; expected 30 and 50,000 at most", id, c.DrawCalls, c.Bytes)
		}
	}
	browser.Eval[bool](page, `(() => { const f = document.querySelector("#own-L"); f.value = "5"; return f.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	page.WaitFor(`document.querySelector('.this[data-size="own"]') && location.hash.includes("own=3.11.48.3.5.untied")`)
	press(page, "#sizes-close")
	page.WaitFor(`!document.querySelector("#sizes") && document.querySelector("#title")`)
	rest(page)
	at := goTo(page, "h.1.mlp.gelu")
	if len(at) != 2 {
		t.Errorf("the model does not come back: its middle is %v", at)
	}
	page.NoErrors()
}
