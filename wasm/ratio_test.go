//go:build !js

package main

import (
	"math"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// TestEveryPixelRatioShowsTheSameScene points at one place of the scene on screens of 1 to 3 pixels per CSS
// pixel, and on one that is zoomed out to a half.
func TestEveryPixelRatioShowsTheSameScene(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	resize(page, 640, 560, sharp)
	at := goTo(page, "h.1.mlp.gelu")
	var first string
	for _, ratio := range []float64{1, 0.5, 1.5, 2, 3} {
		resize(page, 640, 561, chromedp.EmulateScale(ratio)) // an emulated ratio alone is no event
		resize(page, 640, 560, chromedp.EmulateScale(ratio))
		for _, canvas := range []string{"#gl", "#labels"} {
			size := browser.Eval[[]float64](page, `(() => { const c = document.querySelector("`+canvas+`"), s = document.querySelector("#scene");
				return [c.width, s.clientWidth, c.height, s.clientHeight]; })()`)
			if math.Abs(size[0]-size[1]*ratio) > 1 || math.Abs(size[2]-size[3]*ratio) > 1 {
				t.Errorf("at %v pixels per CSS pixel %s has %v by %v for %v by %v", ratio, canvas, size[0], size[2], size[1], size[3])
			}
		}
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 5, 5))
		page.WaitFor(`document.querySelector("#card").hidden`)
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]))
		page.WaitFor(`!document.querySelector("#card").hidden && !glassbox.state().busy`)
		page.WaitFor(drawn)
		said := browser.Eval[string](page, `document.querySelector("#card").innerText`)
		if first == "" {
			first = said
		}
		if said != first {
			t.Errorf("at %v pixels per CSS pixel the same place says %q; at 1 %q", ratio, said, first)
		}
	}
	page.NoErrors()
}
