//go:build !js

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"glassbox/model"
	"glassbox/scripts/browser"
)

// These tests break something on purpose, and then look whether the page says so in plain
// words, keeps what the reader had, and goes on.

// load opens an address in which a script runs before those of the page.
func load(t *testing.T, address, script string) *browser.Page {
	t.Helper()
	page := tab(t)
	first(page, script)
	page.Do(chromedp.Navigate(sorting(address)))
	return page
}

// first has a script run before those of every page, and of every frame in it, that the tab opens from now on.
func first(page *browser.Page, script string) {
	page.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, devtools.AddScriptToEvaluateOnNewDocument, devtools.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

// broken runs a test in a page from a file in which a script ran first.
func broken(t *testing.T, script string, test func(t *testing.T, page *browser.Page)) {
	t.Helper()
	test(t, load(t, addresses()["file"], script))
}

// brokenEverywhere is broken where the two ways by which a page is opened differ: over http and from a file.
func brokenEverywhere(t *testing.T, script string, test func(t *testing.T, page *browser.Page)) {
	for name, address := range addresses() {
		t.Run(name, func(t *testing.T) { test(t, load(t, address, script)) })
	}
}

// damaged returns the address of a page on disk in which the content of a data block is changed.
func damaged(t *testing.T, id string, change func(data string) string) string {
	t.Helper()
	html, err := os.ReadFile(filepath.Join(built, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "index.html")
	if err := os.WriteFile(file, []byte(block(string(html), id, change)), 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + file
}

// block changes the content of a data block of the page.
func block(html, id string, change func(data string) string) string {
	before, rest, _ := strings.Cut(html, `id="`+id+`">`)
	data, after, _ := strings.Cut(rest, "</script>")
	return before + `id="` + id + `">` + change(data) + "</script>" + after
}

func truncate(data string) string { return data[:len(data)/8*4] }

// flip exchanges two stretches of the data.
func flip(data string) string {
	half := len(data) / 2
	return data[:half] + data[half+40:half+80] + data[half:half+40] + data[half+80:]
}

const ready = `window.glassbox && glassbox.state().phase === 2 && glassbox.state().tokens.length`

// noGPU makes a browser without WebGL.
const noGPU = `{
	const get = HTMLCanvasElement.prototype.getContext;
	HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind.startsWith("webgl") ? null : get.call(this, kind, ...rest); };
}`

// picture is a number that differs when the 2D drawing does, and how many colours it has.
const picture = `(() => {
	const c = document.querySelector("#sketch"), d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
	let sum = 0; const colours = new Set();
	for (let k = 0; k < d.length; k += 4) { sum = (31 * sum + d[k] + 256 * d[k + 1] + d[k + 2]) % 1e9; colours.add(d[k] << 16 | d[k + 1] << 8 | d[k + 2]); }
	return [sum, colours.size];
})()`

func TestWithoutWebGLTheSceneIsDrawnIn2D(t *testing.T) {
	t.Parallel()
	broken(t, noGPU, func(t *testing.T, page *browser.Page) {
		page.WaitFor(ready)
		rest(page)
		first := browser.Eval[[]int](page, picture)
		if first[1] < 500 {
			t.Errorf("the drawing has %d colours", first[1])
		}
		note := browser.Eval[string](page, `document.querySelector("#flat").innerText`)
		if !strings.Contains(note, "2D") || browser.Eval[bool](page, `!!document.querySelector("#problem")`) {
			t.Errorf("the note says %q; no problem may be shown", note)
		}
		browser.Eval[state](page, `glassbox.setPrompt("AAACCC")`)
		rest(page)
		typed := browser.Eval[[]int](page, picture)
		goTo(page, "h.0.attn.head.0.scores")
		flown := browser.Eval[[]int](page, picture)
		if first[0] == typed[0] || typed[0] == flown[0] {
			t.Error("the drawing does not follow the text, or the camera")
		}
		page.Do(chromedp.Focus(chromedp.CSS("#gl")), chromedp.KeyEvent("\r"))
		page.WaitFor(`glassbox.state().cell`)
		rest(page)
		if picked := browser.Eval[[]int](page, picture); picked[0] == flown[0] {
			t.Error("the drawing does not mark the cell")
		}
		page.Do(chromedp.Click(chromedp.CSS("#flat-close")))
		page.WaitFor(`!document.querySelector("#flat")`)
		page.NoErrors()
	})
}

// taken takes the GPU away; back gives it back.
const (
	taken = `(window.off = document.querySelector("#gl").getContext("webgl2").getExtension("WEBGL_lose_context"), off.loseContext(), true)`
	back  = `(off.restoreContext(), true)`
)

func TestALostContextIsStoodInForUntilItComesBack(t *testing.T) {
	t.Parallel()
	page := openMoving(t, addresses()["file"])
	browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
	browser.Eval[bool](page, `(glassbox.select("block.1"), true)`)
	browser.Eval[bool](page, taken) // in flight
	page.WaitFor(`document.querySelector("#sketch")`)
	browser.Eval[state](page, `glassbox.setPrompt("CABC")`) // typing
	rest(page)
	before := browser.Eval[state](page, `glassbox.state()`)
	if colours := browser.Eval[[]int](page, picture)[1]; colours < 100 {
		t.Errorf("while the GPU is away the drawing has %d colours", colours)
	}
	browser.Eval[bool](page, back)
	page.WaitFor(`!document.querySelector("#sketch")`)
	page.WaitFor(`glassbox.stats().drawCalls > 2`)
	after := browser.Eval[state](page, `glassbox.state()`)
	if after.Text != "CABC" || len(after.Tokens) != 4 || after.Stage != "block.1" || after.Hash != before.Hash || after.Problem != nil {
		t.Errorf("before %+v, after %+v", before, after)
	}
	page.NoErrors()
}

func TestAContextLostDuringTheStartComesBack(t *testing.T) {
	t.Parallel()
	broken(t, `{
		const get = HTMLCanvasElement.prototype.getContext;
		let lost = false;
		HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
			const context = get.call(this, kind, ...rest);
			if (kind === "webgl2" && !lost) {
				lost = true;
				const off = context.getExtension("WEBGL_lose_context");
				off.loseContext();
				this.addEventListener("webglcontextlost", () => setTimeout(() => off.restoreContext(), 1500));
			}
			return context;
		};
	}`, func(t *testing.T, page *browser.Page) {
		page.WaitFor(ready)
		page.WaitFor(`glassbox.stats().drawCalls > 2 && !document.querySelector("#sketch")`)
		if s := browser.Eval[state](page, `glassbox.state()`); s.Problem != nil || len(s.Tokens) != 6 {
			t.Errorf("after the start: %+v", s)
		}
		page.NoErrors()
	})
}

// timeless keeps the page's long waits from ending until the test calls expire.
const timeless = `{
	const set = window.setTimeout;
	let held = [];
	window.setTimeout = (f, millis, ...rest) => millis === 4000 || millis === 5000 ? held.push(f) : set(f, millis, ...rest);
	window.expire = () => { const due = held; held = []; due.forEach((f) => f()); return true; };
}`

func TestAContextThatStaysAwayIsAskedForAgain(t *testing.T) {
	t.Parallel()
	broken(t, timeless, func(t *testing.T, page *browser.Page) {
		page.WaitFor(ready)
		rest(page)
		page.Do(chromedp.Focus(chromedp.CSS("#gl")))
		browser.Eval[bool](page, taken)
		page.WaitFor(`document.querySelector("#sketch")`)
		page.WaitFor(`expire() && document.querySelector("#flat-retry")`)
		page.Do(chromedp.Focus(chromedp.CSS("#flat-retry")), chromedp.KeyEvent("\r"))
		page.WaitFor(`!document.querySelector("#sketch") && !document.querySelector("#flat")`)
		page.WaitFor(`glassbox.stats().drawCalls > 2`)
		if role := browser.Eval[string](page, `document.querySelector("#gl").getAttribute("role")`); role != "application" {
			t.Errorf("the new canvas has the role %q", role)
		}
		page.NoErrors()
	})
}

// sick changes the script of which the next workers are made, some of them: what they do in
// place of an answer, where a condition on the number of the request, counted from 0, holds.
func sick(page *browser.Page, workers int, when, does string) {
	browser.Eval[bool](page, fmt.Sprintf(`(() => {
		const script = document.getElementById("script-worker"), healthy = script.textContent;
		const ill = "let asked = 0;\n" + healthy.replace("const reply =", %s);
		let left = %d;
		Object.defineProperty(script, "textContent", { get: () => left-- > 0 ? ill : healthy });
		return true;
	})()`, strconv.Quote("if (asked++ "+when+") { "+does+" }\nconst reply ="), workers))
}

// starve takes memory until the browser gives no more.
const starve = `const all = []; for (;;) all.push(new WebAssembly.Memory({ initial: 65536, maximum: 65536 }));`

func TestAnEngineThatDiesIsReplacedAndEverythingKept(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CABBAC")`)
		browser.Eval[state](page, `glassbox.step()`)
		goTo(page, "h.0.attn.head.0.scores")
		page.Do(chromedp.Focus(chromedp.CSS("#gl")), chromedp.KeyEvent("\r"))
		page.WaitFor(`glassbox.state().cell`)
		before := browser.Eval[state](page, `glassbox.state()`)
		sick(page, 1, "=== 2", `throw new Error("broken by a test");`) // it loads, runs, and dies at the next
		browser.Eval[bool](page, `(glassboxBoot.died("ended by a test"), true)`)
		page.WaitFor(`document.querySelector("#notice").textContent.includes("restarted")`)
		browser.Eval[state](page, `glassbox.setPrompt("CABBA")`)
		browser.Eval[state](page, `glassbox.setPrompt("CABBAC")`)
		after := browser.Eval[state](page, `glassbox.step()`)
		if after.Text != before.Text || len(after.Generated) != 1 || after.Panel != before.Panel || after.Cell == nil || *after.Cell != *before.Cell {
			t.Errorf("before %+v, after %+v", before, after)
		}
	})
}

func TestAnEngineThatRunsOutOfMemoryAgainAndAgainSaysSo(t *testing.T) {
	t.Parallel()
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		sick(page, 2, ">= 1", starve) // both that replace it load, and die at the first run
		browser.Eval[bool](page, `(glassboxBoot.died("ended by a test"), true)`)
		page.WaitFor(`document.querySelector("#problem #retry")`)
		s := browser.Eval[state](page, `glassbox.state()`)
		if s.Problem == nil || !strings.Contains(s.Problem.Title, "memory") || s.Text != "CAB" || len(s.Tokens) != 3 {
			t.Errorf("after it died three times: %+v", s)
		}
		page.Do(chromedp.Focus(chromedp.CSS("#retry")), chromedp.KeyEvent("\r"))
		page.WaitFor(`!document.querySelector("#problem") && glassbox.state().phase === 2`)
		if s := browser.Eval[state](page, `glassbox.setPrompt("CABC")`); len(s.Tokens) != 4 {
			t.Errorf("after Try again: %+v", s)
		}
	})
}

func TestWhatAnEngineDidWrongIsNotToldInTheWordsOfAProgram(t *testing.T) {
	t.Parallel()
	fromDisk(t, func(t *testing.T, page *browser.Page) {
		sick(page, 2, ">= 1", `undefined.buffer;`)
		browser.Eval[bool](page, `(glassboxBoot.died("ended by a test"), true)`)
		page.WaitFor(`document.querySelector("#problem #retry")`)
		s := browser.Eval[state](page, `glassbox.state()`)
		if s.Problem == nil || !strings.Contains(s.Problem.Detail, "a mistake of the program") || strings.Contains(s.Problem.Detail, "undefined") {
			t.Errorf("the problem is %+v", s.Problem)
		}
	})
}

// scarce gives the engine in its worker no more memory than so many pages of 64 KiB, and counts its workers.
func scarce(pages int) string {
	return fmt.Sprintf(`{
	const limit = %d, real = window.Worker;
	window.workers = 0;
	window.Worker = function (...args) {
		window.workers++;
		const made = new real(...args), post = made.postMessage.bind(made);
		made.addEventListener("message", (e) => { if (e.data.limited) { window.limited = e.data.limited; e.stopImmediatePropagation(); } });
		made.postMessage = (m, list) => post(m.module ? { ...m, module: window.limited ?? m.module } : m, list);
		return made;
	};
	const compile = async (response) => {
		const bytes = new Uint8Array(await (await response).arrayBuffer());
		const number = (at) => { let n = 0, shift = 0; for (;; at++, shift += 7) { n |= (bytes[at] & 127) << shift; if (bytes[at] < 128) return [n, at + 1]; } };
		const leb = (n) => { const out = []; do { out.push(n & 127 | (n > 127 ? 128 : 0)); n >>>= 7; } while (n); return out; };
		for (let at = 8; at < bytes.length;) {
			const [size, body] = number(at + 1);
			if (bytes[at] === 5) { // memories: one, without a limit
				const least = leb(number(body + 2)[0]), most = leb(limit), section = [1, 1, ...least, ...most];
				const limited = await WebAssembly.compile(await new Blob([bytes.subarray(0, at), new Uint8Array([5, section.length, ...section]), bytes.subarray(body + size)]).arrayBuffer());
				const whole = await WebAssembly.compile(bytes), post = self.postMessage.bind(self);
				self.postMessage = (m, list) => post(m.module ? { ...m, module: whole } : m, list);
				post({ limited });
				return limited;
			}
			at = body + size;
		}
	};
	const patch = "{ const limit = " + limit + "; WebAssembly.compileStreaming = " + compile + "; }\n", blob = window.Blob;
	window.Blob = function (parts, options) { return new blob(options?.type === "text/javascript" ? [patch, ...parts] : parts, options); };
}`, pages)
}

func TestAModelTooLargeForTheMemoryIsToldAfterAFewTries(t *testing.T) {
	t.Parallel()
	large := onDisk(t, "large.safetensors", randomModel(t, model.Config{Vocab: 1000, Context: 2048, Width: 512, Heads: 8, Blocks: 5, Tied: true}))
	text := strings.TrimSpace(strings.Repeat("7 8 9 ", 66)) // its rows take 30 MB beside the weights
	broken(t, scarce(1800), func(t *testing.T, page *browser.Page) {
		page.WaitFor(ready)
		browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		pick(page, large)
		page.WaitFor(`document.querySelector('[data-words="numbers"]')`)
		press(page, `[data-words="numbers"]`)
		confirm(page)
		page.WaitFor(`glassbox.state().model === "file.1"`)
		browser.Eval[bool](page, `(glassbox.setPrompt("`+text+`"), true)`)
		page.WaitFor(`document.querySelector("#problem #retry")`)
		s := browser.Eval[state](page, `glassbox.state()`)
		if s.Problem == nil || !strings.Contains(s.Problem.Title, "memory") || s.Text != text || browser.Eval[bool](page, `glassbox.state().busy`) {
			t.Errorf("without memory: %+v", s)
		}
		if made := browser.Eval[int](page, `workers`); made > 4 {
			t.Errorf("%d workers were made", made)
		}
		press(page, `[data-model="sort"]`)
		page.WaitFor(`glassbox.state().model === "sort" && glassbox.state().tokens.length === 6 && !document.querySelector("#problem")`)
	})
}

func TestAnEngineThatHangsCanBeRestarted(t *testing.T) {
	t.Parallel()
	for how, ends := range map[string]string{
		"ended by the browser": `glassboxBoot.worker.terminate()`,
		"ended by itself":      `glassboxBoot.worker.postMessage({ module: null })`,
	} {
		t.Run(how, func(t *testing.T) {
			script := timeless
			if how == "ended by itself" {
				script += `{ const blob = window.Blob; window.Blob = function (parts, options) {
					return new blob(options?.type === "text/javascript" ? ["self.addEventListener('message', (e) => { if (e.data.module === null) { e.stopImmediatePropagation(); self.close(); } });\n", ...parts] : parts, options); }; }`
			}
			broken(t, script, func(t *testing.T, page *browser.Page) {
				page.WaitFor(ready)
				browser.Eval[bool](page, `(`+ends+`, glassbox.setPrompt("CABC").catch(() => { window.settled = true; }), true)`)
				browser.Eval[bool](page, `(glassbox.tensor("ln_f").catch((e) => { window.refused = e.message; }), true)`)
				page.WaitFor(`expire() && document.querySelector("#problem #retry")`)
				s := browser.Eval[state](page, `glassbox.state()`)
				if s.Problem == nil || !strings.Contains(s.Problem.Title, "does not answer") || len(s.Tokens) != 6 {
					t.Errorf("while it hangs: %+v", s)
				}
				page.WaitFor(`expire() && window.settled && window.refused?.includes("does not answer") && !glassbox.state().busy`)
				page.Do(chromedp.Click(chromedp.CSS("#retry")))
				page.WaitFor(`glassbox.state().tokens.length === 4 && !document.querySelector("#problem")`)
				page.NoErrors()
			})
		})
	}
}

func TestAnEngineThatHangsWhileOnlyAProgramWaitsIsNoticed(t *testing.T) {
	t.Parallel()
	broken(t, timeless, func(t *testing.T, page *browser.Page) {
		page.WaitFor(ready)
		browser.Eval[bool](page, `(() => {
			glassboxBoot.worker.terminate();
			window.said = [];
			for (const asked of [glassbox.setPrompt("CABC"), glassbox.tensor("ln_f")]) asked.catch((err) => said.push(err.message));
			return glassbox.state().busy;
		})()`)
		page.WaitFor(`expire() && document.querySelector("#problem #retry") && said.length === 2`)
		if why := browser.Eval[[]string](page, `[...said, glassbox.setPrompt("CABC").catch((err) => err.message), String(glassbox.state().busy)].reduce(async (all, v) => [...await all, await v], [])`); !strings.Contains(why[0], "does not answer") || !strings.Contains(why[1], "does not answer") || !strings.Contains(why[2], "does not answer") || why[3] != "false" {
			t.Errorf("whoever waits for it hears %q", why)
		}
		s := browser.Eval[state](page, `glassbox.state()`)
		if s.Problem == nil || !strings.Contains(s.Problem.Title, "does not answer") || len(s.Tokens) != 6 {
			t.Errorf("while it hangs: %+v", s)
		}
		page.Do(chromedp.Click(chromedp.CSS("#retry")))
		page.WaitFor(`!document.querySelector("#problem") && glassbox.state().phase === 2`)
		if n := browser.Eval[int](page, `glassbox.tensor("ln_f").then((t) => t.data.length)`); n != 4*48 {
			t.Errorf("the new engine sends %d numbers", n)
		}
		page.NoErrors()
	})
}

func TestAWorkerThatCanNotStartIsExplained(t *testing.T) {
	t.Parallel()
	for how, c := range map[string]struct{ address, worker string }{
		"refused": {addresses()["file"], `function () { throw new DOMException("refused by a test", "SecurityError"); }`},
		"failing": {addresses()["http"], `function () { return new real(URL.createObjectURL(new Blob(["throw new Error('refused by a test')"]))); }`},
	} {
		t.Run(how, func(t *testing.T) {
			page := load(t, c.address, unpainted+`{ const real = window.Worker; window.realWorker = real; window.Worker = `+c.worker+`; }`)
			page.WaitFor(`document.querySelector("#problem #retry")`)
			s := browser.Eval[state](page, `glassbox.state()`)
			if s.Problem == nil || !strings.Contains(s.Problem.Title, "can't start") || !strings.Contains(s.Problem.Detail, "refused by a test") {
				t.Errorf("the problem is %+v", s.Problem)
			}
			browser.Eval[bool](page, `(window.Worker = realWorker, true)`)
			page.Do(chromedp.Click(chromedp.CSS("#retry")))
			page.WaitFor(ready)
			page.NoErrors()
		})
	}
}

func TestThePageNeedsNoStorageHistoryOrClipboard(t *testing.T) {
	t.Parallel()
	brokenEverywhere(t, `
		for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
			Object.defineProperty(window, name, { get() { throw new DOMException("forbidden by a test", "SecurityError"); } });
		}
		for (const name of ["getItem", "setItem", "removeItem"]) Storage.prototype[name] = () => { throw new DOMException("full", "QuotaExceededError"); };
		for (const name of ["pushState", "replaceState"]) History.prototype[name] = () => { throw new DOMException("forbidden by a test", "SecurityError"); };
		Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new DOMException("forbidden by a test", "NotAllowedError")) } });
	`, func(t *testing.T, page *browser.Page) {
		page.WaitFor(ready)
		s := browser.Eval[state](page, `glassbox.setPrompt("CABC")`)
		browser.Eval[state](page, `glassbox.select("block.1")`)
		page.Do(chromedp.Click(chromedp.CSS("#theme")), chromedp.Click(chromedp.CSS("#link")))
		page.WaitFor(`document.documentElement.hasAttribute("data-theme")`)
		if s = browser.Eval[state](page, `glassbox.setPrompt("CAB")`); len(s.Tokens) != 3 || s.Problem != nil || s.Stage != "block.1" {
			t.Errorf("without storage, history and clipboard: %+v", s)
		}
		page.NoErrors()
	})
}

func TestADamagedModelIsNamed(t *testing.T) {
	t.Parallel()
	for how, change := range map[string]func(string) string{"truncated": truncate, "flipped": flip} {
		t.Run(how, func(t *testing.T) {
			page := load(t, damaged(t, "data-model-sort", change), "")
			page.WaitFor(`document.querySelector("#problem")`)
			s := browser.Eval[state](page, `glassbox.state()`)
			if s.Problem == nil || !strings.Contains(s.Problem.Detail, "The model sort in this page is damaged") || s.Text != "CBABBC" {
				t.Errorf("the problem is %+v", s.Problem)
			}
			page.NoErrors()
		})
	}
}

func TestADamagedTableIsNamedAndTheModelGoesOn(t *testing.T) {
	t.Parallel()
	page := open(t, damaged(t, "data-table-gpt2", truncate))
	goTo(page, "tokenize")
	page.Do(chromedp.Click(chromedp.CSS(`[data-tokenizer="gpt2"]`)))
	page.WaitFor(`document.body.innerText.includes("The table of the GPT-2 tokenizer in this page is damaged")`)
	if s := browser.Eval[state](page, `glassbox.setPrompt("CAB")`); len(s.Tokens) != 3 {
		t.Errorf("the model has %d tokens", len(s.Tokens))
	}
	page.NoErrors()
}

func TestADamagedProgramIsNamed(t *testing.T) {
	t.Parallel()
	for how, change := range map[string]func(string) string{"truncated": truncate, "flipped": flip} {
		t.Run(how, func(t *testing.T) {
			page := load(t, damaged(t, "data-wasm", change), "")
			page.WaitFor(`!document.querySelector("#fail").hidden`)
			said := browser.Eval[string](page, `document.querySelector("#fail").innerText`)
			if !strings.Contains(said, "damaged") || !strings.Contains(said, "new copy") || browser.Eval[string](page, `document.activeElement.id`) != "reload" {
				t.Errorf("the card says %q", said)
			}
			page.NoErrors()
		})
	}
}

// odd sends a pointer event that no browser makes: a place that is no number.
const odd = `(() => {
	const event = new PointerEvent("pointermove", { bubbles: true, pointerId: 1 });
	Object.defineProperty(event, "clientX", { value: "far left" });
	document.querySelector("#scene").dispatchEvent(event);
	return true;
})()`

func TestAPanicInAListenerIsToldAndThePageLivesOn(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	browser.Eval[bool](page, odd)
	page.WaitFor(`document.querySelector("#problem")`)
	s := browser.Eval[state](page, `glassbox.state()`)
	if s.Problem == nil || s.Problem.Title != "The page made a mistake" || len(s.Tokens) != 6 {
		t.Errorf("after a panic: %+v", s)
	}
	page.Do(chromedp.Focus(chromedp.CSS("#dismiss")), chromedp.KeyEvent("\r"))
	page.WaitFor(`!document.querySelector("#problem")`)
	if s = browser.Eval[state](page, `glassbox.setPrompt("CAB")`); len(s.Tokens) != 3 {
		t.Errorf("the page has %d tokens", len(s.Tokens))
	}
}

func TestAHandlerThatPanicsIsToldAndThePageLivesOn(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#walk=2")
	at(page, 2)
	browser.Eval[bool](page, `(() => {
		const event = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
		event.preventDefault = () => { throw new Error("broken by a test"); };
		document.querySelector("#walk").dispatchEvent(event);
		return true;
	})()`)
	page.WaitFor(`document.querySelector("#problem")?.innerText.includes("broken by a test")`)
	if s := browser.Eval[state](page, `glassbox.state()`); s.Problem == nil || s.Problem.Title != "The page made a mistake" {
		t.Errorf("the problem is %+v", s.Problem)
	}
	page.Do(chromedp.Focus(chromedp.CSS("#dismiss")), chromedp.KeyEvent("\r"))
	page.WaitFor(`!document.querySelector("#problem")`)
	browser.Eval[bool](page, `document.querySelector("#walk").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true })) || true`)
	at(page, 3)
}

func TestARefusedShaderLeavesA2DDrawing(t *testing.T) {
	t.Parallel()
	page := load(t, addresses()["file"], `{
		const ask = WebGL2RenderingContext.prototype.getProgramParameter;
		WebGL2RenderingContext.prototype.getProgramParameter = function (program, what) {
			return what === this.LINK_STATUS && !window.cured ? false : ask.call(this, program, what);
		};
	}`)
	page.WaitFor(ready)
	page.WaitFor(`document.querySelector("#flat")?.innerText.includes("the graphics driver of this machine refused")`)
	rest(page)
	if colours := browser.Eval[[]int](page, picture)[1]; colours < 500 {
		t.Errorf("the drawing has %d colours", colours)
	}
	browser.Eval[bool](page, `(window.cured = true)`)
	page.Do(chromedp.Click(chromedp.CSS("#flat-retry")))
	page.WaitFor(`!document.querySelector("#sketch") && glassbox.stats().drawCalls > 2`)
	page.NoErrors()
}

func TestAPageThatCanNotBeDrawnSaysSoAndRecovers(t *testing.T) {
	t.Parallel()
	broken(t, `{
		const set = Element.prototype.setAttribute;
		Element.prototype.setAttribute = function (...args) {
			if (window.breaks) throw new Error("broken by a test");
			return set.apply(this, args);
		};
	}`, func(t *testing.T, page *browser.Page) {
		page.WaitFor(ready)
		browser.Eval[bool](page, `(window.breaks = true, glassbox.setPrompt("CABC"), true)`)
		page.WaitFor(`!document.querySelector("#fail").hidden`)
		if said := browser.Eval[string](page, `document.querySelector("#fail").innerText`); !strings.Contains(said, "Your text is still here") {
			t.Errorf("the card says %q", said)
		}
		browser.Eval[bool](page, `window.breaks = false, true`)
		page.Do(chromedp.Click(chromedp.CSS("#go-on")))
		s := browser.Eval[state](page, `glassbox.setPrompt("CAB")`)
		chips := browser.Eval[int](page, `document.querySelectorAll("#chips .chip:not(.empty)").length`)
		if len(s.Tokens) != 3 || chips < 3 {
			t.Errorf("it has %d tokens, %d chips", len(s.Tokens), chips)
		}
	})
}
