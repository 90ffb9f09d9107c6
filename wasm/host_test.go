//go:build !js

package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"glassbox/scripts/browser"
	"glassbox/web/page/message"
)

// These tests are about what a page around this one can rely on: its size, its keys, its answers, and what it is not told.

// covered lists the pressable things of frame 0 that something else lies over, at each of the widths and heights.
const covered = `async (widths, heights) => {
	const frame = document.querySelector("iframe"), found = [];
	const settled = () => new Promise((r) => setTimeout(() => frame.contentWindow.requestAnimationFrame(() => frame.contentWindow.requestAnimationFrame(r)), 30));
	for (const height of heights) for (const width of widths) {
		frame.style.cssText = "width: " + width + "px; height: " + height + "px; border: 0";
		await settled();
		const page = frame.contentDocument;
		for (const e of page.querySelectorAll("button, a[href], input, select, textarea, summary")) {
			if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || e.closest(".skip, [inert]")) continue;
			let { left, top, right, bottom } = e.getBoundingClientRect();
			for (let box = e.parentElement; box; box = box.parentElement) {
				if (getComputedStyle(box).overflow === "visible" || box === page.documentElement || box === page.body) continue;
				const r = box.getBoundingClientRect();
				left = Math.max(left, r.left), top = Math.max(top, r.top), right = Math.min(right, r.right), bottom = Math.min(bottom, r.bottom);
			}
			left = Math.max(left, 0), top = Math.max(top, 0), right = Math.min(right, width), bottom = Math.min(bottom, height);
			if (right - left < 3 || bottom - top < 3) continue; // scrolled away
			const hit = page.elementFromPoint((left + right) / 2, (top + bottom) / 2);
			if (hit?.closest(".stages .more")) continue; // it scrolls what it lies over into view
			if (hit && !e.contains(hit) && !hit.contains(e)) found.push([width + "×" + height, e.id || e.textContent.trim() || e.className, "lies under", hit.id || hit.className || hit.tagName].join(" "));
		}
	}
	return found;
}`

func TestNothingPressableIsCoveredAtAnyWidth(t *testing.T) {
	t.Parallel()
	for _, ui := range []string{"embed", "stage"} {
		page := embeddedAfter(t, unpainted, `<iframe src="index.html?motion=none&ui=`+ui+`#model=sort&text=CBABBC" width="900" height="600"></iframe>`)
		page.WaitFor(`said.some((e) => e.event === "ready")`)
		for from := 320; from <= 1200; from += 80 {
			list := browser.Eval[[]string](page, fmt.Sprintf(`(%s)([%d, %d], [480, 640])`, covered, from, from+28))
			if len(list) > 0 {
				t.Errorf("ui=%s: %d things are covered: %s", ui, len(list), strings.Join(list[:min(len(list), 12)], "; "))
			}
		}
		page.NoErrors()
	}
}

// sizes gives the frame, at each of the widths, a very low, a very high and one of the heights, by turns, at which its layout
// may change, and lists what it then said of its best height, by width.
const sizes = `async (widths, heights) => {
	const frame = document.querySelector("iframe"), best = {};
	for (const [k, width] of widths.entries()) for (const height of [200, heights[k % heights.length], 900]) {
		frame.style.cssText = "width: " + width + "px; height: " + height + "px; border: 0";
		await new Promise((r) => setTimeout(r, 120));
		await ask(0, "state"); // what it said before stands in said now
		const last = said.findLast((e) => e.event === "size");
		(best[last.width] ??= []).push(last.height);
	}
	return best;
}`

func TestTheSizeIsThatOfTheWidthAndOfWhatIsOpen(t *testing.T) {
	t.Parallel()
	page := embeddedAfter(t, unpainted, `<iframe sandbox="allow-scripts" src="index.html?ui=embed&motion=none#model=sort&text=CBABBC" width="960" height="600"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "size")`)
	measure := func(widths string) map[string][]int {
		return browser.Eval[map[string][]int](page, `(`+sizes+`)([`+widths+`], [352, 515, 530])`)
	}
	const all, some = "320, 500, 640, 668, 900, 901, 960, 1200", "640, 960"
	first := measure(all)
	if len(first) != 8 {
		t.Errorf("it speaks of the widths %v", first)
	}
	browser.Eval[bool](page, `ask(0, "walk", 2).then(() => true)`)
	walking := measure(all)
	browser.Eval[bool](page, `ask(0, "walk", 0).then(() => true)`)
	for what, said := range map[string]map[string][]int{"nothing": first, "the walk": walking, "nothing any more": measure(some)} {
		for width, heights := range said {
			if slices.Min(heights) != slices.Max(heights) {
				t.Errorf("with %s open, %s px wide, it would like to be %v high", what, width, heights)
			}
		}
	}
	if first["960"][0] >= walking["960"][0] {
		t.Errorf("960 px wide it would like to be %d high, and with the walk %d", first["960"][0], walking["960"][0])
	}
	page.NoErrors()
}

// TestTheBestHeightFits holds the heights of parts that message.Frame counts with to those that they have.
func TestTheBestHeightFits(t *testing.T) {
	t.Parallel()
	for _, width := range []int{320, 600, 900, 960, 1200} {
		page := embeddedAfter(t, unpainted, fmt.Sprintf(`<iframe src="index.html?ui=embed&motion=none#model=sort&text=CBABBC" width="%d" height="300"></iframe>
			<script>addEventListener("message", ({ data }) => { if (data.event === "size") document.querySelector("iframe").style.height = data.height + "px"; });</script>`, width))
		page.WaitFor(`said.some((e) => e.event === "size")`)
		scene := browser.Eval[[]float64](page, `new Promise((r) => setTimeout(r, 300)).then(() => { const s = frames[0].document.querySelector("#scene"); return [s.clientWidth, s.clientHeight]; })`)
		if want := min(max(0.6*scene[0], 240), 560); scene[1] < want-30 || scene[1] > want+45 {
			t.Errorf("%d px wide the scene is %v; expected it %v high", width, scene, want)
		}
	}
}

// key presses a key as a keyboard does.
func key(page *browser.Page, code string) { page.Do(chromedp.KeyEvent(code)) }

func TestAFrameGivesTheDeckItsKeys(t *testing.T) {
	t.Parallel()
	for name, address := range addresses() {
		t.Run(name, func(t *testing.T) {
			page := visit(t, strings.TrimSuffix(address, "index.html")+"samples/slides.html")
			at := func(slide int) {
				t.Helper()
				page.WaitFor(fmt.Sprintf(`document.querySelector("#where").textContent === "%d / 4"`, slide))
			}
			browser.Eval[bool](page, `(turn(1), true)`)
			browser.Eval[state](page, `until(0, "state", `+seen+`)`)
			page.WaitFor(`said.some((e) => e.event === "ready")`)
			middle := browser.Eval[[]float64](page, `(({ left, top, width, height }) => [left + 0.4 * width, top + 0.3 * height])(document.querySelector("iframe").getBoundingClientRect())`)
			click := func() {
				browser.Eval[bool](page, `(document.activeElement.blur(), `+drawn+`)`)
				for range 5 { // one that comes before the browser knows where the frame is goes astray
					page.Do(chromedp.MouseClickXY(middle[0], middle[1]))
					if browser.Eval[bool](page, `new Promise((r) => setTimeout(r, 1000)).then(() => document.activeElement.tagName === "IFRAME")`) {
						return
					}
				}
			}
			click()
			key(page, kb.PageDown)
			at(3)
			browser.Eval[bool](page, `(turn(1), true)`)
			click()
			key(page, kb.PageUp)
			at(1)
			browser.Eval[bool](page, `(turn(1), true)`)
			click()
			key(page, kb.ArrowRight) // moves the scene
			browser.Eval[state](page, `ask(0, "state")`)
			at(2)
			key(page, kb.Escape)
			page.WaitFor(`document.activeElement === document.body && document.hasFocus()`)
			key(page, kb.ArrowRight)
			at(3)
			noneButIcon(t, page)
		})
	}
}

func TestAFrameKeepsTheKeysThatItUses(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe src="index.html?ui=embed&motion=none#model=sort&text=CBABBC" width="900" height="600"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready")`)
	heard := func() []string {
		return browser.Eval[[]string](page, `ask(0, "state").then(() => said.splice(0).filter((e) => e.event === "key" || e.event === "leave").map((e) => e.key ?? e.event))`)
	}
	focus := func(id string) {
		browser.Eval[bool](page, `(frames[0].focus(), frames[0].document.getElementById("`+id+`").focus(), true)`)
	}
	for _, c := range []struct {
		at, key string
		passed  string
	}{
		{"prompt", "A", ""}, {"prompt", kb.ArrowLeft, ""}, {"temperature", kb.ArrowRight, ""},
		{"gl", kb.ArrowLeft, ""}, {"gl", "+", ""}, {"gl", "x", "x"}, {"gl", kb.PageDown, "PageDown"},
		{"link", kb.ArrowRight, "ArrowRight"}, {"link", kb.PageUp, "PageUp"}, {"prompt", kb.Escape, "leave"},
	} {
		focus(c.at)
		key(page, c.key)
		if got := strings.Join(heard(), " "); got != c.passed {
			t.Errorf("%q at %s passes %q on; expected %q", c.key, c.at, got, c.passed)
		}
	}
	focus("help")
	key(page, "\r")
	page.WaitFor(`frames[0].document.querySelector("#help-card")`)
	key(page, kb.Escape)
	page.WaitFor(`!frames[0].document.querySelector("#help-card")`)
	if got := heard(); len(got) != 0 {
		t.Errorf("Escape that closes a card passes %q on", got)
	}
	page.NoErrors()
}

func TestEveryVerbSaysWhatWentWrong(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe sandbox="allow-scripts" src="index.html?motion=none#model=sort&text=CBABBC" width="1000" height="640"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready")`)
	for _, c := range []struct{ call, error string }{
		{`"setPrompt", "hello"`, "h"},
		{`"setPrompt", 210`, "setPrompt: argument 1 is not a text"},
		{`"setPrompt"`, "not a text"},
		{`"select", "nowhere"`, "there is no stage or step named nowhere"},
		{`"model", "none"`, "there is no model none; there are language, sort"},
		{`"sampling", { temperature: 99 }`, "temperature"},
		{`"sampling", { heat: 1 }`, "unknown member"},
		{`"sampling", 1`, "not an object"},
		{`"walk", 99`, "the walk has no stop 99; it has 21"},
		{`"walk", -1`, "whole number"},
		{`"goto", "#modle=sort"`, "modle"},
		{`"goto", "#model=none"`, "no model none"},
		{`"goto", "#model=sort&panel=h.9.ln_1"`, "h.9.ln_1"},
		{`"goto", "#model=sort&stage=block.9"`, "block.9"},
		{`"goto", "#model=sort&text=xyz"`, "x"},
		{`"play", "yes"`, "neither true nor false"},
		{`"tensor", "none"`, "there is no step or weight named none"},
		{`"tensor", "ln_f", { rows: [0, 99] }`, "99"},
		{`"explain", "ln_f", 99, 0`, "99"},
		{`"export", "ln_f", "xls"`, "the formats are"},
	} {
		browser.Eval[state](page, `ask(0, "goto", "#model=sort&text=CBABBC")`)
		if why := browser.Eval[string](page, `ask(0, `+c.call+`).then((a) => a?.error ?? "nothing")`); !strings.Contains(why, c.error) || why == "nothing" {
			t.Errorf("%s says %q; expected %q", c.call, why, c.error)
		}
	}
	browser.Eval[state](page, `ask(0, "goto", "#model=sort&text=CBABBC")`)
	if text := browser.Eval[string](page, `ask(0, "setPrompt", 210).then(() => ask(0, "state")).then((s) => s.text)`); text != "CBABBC" {
		t.Errorf("after setPrompt(210) the text is %q", text)
	}
	why := browser.Eval[string](page, `(async () => { for (let k = 0; k < 9; k++) { const a = await ask(0, "step"); if (a.error) return k + a.error; } return "never"; })()`)
	if !strings.HasPrefix(why, "6") || !strings.Contains(why, "ABBBCC") {
		t.Errorf("step behind the end says %q", why)
	}
	page.NoErrors()
}

func TestAProgramGoesWhereAReaderCan(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe sandbox="allow-scripts" src="index.html?motion=none#model=sort&text=CBABBC" width="1000" height="640"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready")`)
	for question, want := range map[string]string{
		`ask(0, "goto", "model=sort&text=CAB&panel=ln_f&cell=2.5").then((s) => [s.text, s.panel, s.cell.col])`:                                          "CAB,ln_f,5",
		`ask(0, "goto", "#model=sort").then((s) => [s.text, s.panel, s.hash])`:                                                                          "CBABBC,,#model=sort",
		`ask(0, "model", "language").then((s) => [s.model, s.tokens.length > 2])`:                                                                       "language,true",
		`ask(0, "sampling", { temperature: 0.8, seed: 7 }).then((s) => [s.sampling.temperature, s.sampling.k, s.sampling.seed, /seed=7/.test(s.hash)])`: "0.8,0,7,true",
		`ask(0, "walk", 3).then((s) => [s.walk, /walk=3/.test(s.hash)])`:                                                                                "3,true",
		`ask(0, "walk", 0).then((s) => s.walk)`:                                                                                                         "0",
		`ask(0, "play").then((s) => ask(0, "play", false)).then((s) => [s.playing, s.generated.length > 0])`:                                            "false,true",
	} {
		browser.Eval[state](page, `ask(0, "goto", "#model=sort&text=CBABBC")`)
		if got := browser.Eval[string](page, question+`.then(String)`); got != want {
			t.Errorf("%s is %s; expected %s", question, got, want)
		}
	}
	browser.Eval[state](page, `ask(0, "goto", "#model=sort&text=CBABBC")`) // whichever question came last
	browser.Eval[bool](page, `(said.splice(0), ask(0, "setPrompt", "AAB").then(() => true))`)
	page.WaitFor(`said.some((e) => e.event === "change" && e.state.text === "AAB" && e.state.tokens.length === 3)`)
	page.NoErrors()
}

func TestWhatIsCalledBeforeTheStartWaitsForIt(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<script>
		const early = [];
		addEventListener("DOMContentLoaded", () => { document.querySelector("iframe").onload = () => {
			for (const [verb, ...args] of [["setPrompt", "AABCCB"], ["step"], ["tensor", "probabilities"], ["step"], ["setPrompt", 7]]) early.push(ask(0, verb, ...args));
			for (let k = 0; k < 80; k++) early.push(ask(0, "state"));
		}; });
	</script><iframe sandbox="allow-scripts" src="index.html#model=sort&text=CBABBC" width="1000" height="640"></iframe>`)
	got := browser.Eval[[]string](page, `new Promise((r) => { const wait = () => early.length ? r(Promise.all(early)) : setTimeout(wait, 20); wait(); })
		.then((all) => [all[0].text, all[1].generated.length, all[2].shape[0], all[3].generated.length, all[4].error, all.filter((a) => /at once/.test(a.error)).length].map(String))`)
	if want := []string{"AABCCB", "1", "6", "2", "setPrompt: argument 1 is not a text", "21"}; got[0] != want[0] || got[1] != "1" && got[1] != "2" || got[3] != want[3] || got[4] != want[4] || got[5] != want[5] {
		t.Errorf("what was called before the start gave %q; expected %q", got, want)
	}
	page.NoErrors()
}

func TestAProgramThatCanNotStartAnswers(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<script>
		const early = [];
		fetch("index.html").then((r) => r.text()).then((html) => {
			const broken = html.replace(/(id="data-wasm">)[^<]{4000}/, "$1");
			document.body.append(Object.assign(document.createElement("iframe"), { srcdoc: broken, sandbox: "allow-scripts", width: 900, height: 500, onload: () => early.push(ask(0, "state")) }));
		});
	</script>`)
	page.WaitFor(`said.some((e) => e.event === "failed")`)
	for _, question := range []string{`early[0]`, `ask(0, "setPrompt", "CAB")`} {
		if why := browser.Eval[string](page, question+`.then((a) => a.error)`); !strings.Contains(why, "damaged") {
			t.Errorf("%s is answered %q", question, why)
		}
	}
}

func TestAFileOfTheReadersIsToldNobodyBeforeTheirYes(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	page := embedded(t, `<iframe src="index.html?ui=embed&motion=none#model=sort&text=CBABBC" width="1000" height="640"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready")`)
	browser.Eval[state](page, `ask(0, "state")`)
	browser.Eval[bool](page, `(() => {
		const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(b)+`"), (c) => c.charCodeAt(0)), carried = new DataTransfer();
		carried.items.add(new File([bytes], "mine.safetensors"));
		const field = frames[0].document.querySelector("#file");
		field.files = carried.files;
		field.dispatchEvent(new Event("change", { bubbles: true }));
		return true;
	})()`)
	page.WaitFor(`frames[0].glassbox.state().model.startsWith("file.") && !frames[0].glassbox.state().busy`)
	browser.Eval[bool](page, `(said.splice(0), true)`)
	for _, call := range []string{`"state"`, `"steps"`, `"stats"`, `"setPrompt", "AB"`, `"step"`, `"tensor", "wte.weight"`, `"explain", "ln_f", 0, 0`, `"export", "wte.weight", "csv"`, `"goto", "#"`} {
		if why := browser.Eval[string](page, `ask(0, `+call+`).then((a) => a?.error ?? JSON.stringify(a))`); !strings.HasPrefix(why, "the reader opened a file of their own") {
			t.Errorf("without a yes %s is answered %.80q", call, why)
		}
	}
	if text := browser.Eval[string](page, `frames[0].glassbox.state().text`); text != "ABC" {
		t.Errorf("without a yes the text became %q", text)
	}
	if told := browser.Eval[int](page, `said.filter((e) => e.event === "change").length`); told != 0 {
		t.Errorf("it told of %d changes", told)
	}
	page.WaitFor(`frames[0].document.querySelector("#problem")`)
	question := browser.Eval[string](page, `frames[0].document.querySelector("#problem").innerText`)
	if !strings.Contains(question, "May another page read mine.safetensors?") {
		t.Errorf("the reader is asked %q", question)
	}
	browser.Eval[bool](page, `(frames[0].document.querySelector("#retry").click(), true)`)
	page.WaitFor(`said.some((e) => e.event === "change")`)
	if shape := browser.Eval[[]int](page, `ask(0, "tensor", "wte.weight").then((t) => t.shape)`); len(shape) != 2 {
		t.Errorf("with a yes the weights have the shape %v", shape)
	}
	page.NoErrors()
}

func TestTheElementDoesWhatAHostNeeds(t *testing.T) {
	t.Parallel()
	other := strings.Replace(hosting(t, ""), "127.0.0.1", "localhost", 1) // another origin
	page := embedded(t, `<script src="`+other+`/glass-box.js"></script>
		<p style="height: 4000px">An article.</p><glass-box src="`+other+`/index.html?ui=embed&motion=none#model=sort&text=CBABBC" title="A model"></glass-box>
		<script>
			const box = document.querySelector("glass-box"), told = [];
			for (const name of ["ready", "change", "keydown", "failed"]) box.addEventListener(name, (e) => told.push({ name, text: e.detail?.text, key: e.key }));
		</script>`)
	if n := browser.Eval[int](page, drawn+`.then(() => document.querySelectorAll("iframe").length)`); n != 0 {
		t.Errorf("far below %d frames have started", n)
	}
	page.WaitFor(`(box.scrollIntoView(), told.some((e) => e.name === "ready"))`)
	var verbs []string
	if err := json.Unmarshal([]byte(browser.Eval[string](page, `JSON.stringify(box.constructor.verbs)`)), &verbs); err != nil {
		t.Fatal(err)
	}
	if slices.Sort(verbs); !slices.Equal(verbs, message.Verbs()) {
		t.Errorf("the element has %v; the page %v", verbs, message.Verbs())
	}
	if s := browser.Eval[state](page, `box.setPrompt("CAB")`); s.Text != "CAB" || len(s.Tokens) != 3 {
		t.Errorf("it answers %+v", s)
	}
	page.WaitFor(`told.some((e) => e.name === "change" && e.text === "CAB")`)
	if why := browser.Eval[string](page, `box.setPrompt(210).catch((err) => err.message)`); !strings.Contains(why, "not a text") {
		t.Errorf("setPrompt(210) says %q", why)
	}
	page.WaitFor(`box.firstChild.getBoundingClientRect().height === said.findLast((e) => e.event === "size").height`)
	at := browser.Eval[[]float64](page, `(box.scrollIntoView(), `+drawn+`.then(() => box.getBoundingClientRect())).then((r) => [r.left + 300, r.top + 200])`)
	page.Do(chromedp.MouseClickXY(at[0], at[1]))
	page.WaitFor(`document.activeElement === box.firstChild`)
	key(page, kb.PageDown)
	page.WaitFor(`told.some((e) => e.name === "keydown" && e.key === "PageDown")`)
	key(page, kb.Escape)
	page.WaitFor(`document.activeElement === document.body`)
	if why := browser.Eval[string](page, `(() => { const asked = box.steps().catch((err) => err.message); box.remove(); return asked; })()`); why != "the frame was removed" {
		t.Errorf("a call to a frame that is removed says %q", why)
	}
	page.NoErrors()
}
