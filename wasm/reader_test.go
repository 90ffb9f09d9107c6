//go:build !js

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// A reader uses the page with a keyboard, a mouse and a finger, not with its interface
// for programs.

func TestAReaderTypesAndSteps(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		page.Do(chromedp.Focus(chromedp.CSS("#prompt")), chromedp.KeyEvent("\b\b\b\b\b\b"))
		page.WaitFor(`glassbox.state().text === ""`)
		page.Do(chromedp.KeyEvent("bca"))
		page.WaitFor(`glassbox.state().tokens.length === 3`)
		page.Do(chromedp.KeyEvent("AAC"))
		page.WaitFor(`glassbox.state().tokens.length === 6 && !glassbox.state().muted`)
		for n := range 6 {
			page.WaitFor(`!document.querySelector("#step").ariaDisabled`)
			rest(page)
			page.Do(chromedp.Click(chromedp.CSS("#step")))
			page.WaitFor(`glassbox.state().generated.length + (glassbox.state().last ? 1 : 0) === ` + string(rune('1'+n)))
		}
		page.WaitFor(`[...document.querySelectorAll("#chips .text")].map((e) => e.textContent).join("").startsWith("BCAAACAAABCC")`)
		page.Do(chromedp.Click(chromedp.CSS("#reset")))
		page.WaitFor(`glassbox.state().generated.length === 0`)
	})
}

func TestPlayWritesUntilTheAnswerIsWhole(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		page.Do(chromedp.Click(chromedp.CSS("#play")))
		page.WaitFor(`glassbox.state().last && !glassbox.state().playing`)
		if guide := browser.Eval[state](page, `glassbox.state()`).Guide; !strings.Contains(guide, "ABBBCC") {
			t.Errorf("at the end it says %q", guide)
		}
	})
}

// middle is where the middle of the scene is, in CSS pixels of the window; beside the table of next tokens where that
// stands there.
const middle = `(() => {
	const r = document.querySelector("#scene").getBoundingClientRect(), y = r.top + r.height / 2;
	const table = document.querySelector("#top-ten")?.getBoundingClientRect();
	let x = r.left + r.width / 2;
	if (table && table.width && x > table.left - 80 && x < table.right) x = table.left - 90;
	return [Math.max(x, r.left + 20), y];
})()`

// drawn is kept once what is due now is on the screen: what an event changed is rendered on
// the next frame, and observers of sizes are told behind it.
const drawn = `new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))`

// rest waits until no answer is on its way and nothing moves, neither the scene nor the interface, and returns how many
// frames were drawn. A scene that moves on and on fails the test.
func rest(page *browser.Page) int {
	page.WaitFor(drawn + `.then(() => !glassbox.state().busy && !glassbox.stats().moving && document.getAnimations().every((a) =>
		a.playState !== "running" || a.effect.getComputedTiming().endTime === Infinity))`)
	return browser.Eval[int](page, `glassbox.stats().frames`)
}

// resize gives the window another size, with a pixel for four unless an option says otherwise, and waits until the
// page has taken it.
func resize(page *browser.Page, width, height int64, options ...chromedp.EmulateViewportOption) {
	page.Do(chromedp.EmulateViewport(width, height, append([]chromedp.EmulateViewportOption{coarse}, options...)...))
	page.WaitFor(fmt.Sprintf("innerWidth === %d && innerHeight === %d", width, height))
	rest(page)
}

// goTo selects a step and waits until the flight is over.
func goTo(page *browser.Page, step string) []float64 {
	browser.Eval[state](page, `glassbox.select("`+step+`")`)
	rest(page)
	return browser.Eval[[]float64](page, middle)
}

func TestPointingAtACellShowsHowItWasComputed(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		at := goTo(page, "h.1.mlp.gelu")
		cell := ""
		for dy := -120.0; dy <= 120 && cell == ""; dy += 12 {
			for dx := -120.0; dx <= 120 && cell == ""; dx += 12 {
				page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0]+dx, at[1]+dy))
				cell = browser.Eval[string](page, drawn+`.then(() => document.querySelector("#card").hidden ? "" : document.querySelector("#card").innerText)`)
				if cell != "" {
					at[0], at[1] = at[0]+dx, at[1]+dy
				}
			}
		}
		if cell == "" {
			t.Fatal("no cell answers to the pointer")
		}
		page.Do(chromedp.MouseClickXY(at[0], at[1]))
		page.WaitFor(`glassbox.state().cell || glassbox.state().panel !== "h.1.mlp.gelu"`)
		if said := browser.Eval[string](page, `document.querySelector("#inspector").innerText`); !strings.Contains(said, "shape") {
			t.Errorf("the inspector says %q", said)
		}
	})
}

func TestDraggingAndScrollingMoveTheScene(t *testing.T) {
	t.Parallel()
	moving(t, func(t *testing.T, page *browser.Page) {
		still := rest(page)
		at := browser.Eval[[]float64](page, middle)
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, at[0], at[1], chromedp.ButtonLeft))
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0]+80, at[1]+40, chromedp.ButtonLeft))
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, at[0]+80, at[1]+40, chromedp.ButtonLeft))
		dragged := rest(page)
		if dragged == still {
			t.Error("dragging drew no frame")
		}
		browser.Eval[bool](page, `document.querySelector("#scene").dispatchEvent(new WheelEvent("wheel", {deltaY: -300, clientX: 400, clientY: 400, bubbles: true, cancelable: true})) || true`)
		if rest(page) == dragged {
			t.Error("scrolling drew no frame")
		}
	})
}

func TestTheKeyboardReachesAPanelAndItsCells(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		goTo(page, "h.0.attn.head.0.scores")
		page.Do(chromedp.Focus(chromedp.CSS("#gl")), chromedp.KeyEvent("\r"))
		page.WaitFor(`glassbox.state().cell`)
		browser.Eval[bool](page, `document.querySelector("#gl").dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true, cancelable: true})) || true`)
		page.WaitFor(`glassbox.state().cell.row === 1`)
		browser.Eval[bool](page, `document.querySelector("#gl").dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true, cancelable: true})) || true`)
		page.WaitFor(`!glassbox.state().cell`)
	})
}
