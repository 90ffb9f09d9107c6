//go:build !js

package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// stops is how many stops the walk has.
const stops = 10

// at waits until the walk shows a stop, and returns what it says.
func at(page *browser.Page, stop int) string {
	page.WaitFor(fmt.Sprintf(`document.querySelector("#walk")?.innerText.startsWith("Stop %d of %d")`, stop, stops))
	return browser.Eval[string](page, `document.querySelector("#walk").innerText`)
}

func TestTheWalkIsFollowedOnAPhone(t *testing.T) {
	t.Parallel()
	moving(t, func(t *testing.T, page *browser.Page) {
		resize(page, 390, 844)
		browser.Eval[bool](page, `document.querySelector("#grip").click() || true`)
		rest(page)
		page.Do(chromedp.Click(chromedp.CSS("#walk-start")))
		for stop := 1; stop <= stops; stop++ {
			at(page, stop)
			page.WaitFor(`!/[{}…]/.test(document.querySelector("#walk").innerText)`) // every number has come
			rest(page)
			if wide := browser.Eval[int](page, `Math.max(...["#inspector-scroll", "#walk", "#walk-nav"].map((s) => document.querySelector(s).scrollWidth))`); wide > 390 {
				t.Errorf("stop %d is %d pixels wide", stop, wide)
			}
			page.Do(chromedp.Click(chromedp.CSS("#walk-next")))
		}
		page.WaitFor(`!document.querySelector("#walk") && !location.hash.includes("walk")`)
	})
}

func TestTheWalkIsFollowedWithKeys(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["http"])
	page.Do(chromedp.Focus(chromedp.CSS("#walk-start")), chromedp.KeyEvent("\r"))
	at(page, 1)
	page.WaitFor(`document.activeElement.id === "walk-title"`)
	for stop := 2; stop <= stops; stop++ {
		page.Do(chromedp.KeyEvent("n"))
		at(page, stop)
	}
	page.Do(chromedp.KeyEvent("b"))
	at(page, stops-1)
	browser.Eval[bool](page, `document.querySelector("#walk").dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowLeft", bubbles: true, cancelable: true})) || true`)
	at(page, stops-2)
	page.NoErrors()
}

func TestALinkOpensItsStopOfTheWalk(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#text=CCBBAA&walk=5")
	if said := at(page, 5); !strings.Contains(said, "attention") {
		t.Errorf("the fifth stop says %s", said)
	}
	s := browser.Eval[state](page, `glassbox.state()`)
	if s.Stage != "block.0.attention" || s.Text != "CCBBAA" {
		t.Errorf("the link leads to %q with %q", s.Stage, s.Text)
	}
	rest(page)
	page.Do(chromedp.Click(chromedp.CSS(`#walk [data-go="#text=BCBACC"]`)))
	page.WaitFor(`glassbox.state().text === "BCBACC" && glassbox.state().stage === "block.0.attention"`)
	browser.Eval[bool](page, `history.back() || true`)
	page.WaitFor(`glassbox.state().text === "CCBBAA"`)
	at(page, 5)
	page.NoErrors()
}

func TestTheWalkIsPrintedWhole(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["http"]+"#walk=2")
	at(page, 2)
	browser.Eval[bool](page, `dispatchEvent(new Event("beforeprint")) || true`)
	page.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
	if n := browser.Eval[int](page, `[...document.querySelectorAll("#walk-print h2")].filter((e) => e.offsetHeight).length`); n != stops {
		t.Errorf("%d stops are on paper", n)
	}
	if browser.Eval[bool](page, `document.querySelector("#gl").offsetHeight > 0 || document.querySelector("#inspector").offsetHeight > 0`) {
		t.Error("the scene or the inspector is on paper as well")
	}
	browser.Eval[bool](page, `dispatchEvent(new Event("afterprint")) || true`)
	page.WaitFor(`!document.querySelector("#walk-print")`)
	page.NoErrors()
}

func TestAStopIsToldOnTheSceneWhereThereIsNoInspector(t *testing.T) {
	t.Parallel()
	page := tab(t)
	for _, query := range []string{"?ui=stage", "?hide=inspector"} {
		reopen(page, addresses()["file"]+query+"#walk=4")
		resize(page, 390, 700)
		at(page, 4)
		page.Do(chromedp.Click(chromedp.CSS("#caption #walk-next")))
		if said := at(page, 5); !strings.Contains(said, "attention") {
			t.Errorf("%s: the fifth stop says %s", query, said)
		}
		rest(page)
		page.Do(chromedp.Click(chromedp.CSS("#walk-leave")))
		page.WaitFor(`!document.querySelector("#caption")`)
		resize(page, browser.Width, browser.Height)
	}
	page.NoErrors()
}
