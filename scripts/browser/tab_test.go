//go:build !js

package browser_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// traces is what a page can tell of what was in its tab before: none of it may differ from that in a new tab.
const traces = `(async () => ({
	address: location.href, history: history.length, name: window.name, opener: String(opener), title: document.title,
	text: document.body.innerText, focus: document.activeElement.tagName, focused: document.hasFocus(), hidden: document.hidden,
	size: [innerWidth, innerHeight, devicePixelRatio, visualViewport.scale, scrollX, scrollY].join(), touch: navigator.maxTouchPoints,
	media: ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "print", "(prefers-contrast: more)"].filter((m) => matchMedia(m).matches).join(),
	agent: navigator.userAgent, globals: Object.keys(window).length, touches: "ontouchstart" in window, first: window.first, left: window.left, styles: document.adoptedStyleSheets.length,
	native: [setTimeout, history.pushState, HTMLCanvasElement.prototype.getContext].map(String).join(),
	lost: document.createElement("canvas").getContext("webgl2").isContextLost(),
	...(location.protocol === "about:" ? {} : {
		local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage), cookies: document.cookie,
		databases: (await indexedDB.databases()).map((d) => d.name).join(), caches: (await caches.keys()).join(),
	}),
}))()`

// leavings are what one test after the other leaves behind.
var leavings = map[string]func(p *browser.Page){
	"an address, its history and a name": func(p *browser.Page) {
		run(p, `(history.pushState(1, "", "#a"), history.pushState(2, "", "#b"), window.name = "left", document.title = "left")`)
	},
	"text, a style, globals and a timer that goes on": func(p *browser.Page) {
		run(p, `(document.body.textContent = "left", document.adoptedStyleSheets = [new CSSStyleSheet()], window.left = 1,
			window.setTimeout = () => 0, history.pushState = () => 0, setInterval(() => console.error("still here"), 1))`)
	},
	"the focus": func(p *browser.Page) { run(p, `document.body.appendChild(document.createElement("input")).focus()`) },
	"a worker, and errors on the console": func(p *browser.Page) {
		run(p, `(new Worker(URL.createObjectURL(new Blob(["setInterval(() => { throw new Error('still here') }, 1)"]))), console.error("left"), Promise.reject(new Error("left")))`)
		p.WaitFor(`true`)
	},
	"storage of an origin": func(p *browser.Page) {
		run(p, `localStorage.setItem("left", 1), document.cookie = "left=1", caches.open("left"), new Promise((r) => { indexedDB.open("left").onsuccess = r; })`)
	},
	"storage of a session": func(p *browser.Page) { run(p, `sessionStorage.setItem("left", 1)`) },
	"a dark theme":         func(p *browser.Page) { p.Prefer("prefers-color-scheme", "dark") },
	"less motion":          func(p *browser.Page) { p.Prefer("prefers-reduced-motion", "reduce") },
	"paper": func(p *browser.Page) {
		emulate(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	},
	"the size of a phone": func(p *browser.Page) {
		p.Do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(3)))
	},
	"a zoom": func(p *browser.Page) {
		emulate(p, emulation.SetPageScaleFactor, emulation.SetPageScaleFactorParams{PageScaleFactor: 2})
	},
	"a place that was scrolled to": func(p *browser.Page) { run(p, `(document.body.style.height = "9000px", scrollTo(0, 4000))`) },
	"a script that runs first": func(p *browser.Page) {
		emulate(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.first = 1`})
	},
	"another name of the browser": func(p *browser.Page) {
		emulate(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "left"})
	},
	"a lost context": func(p *browser.Page) {
		run(p, `document.createElement("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext()`)
	},
	"a page that asks before it goes": func(p *browser.Page) {
		run(p, `onbeforeunload = (e) => { e.preventDefault(); return "left"; }`)
		p.Do(chromedp.MouseClickXY(9, 9))
	},
	"a dialog": func(p *browser.Page) {
		opened := chromedp.Events(p.Context, page.JavascriptDialogOpening)
		run(p, `setTimeout(() => alert("left"))`)
		for range opened {
			break
		}
	},
	"many contexts": func(p *browser.Page) {
		run(p, `window.all = Array.from({length: 20}, () => document.createElement("canvas").getContext("webgl2"))`)
	},
}

// run runs a script that leaves something.
func run(p *browser.Page, script string) {
	browser.Eval[bool](p, `Promise.all([`+script+`]).then(() => true, () => true)`)
}

// emulate calls a command of the debugger.
func emulate[P, R any](p *browser.Page, command cdp.Command[P, R], params P) {
	p.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	}))
}

// look says what a test sees in the tab that it is lent, before and after it opens an address.
func look(t *testing.T, b *browser.Browser, address string) (seen [2]map[string]any, tab any) {
	p := b.Tab(t)
	seen[0] = browser.Eval[map[string]any](p, traces)
	p.Do(chromedp.Navigate(address))
	seen[1] = browser.Eval[map[string]any](p, traces)
	p.NoErrors()
	return seen, chromedp.FromContext(p.Context).Target.TargetID
}

// TestATabThatIsLentAgainIsLikeANewOne leaves one thing after the other in a tab. What a reset can't undo closes
// the tab, but most may not, or lending would save nothing.
func TestATabThatIsLentAgainIsLikeANewOne(t *testing.T) {
	b, err := browser.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	address := serve(t, `<link rel="icon" href="data:,"><p>plain`)
	var first [2]map[string]any
	t.Run("in a new tab", func(t *testing.T) { first, _ = look(t, b, address) })
	tabs := map[any]bool{}
	for name, leave := range leavings {
		t.Run(name, func(t *testing.T) {
			p := b.Tab(t)
			tabs[chromedp.FromContext(p.Context).Target.TargetID] = true
			p.Do(chromedp.Navigate(address))
			leave(p)
		})
		t.Run("after "+name, func(t *testing.T) {
			seen, tab := look(t, b, address)
			tabs[tab] = true
			for k, when := range []string{"empty", "with a page"} {
				for trace, want := range first[k] {
					if got := seen[k][trace]; got != want {
						t.Errorf("%s, its %s is %v; in a new tab %v", when, trace, got, want)
					}
				}
			}
		})
	}
	if len(tabs) > 4 {
		t.Errorf("it took %d tabs", len(tabs))
	}
}

// TestAPageIsKeptUntilItCanNotBeTidied opens a page once for the tests that leave it as it was.
func TestAPageIsKeptUntilItCanNotBeTidied(t *testing.T) {
	b, err := browser.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	address := serve(t, `<link rel="icon" href="data:,"><p>plain`)
	opened := 0
	borrow := func(t *testing.T) *browser.Page {
		return b.Kept(t, "plain", func(p *browser.Page) {
			opened++
			p.Do(chromedp.Navigate(address))
		}, func(ctx context.Context) error {
			_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`new Promise((yes, no) => window.left ? no(new Error("left")) : yes(true))`, chromedp.EvalAwaitPromise))
			return err
		})
	}
	for _, c := range []struct {
		name, does string
		opened     int
		errors     bool
	}{
		{"first", `document.body.append("more")`, 1, false},
		{"kept", `localStorage.setItem("left", 1)`, 1, false},
		{"kept, with empty storage", `window.left = localStorage.length + 1`, 1, false},
		{"opened anew", `console.error("left")`, 2, true},
		{"without an error", `true`, 3, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := borrow(t)
			if c.name == "kept, with empty storage" && browser.Eval[int](p, `localStorage.length`) != 0 {
				t.Error("the storage is not empty")
			}
			if run(p, c.does); opened != c.opened {
				t.Errorf("%d pages were opened; expected %d", opened, c.opened)
			}
			p.WaitFor(`true`)
			if (len(p.Errors()) > 0) != c.errors {
				t.Errorf("the page complains: %v", p.Errors())
			}
		})
	}
}
