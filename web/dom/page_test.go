//go:build !js

package dom

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// policy is the strictest policy under which a page of Go runs; the real page has it too.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:"

const pageHTML = `<!doctype html><meta charset="utf-8"><title>dom</title><link rel="icon" href="data:,">
<div id="app"><p>loading</p></div><script src="wasm_exec.js"></script><script src="boot.js"></script>`

const bootScript = `const go = new Go();
WebAssembly.instantiateStreaming(fetch("page.wasm"), go.importObject).then(r => go.run(r.instance));`

// servePage builds the program of testdata/page, serves it, and returns the address of its page.
func servePage(t *testing.T) string {
	dir := t.TempDir()
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(dir, "page.wasm"), "./testdata/page")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=simd,nojsonv2") // as the page
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building testdata/page: %v\n%s", err, out)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	glue, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"wasm_exec.js": string(glue), "boot.js": bootScript, "index.html": pageHTML} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestInABrowser shows that the renderer does in Chromium, with components that Vugu compiled, what the
// other tests show on a fake page.
func TestInABrowser(t *testing.T) {
	page := browser.New(t)
	page.Do(chromedp.Navigate(servePage(t)))
	page.WaitFor(`window.test && document.querySelector("#island")`)
	for _, c := range []struct {
		name string
		test func(*testing.T, *browser.Page)
	}{
		{"typing in the middle keeps caret and focus", typing},
		{"handlers prevent defaults and remove a focused input with @blur", blurring},
		{"components inside SVG are visible", drawing},
		{"styles work under a strict policy", styling},
		{"options follow the state", choosing},
		{"rows move with their inputs and the focus", moving},
		{"what others change stays", sharing},
		{"a page that the browser translates goes on", translating},
		{"a panic in a handler is shown and survived", failing},
		{"a thousand elements", counting},
		{"close leaves nothing", closing},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, page) })
	}
	page.NoErrors()
}

func click(page *browser.Page, id string) { page.Do(chromedp.Click(chromedp.CSS("#" + id))) }

// expect compares a JavaScript expression with a value, once the next frame is drawn.
func expect[T comparable](t *testing.T, page *browser.Page, expression string, want T) {
	t.Helper()
	browser.Eval[bool](page, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
	if got := browser.Eval[T](page, expression); got != want {
		t.Errorf("%s is %v, expected %v", expression, got, want)
	}
}

func typing(t *testing.T, page *browser.Page) {
	page.Do(chromedp.SendKeys(chromedp.CSS("#name"), "abef"))
	expect(t, page, `document.querySelector("#echo").textContent`, "abef")
	browser.Eval[bool](page, `document.querySelector("#name").setSelectionRange(2, 2), true`)
	page.Do(chromedp.KeyEvent("c"), chromedp.KeyEvent("d"))
	expect(t, page, `document.querySelector("#echo").textContent`, "abcdef")
	expect(t, page, `document.querySelector("#name").selectionStart`, 4)
	expect(t, page, `document.activeElement.id`, "name")
	expect(t, page, `!!document.querySelector("#long")`, true) // appeared before the input meanwhile
}

func blurring(t *testing.T, page *browser.Page) {
	click(page, "edit")
	expect(t, page, `!!document.querySelector("#edited")`, true)
	page.Do(chromedp.Focus(chromedp.CSS("#edited")), chromedp.KeyEvent("\r"))
	expect(t, page, `!!document.querySelector("#edited")`, false)
	expect(t, page, `document.querySelector("#blurs").textContent`, "1")
	click(page, "edit")
	expect(t, page, `document.querySelector("#edited").dispatchEvent(new KeyboardEvent("keydown", {key: "x", cancelable: true}))`, true)
	expect(t, page, `document.querySelector("#edited").dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", cancelable: true}))`, false)
	expect(t, page, `!!document.querySelector("#edited")`, false)
}

func drawing(t *testing.T, page *browser.Page) {
	click(page, "grow")
	expect(t, page, `document.querySelector(".bar rect").getBBox().height`, 5)
	expect(t, page, `document.querySelector(".bar rect").getBoundingClientRect().height`, 25)
}

func styling(t *testing.T, page *browser.Page) {
	expect(t, page, `document.querySelector("#width").getBoundingClientRect().width`, 50)
}

func choosing(t *testing.T, page *browser.Page) {
	expect(t, page, `document.querySelector("#choice").value`, "two")
	expect(t, page, `(s => { s.value = "three"; s.dispatchEvent(new Event("change")); return s.value })(document.querySelector("#choice"))`, "three")
	expect(t, page, `document.querySelector("#choice").value`, "three")
}

func moving(t *testing.T, page *browser.Page) {
	page.Do(chromedp.SendKeys(chromedp.CSS("#c"), "typed"))
	browser.Eval[bool](page, `document.querySelector("#rotate").click(), true`) // leaves the focus alone
	expect(t, page, `[...document.querySelectorAll("ul input")].map(i => i.id + i.value).join(" ")`, "ctyped a b")
	expect(t, page, `document.activeElement.id + document.activeElement.selectionStart`, "c5")
}

func sharing(t *testing.T, page *browser.Page) {
	browser.Eval[bool](page, `(() => {
		const $ = q => document.querySelector(q)
		$("#static").open = true
		$("#static input").value = "mine"
		$("#island").classList.add("theirs")
		$("#island").append(document.createElement("canvas"))
		return true })()`)
	page.Do(chromedp.SendKeys(chromedp.CSS("#name"), "x"))
	expect(t, page, `document.querySelector("#static").open && document.querySelector("#static input").value`, "mine")
	expect(t, page, `document.querySelector("#island").outerHTML.replace(/data-name="[^"]*"/, "")`,
		`<div id="island"  title="1" class="theirs">own<canvas></canvas></div>`)
}

// translating puts each text into elements of its own, as a browser's translation does, or into another text.
func translating(t *testing.T, page *browser.Page) {
	for _, way := range []string{"const font = document.createElement('font'); n.replaceWith(font); font.append(n)", "n.replaceWith(n.data.toUpperCase())"} {
		browser.Eval[bool](page, `document.querySelector("#name").value = "ab", document.querySelector("#name").dispatchEvent(new Event("input")), true`)
		expect(t, page, `!!document.querySelector("#long")`, false)
		browser.Eval[bool](page, `(() => {
			const walker = document.createTreeWalker(document.querySelector("#app"), NodeFilter.SHOW_TEXT), list = []
			while (walker.nextNode()) list.push(walker.currentNode)
			for (const n of list) { `+way+` }
			return true })()`)
		browser.Eval[bool](page, `document.querySelector("#name").value = "abcdef", document.querySelector("#name").dispatchEvent(new Event("input")), true`)
		expect(t, page, `document.querySelector("#long").nextElementSibling.firstElementChild.id + document.querySelector("#echo").textContent`, "nameabcdef")
		click(page, "edit")
		expect(t, page, `document.querySelector("#edited").nextElementSibling.id`, "blurs")
		page.Do(chromedp.Focus(chromedp.CSS("#edited")), chromedp.KeyEvent("\r"))
	}
}

func failing(t *testing.T, page *browser.Page) {
	click(page, "panic")
	expect(t, page, `document.querySelector("#problem").textContent`, "@click of <button>: panic: on purpose")
	click(page, "grow")
	expect(t, page, `document.querySelector(".bar rect").getBBox().height`, 8)
}

func counting(t *testing.T, page *browser.Page) {
	first := browser.Eval[float64](page, `test.first`)
	create := browser.Eval[[]float64](page, `(() => {
		const times = []
		for (let i = 0; i < 9; i++) {
			test.many(0)
			const start = performance.now()
			test.many(500)
			times.push(performance.now() - start)
		}
		return [times[0], times.sort((a, b) => a - b)[4]] })()`)
	expect(t, page, `document.querySelectorAll("#many li").length`, 500)
	before := browser.Eval[int](page, `test.stats().operations`)
	one := browser.Eval[[]float64](page, `(() => {
		const call = [], build = [], draw = []
		for (let i = 0; i < 41; i++) {
			const start = performance.now()
			test.one(250)
			call.push(performance.now() - start)
			const s = test.stats()
			build.push(s.build)
			draw.push(s.draw)
		}
		return [call, build, draw].map(times => times.sort((a, b) => a - b)[20]) })()`)
	if done := browser.Eval[int](page, `test.stats().operations`) - before; done != 2*41 {
		t.Errorf("41 changes of a class and a text took %d operations, expected 2 each", done)
	}
	if functions := browser.Eval[int](page, `test.stats().functions`); functions > 10 {
		t.Errorf("%d callbacks are alive, expected one per kind of event", functions)
	}
	t.Logf("first render %.1f ms; 1,000 more elements, 500 of them with @click, %.1f ms, median %.1f", first, create[0], create[1])
	t.Logf("one change among them, medians: %.2f ms, of it build %.2f, draw %.2f", one[0], one[1], one[2])
}

func closing(t *testing.T, page *browser.Page) {
	browser.Eval[bool](page, `test.close(), true`)
	expect(t, page, `document.querySelector("#app").innerHTML`, "")
	expect(t, page, `test.stats().functions + test.stats().nodes`, 0)
}
