//go:build !js

package main

import (
	"math"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// sideBySide is what a link asks for to see the model that sorts beside itself in a type of numbers that holds all of its
// weights: both pictures are the same.
const sideBySide = "#with=type:F32&with-show=side"

// keptPixels has the canvases keep their pixels, so that they can be read at any time.
const keptPixels = `{
	const get = HTMLCanvasElement.prototype.getContext;
	HTMLCanvasElement.prototype.getContext = function (kind, options) {
		return get.call(this, kind, kind === "webgl2" ? { ...options, preserveDrawingBuffer: true } : options);
	};
}`

// unequal is in how many of the numbers of their pixels the two scenes differ, and how many colours the second has.
const unequal = `(() => {
	const read = (c) => {
		const k = document.createElement("canvas");
		k.width = c.width; k.height = c.height;
		const pen = k.getContext("2d");
		pen.drawImage(c, 0, 0);
		return pen.getImageData(0, 0, k.width, k.height).data;
	};
	const a = read(document.querySelector("#sketch") ?? document.querySelector("#gl"));
	const b = read(document.querySelector("#other .sketch") ?? document.querySelector("#other .gl"));
	const colours = new Set();
	let n = a.length === b.length ? 0 : -1e9;
	for (let k = 0; k < b.length; k += 4) {
		n += (a[k] !== b[k]) + (a[k + 1] !== b[k + 1]) + (a[k + 2] !== b[k + 2]);
		colours.add(b[k] << 16 | b[k + 1] << 8 | b[k + 2]);
	}
	return [n, colours.size];
})()`

// alike fails unless both pictures show the same, and something.
func alike(t *testing.T, page *browser.Page, when string) {
	t.Helper()
	rest(page)
	if got := browser.Eval[[]int](page, unequal); got[0] != 0 || got[1] < 100 {
		t.Errorf("%s the pictures differ in %d numbers of their pixels; the second has %d colours", when, got[0], got[1])
	}
}

// beside opens the page with both pictures, after a script.
func beside(t *testing.T, script string) *browser.Page {
	t.Helper()
	page := tab(t)
	page.Prefer(motion, "reduce")
	first(page, keptPixels+script)
	show(page, addresses()["file"]+sideBySide)
	page.WaitFor(`document.querySelector("#other canvas:not(.labels)")`)
	page.WaitFor(`getComputedStyle(document.querySelector("#other canvas:not(.labels)")).visibility === "visible" || document.querySelector("#other .sketch")`)
	rest(page)
	return page
}

// over returns the middle of an element.
func over(page *browser.Page, selector string) []float64 {
	return browser.Eval[[]float64](page, `(() => { const b = document.querySelector("`+selector+`").getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })()`)
}

func TestTwoRunsStandSideBySideAndMoveTogether(t *testing.T) {
	t.Parallel()
	page := beside(t, "")
	alike(t, page, "at first")
	goTo(page, "h.1.attn.head.0.scores")
	alike(t, page, "at a step")
	for _, selector := range []string{"#other", "#scene"} {
		before := browser.Eval[string](page, `document.querySelector("#gl").toDataURL()`)
		at := over(page, selector)
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, at[0], at[1], chromedp.ButtonLeft),
			chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0]+20, at[1]+15, chromedp.ButtonLeft),
			chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0]+40, at[1]-25, chromedp.ButtonLeft),
			chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, at[0]+40, at[1]-25, chromedp.ButtonLeft))
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 5, 5))
		alike(t, page, "after a drag over "+selector)
		if browser.Eval[string](page, `document.querySelector("#gl").toDataURL()`) == before {
			t.Errorf("a drag over %s moves nothing", selector)
		}
	}
	page.NoErrors()
}

func TestAPointerOverEitherPictureMarksTheNumberInBoth(t *testing.T) {
	t.Parallel()
	page := beside(t, "")
	goTo(page, "h.1.mlp.gelu")
	for _, selector := range []string{"#other", "#scene"} {
		at := over(page, selector)
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]))
		page.WaitFor(`document.querySelector("#first-name .mono").textContent !== ""`)
		said := browser.Eval[[]string](page, `[...document.querySelectorAll("#names .mono")].map((e) => e.textContent)`)
		if said[0] != said[1] {
			t.Errorf("over %s the numbers of the same run are %q", selector, said)
		}
		alike(t, page, "with the pointer over "+selector)
		page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 5, 5))
		page.WaitFor(`document.querySelector("#first-name .mono").textContent === ""`)
	}
	page.NoErrors()
}

func TestBothPicturesFitEveryWindow(t *testing.T) {
	t.Parallel()
	page := beside(t, "")
	for _, size := range [][2]int64{{1280, 720}, {390, 844}, {700, 900}, {900, 420}} {
		resize(page, size[0], size[1])
		alike(t, page, "in another window")
		b := browser.Eval[[]float64](page, `["#scene", "#other"].flatMap((s) => { const b = document.querySelector(s).getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })`)
		if b[2] != b[6] || b[3] != b[7] || b[0]+b[2] > b[4] && b[1]+b[3] > b[5] || b[4]+b[6] > float64(size[0])+1 {
			t.Errorf("in a window of %v the pictures stand at %v", size, b)
		}
	}
	size := browser.Eval[[]float64](page, `glassbox.export("view", "png").then((f) => createImageBitmap(new Blob([f.data]))).then((i) => [i.width, document.querySelector("#gl").width])`)
	if math.Abs(size[0]-2*size[1]) > 2 {
		t.Errorf("the picture of the view is %v pixels wide; each scene has %v", size[0], size[1])
	}
	page.NoErrors()
}

func TestWithoutWebGLBothPicturesAreDrawnIn2D(t *testing.T) {
	t.Parallel()
	page := beside(t, noGPU)
	alike(t, page, "without WebGL")
	page.NoErrors()
}

func TestALostContextOfTheSecondPictureIsStoodInFor(t *testing.T) {
	t.Parallel()
	page := beside(t, "")
	browser.Eval[bool](page, `(window.off = document.querySelector("#other .gl").getContext("webgl2").getExtension("WEBGL_lose_context"), off.loseContext(), true)`)
	page.WaitFor(`document.querySelector("#other .sketch")`)
	goTo(page, "h.0.mlp.up")
	if got := browser.Eval[[]int](page, unequal); got[1] < 100 {
		t.Errorf("the drawing has %d colours", got[1])
	}
	browser.Eval[bool](page, back)
	page.WaitFor(`!document.querySelector("#other .sketch")`)
	alike(t, page, "with the GPU again")
	page.NoErrors()
}

func TestAFrozenFrameGivesBothContextsBack(t *testing.T) {
	t.Parallel()
	page := embeddedAfter(t, keptPixels, `<iframe src="index.html#model=sort&text=CBABBC&`+sideBySide[1:]+`" width="900" height="600"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready")`)
	const inside, lost = `frames[0].document.querySelector("#other .gl")`, `.getContext("webgl2").isContextLost()`
	page.WaitFor(inside + ` && ` + inside + `.style.visibility === ""`)
	browser.Eval[bool](page, `(send(0, "slide:stop"), true)`)
	page.WaitFor(inside + lost + ` && !frames[0].glassbox.stats().context`)
	colours := browser.Eval[int](page, `(() => {
		const c = frames[0].document.querySelector("#other .still"), seen = new Set();
		for (const v of new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer)) seen.add(v);
		return seen.size;
	})()`)
	if colours < 50 {
		t.Errorf("the second picture of the frozen frame has %d colours", colours)
	}
	browser.Eval[bool](page, `(send(0, "slide:start"), true)`)
	page.WaitFor(`!` + inside + lost + ` && frames[0].glassbox.stats().context && !frames[0].document.querySelector("#other .still")`)
	page.NoErrors()
}
