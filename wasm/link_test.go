//go:build !js

package main

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// reopen opens an address in the tab, as a reader who follows a link does.
func reopen(page *browser.Page, address string) {
	page.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(sorting(address)))
	page.WaitFor(`window.glassbox`)
	browser.Eval[bool](page, `glassbox.ready.then(() => true)`)
}

// drag moves the scene with the mouse, and waits until the address says so.
func drag(page *browser.Page) {
	rest(page)
	at := browser.Eval[[]float64](page, middle)
	page.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, at[0], at[1], chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0]+70, at[1]+30, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, at[0]+70, at[1]+30, chromedp.ButtonLeft))
	page.WaitFor(`location.hash.includes("camera=")`)
}

func TestReloadingRestoresEverything(t *testing.T) {
	t.Parallel()
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CABBAC")`)
		browser.Eval[state](page, `glassbox.step()`)
		browser.Eval[state](page, `glassbox.select("h.1.attn.head.2.scores")`)
		if hash := browser.Eval[string](page, `(document.querySelector("#gl").focus(), location.hash)`); strings.Contains(hash, "camera") {
			t.Errorf("nobody moved the camera, and the address is %s", hash)
		}
		page.Do(chromedp.KeyEvent("\r"))
		page.WaitFor(`location.hash.includes("cell=0.0")`)
		drag(page)
		page.Do(chromedp.Click(chromedp.CSS("#theme")))
		page.WaitFor(`location.hash.includes("theme=light")`)
		was, hash := browser.Eval[state](page, `glassbox.state()`), browser.Eval[string](page, `location.hash`)
		page.Do(chromedp.Reload())
		page.WaitFor(`window.glassbox`)
		browser.Eval[bool](page, `glassbox.ready.then(() => true)`)
		rest(page)
		is, again := browser.Eval[state](page, `glassbox.state()`), browser.Eval[string](page, `location.hash`)
		if again != hash || is.Hash != hash {
			t.Errorf("after reloading the address is\n%s; it was\n%s", again, hash)
		}
		if is.Text != was.Text || len(is.Generated) != 1 || is.Panel != was.Panel || is.Cell == nil || *is.Cell != *was.Cell {
			t.Errorf("after reloading the page shows %+v; it showed %+v", is, was)
		}
	})
}

func TestBackAndForwardWalkWhereTheReaderWas(t *testing.T) {
	t.Parallel()
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		page.Prefer(motion, "no-preference")
		browser.Eval[state](page, `glassbox.select("softmax")`)
		drag(page)
		browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		rest(page) // until then the camera may still be on its way
		camera := browser.Eval[string](page, `location.hash.match(/camera=[^&]*/)[0]`)
		browser.Eval[state](page, `glassbox.select("ln_f")`)
		page.WaitFor(`!location.hash.includes("camera=")`)
		back := func(verb, expected string) {
			browser.Eval[bool](page, `(history.`+verb+`(), true)`)
			page.WaitFor(expected)
		}
		back("back", `glassbox.state().stage === "softmax" && !glassbox.state().panel && location.hash.includes("`+camera+`")`)
		rest(page)
		if hash := browser.Eval[string](page, `location.hash`); !strings.Contains(hash, camera) || !strings.Contains(hash, "text=CAB") {
			t.Errorf("back at the stage the address is %s; expected %s in it", hash, camera)
		}
		back("back", `glassbox.state().stage === "" && glassbox.state().text === "CBABBC"`)
		back("forward", `glassbox.state().stage === "softmax" && glassbox.state().text === "CAB"`)
		back("forward", `glassbox.state().panel === "ln_f"`)
	})
}

// TestAFlightOfFewFramesIsNotTakenForARest draws frames further apart than the camera has to rest before its place is
// written, as a slow machine does: on the way back no address names a place that the camera only passes.
func TestAFlightOfFewFramesIsNotTakenForARest(t *testing.T) {
	t.Parallel()
	page := openMoving(t, addresses()["file"])
	browser.Eval[state](page, `glassbox.select("softmax")`)
	drag(page)
	camera := browser.Eval[string](page, `location.hash.match(/camera=[^&]*/)[0]`)
	browser.Eval[state](page, `glassbox.select("ln_f")`)
	page.WaitFor(`!location.hash.includes("camera=")`)
	rest(page)
	browser.Eval[bool](page, `(() => {
		window.written = [];
		for (const verb of ["pushState", "replaceState"]) {
			const write = history[verb].bind(history);
			history[verb] = (...a) => { written.push(String(a[2])); write(...a); };
		}
		const frame = requestAnimationFrame;
		window.requestAnimationFrame = (f) => setTimeout(() => frame(f), 700);
		history.back();
		return true;
	})()`)
	page.WaitFor(`glassbox.state().stage === "softmax"`)
	rest(page)
	time.Sleep(time.Second) // the address is written half a second after the last frame
	for _, written := range append(browser.Eval[[]string](page, `written`), browser.Eval[string](page, `location.hash`)) {
		if !strings.Contains(written, camera) {
			t.Errorf("on the way back the address was %s; expected %s in it", written, camera)
		}
	}
	page.NoErrors()
}

func TestWhatAnAddressSaysWronglyIsNamed(t *testing.T) {
	t.Parallel()
	for _, address := range addresses() {
		page := tab(t)
		reopen(page, address+"?ui=huge#temperature=hot&camera=1_2&moon=full&text=CAB")
		s := browser.Eval[state](page, `glassbox.state()`)
		said := browser.Eval[string](page, `document.querySelector("#notice").textContent`)
		for _, want := range []string{"huge", "hot", "camera", "moon: there is no such key"} {
			if !strings.Contains(strings.ToLower(said), want) {
				t.Errorf("it says %q; expected %q in it", said, want)
			}
		}
		if s.Text != "CAB" || s.Problem != nil {
			t.Errorf("the text is %q, the notice %q, the problem %v", s.Text, said, s.Problem)
		}
		page.NoErrors()
	}
}

// visible lists the selectors whose elements take room in the page.
func visible(page *browser.Page, selectors ...string) string {
	return browser.Eval[string](page, `["`+strings.Join(selectors, `","`)+`"].filter((s) => { const e = document.querySelector(s); return e && e.getBoundingClientRect().width > 1; }).join(" ")`)
}

func TestAHostHidesPartsOfThePage(t *testing.T) {
	t.Parallel()
	page := tab(t)
	address := addresses()["file"]
	all := []string{".header", ".brand", "#stages", "#inspector", "#prompt", "#legend", ".zoom", ".pad", "#temperature", "#theme", "#help"}
	for query, want := range map[string]string{
		"?hide=inspector,strip,theme,sampling":      ".header .brand #stages #legend .zoom .pad #help",
		"?ui=embed":                                 ".header #stages #inspector #prompt #legend .zoom .pad #temperature #theme #help",
		"?ui=stage":                                 "#legend .zoom .pad",
		"?ui=stage&hide=legend,tools&motion=none":   "",
		"?hide=header,stages,legend&ui=full&theme=": "#inspector #prompt .zoom .pad #temperature",
	} {
		reopen(page, address+query)
		if got := visible(page, all...); got != want {
			t.Errorf("%s shows %s; expected %s", query, got, want)
		}
		free := browser.Eval[[]float64](page, `(() => { const r = document.querySelector("#scene").getBoundingClientRect(); return [r.width / innerWidth, r.height / innerHeight]; })()`)
		if strings.Contains(query, "stage&") && (math.Abs(free[0]-1) > 0.01 || math.Abs(free[1]-1) > 0.01) {
			t.Errorf("%s: the scene fills %v of the window", query, free)
		}
	}
	reopen(page, address+"?theme=dark#theme=light")
	if got := browser.Eval[string](page, `document.documentElement.dataset.theme`); got != "light" {
		t.Errorf("the reader's theme is light; the page is %s", got)
	}
	browser.Eval[bool](page, `(location.hash = "#model=sort", true)`)
	page.WaitFor(`document.documentElement.dataset.theme !== "light"`)
	if got := browser.Eval[string](page, `document.documentElement.dataset.theme`); got != "dark" {
		t.Errorf("the host's theme is dark; the page is %s", got)
	}
	page.NoErrors()
}

func TestTheLinkIsCopiedOrShown(t *testing.T) {
	t.Parallel()
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		browser.Eval[bool](page, `(Object.defineProperty(navigator, "clipboard", {configurable: true, value: {writeText: (s) => { window.copied = s; return Promise.resolve(); }}}), true)`)
		page.Do(chromedp.Click(chromedp.CSS("#link")))
		page.WaitFor(`document.querySelector("#notice").textContent.startsWith("Link copied. It opens")`)
		if got := browser.Eval[bool](page, `window.copied === location.href && copied.endsWith("#model=sort&text=CAB")`); !got {
			t.Errorf("copied is %s", browser.Eval[string](page, `window.copied`))
		}
		browser.Eval[bool](page, `(navigator.clipboard.writeText = () => Promise.reject(new Error("no")), document.execCommand = () => false, true)`)
		page.Do(chromedp.Click(chromedp.CSS("#link")))
		page.WaitFor(`document.activeElement.id === "link-text"`)
		if got := browser.Eval[string](page, `String(getSelection())`); !strings.HasSuffix(got, "#model=sort&text=CAB") {
			t.Errorf("selected is %q", got)
		}
		page.Do(chromedp.KeyEvent("\x1b"))
		page.WaitFor(`!document.querySelector("#link-card")`)
	})
}

func TestTheLastStateReachesAnAddressThatIsRarelyWritten(t *testing.T) {
	t.Parallel()
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[bool](page, `(() => { // as a browser does that has been asked too often
			for (const name of ["pushState", "replaceState"]) {
				const does = history[name];
				history[name] = (...args) => { if (window.calm) does.apply(history, args); };
			}
			Object.defineProperty(navigator, "clipboard", {configurable: true, value: {writeText: (s) => { window.copied = s; return Promise.resolve(); }}});
			return true;
		})()`)
		browser.Eval[state](page, `glassbox.setPrompt("CA")`)
		s := browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		press(page, "#link")
		page.WaitFor(`window.copied`)
		if copied := browser.Eval[string](page, `copied`); !strings.HasSuffix(copied, s.Hash) || s.Hash != "#model=sort&text=CAB" {
			t.Errorf("copied is %s of %s", copied, s.Hash)
		}
		if hash := browser.Eval[string](page, `location.hash`); hash != "#model=sort" {
			t.Errorf("the address says %s", hash)
		}
		browser.Eval[bool](page, `(window.calm = true)`)
		page.WaitFor(`location.hash === "#model=sort&text=CAB"`)
	})
}

func TestThePageWorksWhereHistoryAndClipboardThrow(t *testing.T) {
	t.Parallel()
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[bool](page, `(() => { const no = () => { throw new DOMException("no", "SecurityError"); };
			history.pushState = history.replaceState = no; document.execCommand = no;
			Object.defineProperty(navigator, "clipboard", {configurable: true, value: undefined}); return true; })()`)
		if s := browser.Eval[state](page, `glassbox.select("softmax")`); s.Stage != "softmax" || !strings.HasSuffix(s.Hash, "stage=softmax") {
			t.Errorf("the page is at %q, %q", s.Stage, s.Hash)
		}
		page.Do(chromedp.Click(chromedp.CSS("#link")))
		page.WaitFor(`document.querySelector("#link-text")?.value.endsWith("stage=softmax")`)
		page.Do(chromedp.Click(chromedp.CSS("#link-close")))
		page.WaitFor(`document.activeElement.id === "link"`)
	})
}
