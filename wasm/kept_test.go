//go:build !js

package main

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// Starting the page takes longer than most of what is done with it. So a test that uses nothing but what a reader has,
// and the page's interface, keeps the page open for the next one. One that changes the page's scripts, ends its
// worker or takes its graphics opens its own.

// keep lends a page that is open at an address without a hash, as it is after its start, for a reader who asks for less
// motion.
func keep(t *testing.T, address string) *browser.Page {
	t.Helper()
	page := chromium.Kept(t, address, func(page *browser.Page) {
		page.Do(chromedp.EmulateViewport(width, height, coarse))
		page.Prefer(motion, "reduce")
		show(page, address)
		rest(page)
		started.LoadOrStore(address, browser.Eval[string](page, snapshot))
	}, func(ctx context.Context) error { return tidy(ctx, address) })
	page.Prefer(motion, "reduce")
	return page
}

// still runs a test on a kept page that is open from a file, for a reader who asks for less motion.
func still(t *testing.T, test func(t *testing.T, page *browser.Page)) {
	page := keep(t, addresses()["file"])
	test(t, page)
	page.NoErrors()
}

// moving is still with all that moves.
func moving(t *testing.T, test func(t *testing.T, page *browser.Page)) {
	still(t, func(t *testing.T, page *browser.Page) {
		page.Prefer(motion, "no-preference")
		test(t, page)
	})
}

// bothWays is [everywhere] on kept pages.
func bothWays(t *testing.T, test func(t *testing.T, page *browser.Page)) {
	for name, wanted := range map[string]string{"http": "no-preference", "file": "reduce"} {
		t.Run(name, func(t *testing.T) {
			page := keep(t, addresses()[name])
			page.Prefer(motion, wanted)
			test(t, page)
			page.NoErrors()
		})
	}
}

// started is what snapshot said of the first page at each address, when it had just started.
var started sync.Map

// snapshot is all that can be seen of the page, and what its scripts are, but for the last notice and announcement, and the way back
// through what was typed.
const snapshot = `(() => {
	const app = document.querySelector("#app").cloneNode(true), stats = glassbox.stats(), state = glassbox.state(), boot = glassboxBoot;
	app.querySelectorAll("#undo, #redo").forEach((e) => e.remove());
	app.querySelector("#notice").remove();
	app.querySelector("#spoken-now").remove(); // what was announced last
	app.querySelector("#card").removeAttribute("style"); // where it was last; it is hidden
	const seen = app.querySelector("#map-seen");
	for (const name of ["y", "height"]) seen.setAttribute(name, Math.round(seen.getAttribute(name))); // the camera comes as near as it can
	const sorted = (_, v) => v?.constructor === Object ? Object.fromEntries(Object.entries(v).sort()) : v; // Go has no order in an object
	const all = [...document.querySelectorAll("#app, #app *")];
	return JSON.stringify({
		app: app.outerHTML.replace(/\s+/g, " "), state,
		around: [document.documentElement.cloneNode(false).outerHTML, document.title, ...[...document.body.children].map((e) => e.tagName + e.id + e.hidden)],
		context: stats.context, moving: stats.moving, canvas: ["#gl", "#labels"].map((s) => document.querySelector(s)).map((c) => [c.width, c.height]),
		focus: document.activeElement.tagName + document.activeElement.id, window: [innerWidth, innerHeight, devicePixelRatio, scrollX, scrollY],
		scrolled: all.filter((e) => e.scrollTop || e.scrollLeft).map((e) => e.id + e.className),
		typed: all.filter((e) => "value" in e).map((e) => e.id + "=" + e.value + e.checked),
		names: [window, document, navigator, history, performance, boot].map((o) => Object.getOwnPropertyNames(o).filter((name) => !/^\d+$/.test(name)).sort()),
		scripts: [...Object.values(boot), setTimeout, requestAnimationFrame, history.pushState, HTMLCanvasElement.prototype.getContext, document.execCommand, Worker].filter((f) => f instanceof Function).map(String),
		sheets: document.adoptedStyleSheets.length, stored: localStorage.length, engine: boot.dead,
	}, sorted);
})()`

// home leads the page back to where it started.
const home = `(async () => {
	const rest = async () => { do await ` + drawn + `; while (glassbox.state().busy || glassbox.stats().moving || document.getAnimations().some((a) => a.playState === "running" && a.effect.getComputedTiming().endTime !== Infinity)); };
	if (location.hash === "#model=sort") {
		location.hash = "#model=sort&stage=softmax";
		await rest();
	}
	location.hash = "#model=sort";
	await rest();
	document.querySelector("#outline-fold[aria-expanded=true]")?.click();
	document.querySelector("#pad").open = false;
	for (let n = 0; n < 3 && document.querySelector("#inspector").dataset.sheet !== "peek"; n++) { document.querySelector("#grip").click(); await rest(); }
	document.querySelector("#fit").click();
	await rest();
	document.activeElement.blur();
	document.querySelectorAll("#app, #app *").forEach((e) => { if (e.scrollTop || e.scrollLeft) e.scrollTo(0, 0); });
	scrollTo(0, 0);
	await rest();
	return ` + snapshot + `;
})()`

// errDiffers says that a page can't be made what it was when it started.
var errDiffers = errors.New("the page differs from one that has just started")

// tidy makes a page what it was when it started, in a window of the usual size, or fails.
func tidy(ctx context.Context, address string) error {
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height, coarse)); err != nil {
		return err
	}
	is, err := chromedp.Run(ctx, chromedp.Evaluate[string](home, chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	if was, _ := started.Load(address); is != was {
		return errDiffers
	}
	return nil
}

// TestAKeptPageIsLikeOneThatHasJustStarted does one thing after the other to a page. What home undoes leaves nothing;
// what it can't undo is seen.
func TestAKeptPageIsLikeOneThatHasJustStarted(t *testing.T) {
	t.Parallel()
	address := addresses()["file"]
	page := keep(t, address)
	for _, c := range []struct {
		does, undoes string
		kept         bool
	}{
		{`glassbox.setPrompt("CAB").then(() => glassbox.step()).catch(() => {})`, ``, true},
		{`glassbox.select("h.0.attn.head.1.scores").then(() => { document.querySelector("#values").open = true; document.querySelector("#gl").focus(); })`, ``, true},
		{`document.querySelector("#theme").click()`, ``, true},
		{`location.hash = "#model=sort&text=CCBBAA&walk=5&temperature=2"`, ``, true},
		{`document.querySelector("#sizes-open").click()`, ``, true},
		{`document.querySelector("#watch").click()`, ``, true},
		{`document.querySelector("#inspector-scroll").scrollTo(0, 200)`, ``, true},
		{`document.querySelector("#help").click()`, `document.querySelector("#help-close").click()`, false},
		{`window.left = 1`, `delete window.left`, false},
		{`document.execCommand = () => false`, `delete document.execCommand`, false},
		{`(window.post = glassboxBoot.post, glassboxBoot.post = () => {})`, `(glassboxBoot.post = post, delete window.post)`, false},
		{`localStorage.setItem("left", 1)`, `localStorage.clear()`, false},
	} {
		browser.Eval[bool](page, `Promise.resolve(`+c.does+`).then(() => true)`)
		if err := tidy(page.Context, address); (err == nil) != c.kept {
			t.Errorf("after %s: %v", c.does, err)
		}
		if c.undoes != "" {
			browser.Eval[bool](page, `(`+c.undoes+`, true)`)
		}
	}
}
