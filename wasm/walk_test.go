//go:build !js

package main

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// stops is how many stops the walk has before the lab, labStops how many the lab has.
const stops, labStops = 10, 11

// at waits until the walk shows a stop, and returns what it says.
func at(page *browser.Page, stop int) string {
	name := fmt.Sprintf("Stop %d of %d", stop, stops)
	if stop > stops {
		name = fmt.Sprintf("The lab · stop %d of %d", stop-stops, labStops)
	}
	page.WaitFor(fmt.Sprintf(`document.querySelector("#walk")?.innerText.startsWith(%q)`, name))
	return browser.Eval[string](page, `document.querySelector("#walk").innerText`)
}

func TestTheWalkIsFollowedOnAPhone(t *testing.T) {
	t.Parallel()
	moving(t, func(t *testing.T, page *browser.Page) {
		resize(page, 390, 844)
		browser.Eval[bool](page, `document.querySelector("#grip").click() || true`)
		rest(page)
		page.Do(chromedp.Click(chromedp.CSS("#walk-start")))
		for stop := 1; stop <= stops+labStops; stop++ {
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
	for stop := 2; stop <= stops+labStops; stop++ {
		page.Do(chromedp.KeyEvent("n"))
		at(page, stop)
	}
	for stop := stops + labStops - 1; stop >= stops-1; stop-- {
		page.Do(chromedp.KeyEvent("b"))
		at(page, stop)
	}
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

// colourful returns how far the colours of the scene are from grey, on average, where the interface does not cover it.
func colourful(t *testing.T, page *browser.Page) float64 {
	t.Helper()
	rest(page)
	at := browser.Eval[[]float64](page, `(() => { const r = document.querySelector("#gl").getBoundingClientRect(), k = devicePixelRatio;
		return [r.left * k, r.top * k, r.right * k, r.bottom * k]; })()`)
	picture, err := jpeg.Decode(bytes.NewReader(page.JPEG(95)))
	if err != nil {
		t.Fatal(err)
	}
	sum, n := 0.0, 0.0
	for y := int(at[1]) + 1; y < int(at[3]); y++ {
		for x := int(at[0]) + 1; x < int(at[2])*4/5; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			sum += float64(max(r, g, b)-min(r, g, b)) / 257
			n++
		}
	}
	return sum / n
}

// TestWordsOfAStopLightWhatTheyName by pointer, by focus and by a press, and everything is as it was behind them.
func TestWordsOfAStopLightWhatTheyName(t *testing.T) {
	t.Parallel()
	still(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[bool](page, `(location.hash = "#walk=7", true)`)
		at(page, 7)
		const mean = `document.querySelector('#walk [data-tie="ln_f.mean"]')`
		was := colourful(t, page)
		expect := func(what string, lit bool) {
			t.Helper()
			page.WaitFor(fmt.Sprintf(`%s.classList.contains("lit") === %t`, mean, lit))
			if is := colourful(t, page); lit && is > 0.7*was || !lit && (is < 0.95*was || is > 1.05*was) {
				t.Errorf("%s: the colours are %.1f, after %.1f", what, is, was)
			}
		}
		where := browser.Eval[[]float64](page, `(() => { const r = `+mean+`.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
		move := func(x, y float64) { page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y)) }
		move(where[0], where[1])
		expect("under the pointer", true)
		move(where[0], 5)
		expect("behind the pointer", false)
		browser.Eval[bool](page, `(`+mean+`.focus(), true)`)
		expect("with the focus", true)
		page.Do(chromedp.KeyEvent("\r"))
		page.WaitFor(mean + `.ariaPressed === "true"`)
		browser.Eval[bool](page, `(`+mean+`.blur(), true)`)
		expect("pressed", true)
		browser.Eval[bool](page, `(`+mean+`.click(), true)`)
		expect("pressed again", false)
	})
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

// cramped lists what a stop of the walk leaves no room for: the scene, which no sheet covers, as a share of the window; its buttons,
// which stay below the stage bar and beside the legend; those of the text, and of the walk, wholly in their panels; bars of the table of next tokens, which
// stand in the middle of their rows.
const cramped = `((least) => {
	const box = (q) => document.querySelector(q).getBoundingClientRect(), found = [], seen = (r) => r.width > 0 && r.height > 0;
	const scene = box("#scene"), side = box(".side"), share = (Math.min(scene.bottom, side.left > scene.left + 1 ? innerHeight : side.top) - scene.top) * Math.min(scene.width, scene.right - scene.left) / innerWidth / innerHeight;
	if (share < least) found.push("the scene has " + share.toFixed(2) + " of the window");
	const stages = box(".stages"), zoom = box(".zoom"), legend = box("#legend .scale");
	if (seen(zoom) && zoom.top < stages.bottom - 1) found.push("the buttons of the camera lie over the stage bar");
	if (seen(zoom) && seen(legend) && legend.right > zoom.left) found.push("the scale lies under the buttons of the camera");
	const play = box("#play");
	if (!document.elementFromPoint(play.right - 3, play.top + play.height / 2)?.closest("#play")) found.push("the end of the button that plays is cut or covered");
	for (const b of document.querySelectorAll("#walk-next, #walk-back")) {
		const r = b.getBoundingClientRect();
		if (r.left < side.left || r.right > side.right || r.bottom > side.bottom + 1) found.push(b.id + " is cut");
	}
	for (const row of document.querySelectorAll("#top-ten tbody tr")) for (const bar of row.querySelectorAll(".drawn svg")) {
		const r = bar.getBoundingClientRect(), of = row.getBoundingClientRect(), off = r.top + r.height / 2 - of.top - of.height / 2;
		if (seen(r) && Math.abs(off) > 1.5) found.push("a bar is " + off.toFixed(1) + " pixels beside the middle of its row");
	}
	return [...new Set(found)];
})`

// TestAStopLeavesRoomForTheScene in frames of articles and on a phone, with a text of words.
func TestAStopLeavesRoomForTheScene(t *testing.T) {
	t.Parallel()
	page := tab(t)
	page.Prefer(motion, "reduce")
	first(page, unpainted)
	for query, sizes := range map[string][][3]int64{
		"?ui=embed": {{600, 500, 35}, {700, 640, 25}, {480, 640, 25}, {960, 640, 40}},
		"":          {{390, 844, 25}, {800, 600, 30}, {600, 500, 30}, {667, 375, 24}, {1440, 900, 50}},
	} {
		show(page, addresses()["file"]+query+"#model=language&walk=3")
		for _, size := range sizes {
			resize(page, size[0], size[1])
			at(page, 3)
			rest(page)
			for _, problem := range browser.Eval[[]string](page, fmt.Sprintf(`%s(%d / 100)`, cramped, size[2])) {
				t.Errorf("%s %d × %d: %s", query, size[0], size[1], problem)
			}
		}
		browser.Eval[any](page, `glassbox.goto("#model=language&stage=output").then(() => 0)`)
		rest(page)
		for _, problem := range browser.Eval[[]string](page, cramped+`(0)`) {
			t.Errorf("%s, the output: %s", query, problem)
		}
	}
	page.NoErrors()
}
