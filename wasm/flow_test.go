//go:build !js

package main

import (
	"strings"
	"testing"

	"glassbox/scripts/browser"
)

// put moves the slider of the flow to the place that an expression gives.
func put(page *browser.Page, at string) {
	browser.Eval[bool](page, `(() => { const f = document.querySelector("#flow-at"); f.value = `+at+`; return f.dispatchEvent(new Event("input", {bubbles: true})); })()`)
}

// computed is what the bar says at this moment.
const computed = `document.querySelector("#flow-at").getAttribute("aria-valuetext")`

func TestTheComputationIsWatchedAndWrites(t *testing.T) {
	t.Parallel()
	moving(t, func(t *testing.T, page *browser.Page) {
		rest(page)
		press(page, "#watch")
		page.WaitFor(`document.querySelector("#flow-at")?.value > 3`) // it runs by itself
		if c := browser.Eval[int](page, `glassbox.stats().drawCalls`); c < 3 || c > 30 {
			t.Errorf("a frame takes %d draws", c)
		}
		press(page, "#flow-play")
		rest(page)
		held := browser.Eval[string](page, computed)
		frames := rest(page)
		put(page, `150`)
		page.WaitFor(computed + ` !== "` + held + `" && /flow=h\.\d/.test(location.hash)`)
		if rest(page) == frames {
			t.Error("another moment is not drawn")
		}
		put(page, `+document.querySelector("#flow-at").max - 2`)
		press(page, "#flow-write")
		page.WaitFor(`glassbox.state().generated.length === 1 && ` + computed + `.endsWith("step 1 of 141")`)
		rest(page)
		press(page, "#flow-write")
		browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		page.WaitFor(`!document.querySelector("#flow") && !location.hash.includes("flow=")`)
		rest(page) // nothing runs on
	})
}

func TestWithoutMotionTheComputationGoesStepByStep(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		rest(page)
		press(page, "#watch")
		page.WaitFor(`document.querySelector("#flow-on") && !document.querySelector("#flow-play")`)
		first := browser.Eval[string](page, computed)
		rest(page)
		press(page, "#flow-on")
		page.WaitFor(computed + ` !== "` + first + `"`)
		if second := browser.Eval[string](page, computed); !strings.HasSuffix(second, "step 2 of 141") {
			t.Errorf("after the first step it is at %q", second)
		}
		rest(page)
		press(page, "#flow-write")
		page.WaitFor(`glassbox.state().generated.length === 1`)
	})
}
