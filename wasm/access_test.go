//go:build !js

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"glassbox/scripts/browser"
)

// keys presses keys, one after the other, where the focus is.
func keys(page *browser.Page, list ...string) {
	for _, key := range list {
		page.Do(chromedp.KeyEvent(key))
	}
}

// focused names the element that has the focus: its id, or else its data and text.
const focused = `((e) => e.id || Object.entries(e.dataset).join() || e.className + " " + e.innerText.slice(0, 40))(document.activeElement)`

// tabTo presses Tab until the element that the selector names has the focus, as a reader does who
// has looked at what came before: an answer on its way may disable a button under the focus.
func tabTo(t *testing.T, page *browser.Page, selector string) {
	t.Helper()
	page.WaitFor(`document.querySelector('` + selector + `')`)
	rest(page)
	for range 120 {
		if browser.Eval[bool](page, `document.activeElement.matches('`+selector+`')`) {
			if !browser.Eval[bool](page, `document.activeElement.matches(":focus-visible") && getComputedStyle(document.activeElement).outlineStyle !== "none"`) {
				t.Errorf("the focus on %s is not seen", selector)
			}
			return
		}
		keys(page, kb.Tab)
	}
	t.Fatalf("Tab never reaches %s; it is at %s", selector, browser.Eval[string](page, focused))
}

func TestAReaderDoesEverythingWithTheKeyboard(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	tabTo(t, page, "#prompt")
	keys(page, kb.End, "\b", "\b", "\b", "\b", "\b", "\b", "b", "c", "a", "a", "a", "c")
	page.WaitFor(`glassbox.state().text.toUpperCase() === "BCAAAC" && !glassbox.state().busy`)
	page.WaitFor(`document.querySelector("#spoken-text").textContent.includes("6 tokens. Next: A")`)
	tabTo(t, page, "#step")
	keys(page, kb.Enter)
	page.WaitFor(`glassbox.state().generated.length === 1 && document.querySelector("#spoken-text").textContent.startsWith("7 tokens")`)

	tabTo(t, page, `[data-stage="block.1"]`)
	keys(page, kb.Enter)
	page.WaitFor(`glassbox.state().stage === "block.1"`)
	tabTo(t, page, `[data-stage="block.1.attention"]`)
	keys(page, " ")
	page.WaitFor(`glassbox.state().stage === "block.1.attention"`)
	tabTo(t, page, `[data-panel="h.1.attn.head.0.scores"]`)
	keys(page, kb.Enter)
	page.WaitFor(`glassbox.state().panel === "h.1.attn.head.0.scores" && document.activeElement.id === "title"`)

	tabTo(t, page, "#values summary")
	keys(page, kb.Enter, kb.Tab)
	page.WaitFor(`document.activeElement.id === "cell-0.0"`)
	keys(page, kb.ArrowDown, kb.ArrowDown, kb.ArrowDown, kb.ArrowRight)
	page.WaitFor(`document.activeElement.id === "cell-3.1" && glassbox.state().cell.row === 3 && glassbox.state().cell.col === 1`)
	page.WaitFor(`document.querySelector("#spoken-place").textContent.includes("query 3 A → key 1 C")`)
	page.WaitFor(`document.querySelector("#told p")?.textContent.includes("Query, head 1")`)
	keys(page, kb.End)
	page.WaitFor(`document.activeElement.id === "cell-3.6"`)
	keys(page, kb.Home)
	page.WaitFor(`document.activeElement.id === "cell-3.0" && document.querySelector("#terms thead .link")`)

	tabTo(t, page, "#terms thead .link")
	keys(page, kb.Enter)
	page.WaitFor(`glassbox.state().panel === "h.1.attn.head.0.query" && document.activeElement.id === "title"`)

	tabTo(t, page, "#temperature")
	keys(page, kb.ArrowRight, kb.ArrowRight)
	page.WaitFor(`document.querySelector("#temperature").value === "0.1" && glassbox.state().hash.includes("temperature=0.1")`)
	page.NoErrors()
}

func TestTheHelpCardHoldsTheFocusAndGivesItBack(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	tabTo(t, page, "#help")
	keys(page, kb.Enter)
	page.WaitFor(`document.activeElement.id === "help-close"`)
	for range 4 {
		keys(page, kb.Tab)
		if !browser.Eval[bool](page, `document.activeElement === document.body || document.querySelector("#help-card").contains(document.activeElement)`) {
			t.Errorf("Tab leaves the help card, to %s", browser.Eval[string](page, focused))
		}
	}
	keys(page, kb.Escape)
	page.WaitFor(`!document.querySelector("#help-card") && document.activeElement.id === "help"`)

	tabTo(t, page, `[data-stage="norm"]`)
	keys(page, "?")
	page.WaitFor(`document.activeElement.id === "help-close"`)
	keys(page, "s", kb.ArrowDown)
	tabTo(t, page, "#letters")
	keys(page, " ", kb.Escape)
	page.WaitFor(`!document.querySelector("#help-card") && document.activeElement.dataset.stage === "norm"`)
	keys(page, "s")
	if n := browser.Eval[int](page, `glassbox.step().then((s) => s.generated.length)`); n != 1 {
		t.Errorf("a letter that is no key wrote: %d tokens instead of 1", n)
	}
	tabTo(t, page, "#gl")
	keys(page, "s")
	page.WaitFor(`glassbox.state().generated.length === 2`)
	keys(page, "t")
	page.WaitFor(`document.documentElement.dataset.theme === "light"`)
	keys(page, ".")
	page.WaitFor(`glassbox.state().panel === "tokens"`)
	page.NoErrors()
}

func TestTheFocusIsNeverLost(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	tabTo(t, page, "#step")
	for n := range 6 {
		page.WaitFor(`document.activeElement.id === "step"`)
		keys(page, kb.Enter)
		page.WaitFor(`glassbox.state().generated.length + (glassbox.state().last ? 1 : 0) === ` + string(rune('1'+n)))
	}
	page.WaitFor(`document.querySelector("#step").ariaDisabled && document.activeElement.closest(".run")`)
	browser.Eval[bool](page, `glassbox.select("h.0.ln_1").then(() => { document.querySelector("#values").open = true; document.querySelector("[data-turn=down]").focus(); return true; })`)
	keys(page, kb.Enter)
	page.WaitFor(`document.querySelector("[data-turn=down]").disabled && document.activeElement.matches(".turn button")`)
	keys(page, kb.Escape, kb.Escape)
	page.WaitFor(`!document.querySelector("#values") && document.activeElement !== document.body`)
	page.NoErrors()
}

func TestThePadMovesTurnsAndZoomsByPresses(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	resize(page, 390, 844)
	page.Do(chromedp.Click(chromedp.CSS("#pad summary")))
	for _, id := range []string{"move-left", "move-up", "turn-right", "turn-down", "pad-in", "pad-out"} {
		before := rest(page)
		page.Do(chromedp.Click(chromedp.CSS("#" + id)))
		if rest(page) == before {
			t.Errorf("%s moves nothing", id)
		}
	}
	page.NoErrors()
}

// cut returns what can't be read: text that an element cuts off without a way to scroll to it or a
// title, and elements that stand outside the page's width.
const cut = `(() => {
	const seen = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".visually-hidden, .skip, svg, [aria-hidden=true]") && getComputedStyle(e).clipPath === "none";
	const name = (e) => e.tagName + "#" + e.id + "." + e.className + " " + e.textContent.trim().slice(0, 40);
	const list = [];
	for (const e of document.querySelectorAll("#app *")) {
		if (!seen(e)) continue;
		const style = getComputedStyle(e), leaf = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
		if (leaf && style.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1 && !e.title) list.push("cut: " + name(e));
		if (leaf && style.overflowY === "hidden" && e.scrollHeight > e.clientHeight + 4) list.push("cut below: " + name(e));
		const box = e.getBoundingClientRect(), scroller = e.closest("#stages, #chips, .grid, .terms, .spans");
		if (leaf && !scroller && (box.left < -1 || box.right > innerWidth + 1)) list.push("outside: " + name(e));
	}
	const legend = document.querySelector("#legend").getBoundingClientRect();
	if (legend.height > 6 * parseFloat(getComputedStyle(document.documentElement).fontSize)) list.push("the legend is a tower: " + legend.height);
	if (document.documentElement.scrollWidth > innerWidth) list.push("the page is wider than the window: " + document.documentElement.scrollWidth);
	return list;
})()`

// reach says whether an element can be scrolled to and is then on top, somewhere of where it stands.
const reach = `(selector) => { const e = document.querySelector(selector); e.scrollIntoView({block: "center"});
	const r = e.getBoundingClientRect();
	return [[.5, .5], [.2, .2], [.2, .8], [.8, .2]].some(([x, y]) => { const at = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
		return r.width > 0 && at !== null && (e.contains(at) || at.contains(e)); }); }`

func TestNothingIsLostInASmallWindowOrWithWideText(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	browser.Eval[bool](page, `glassbox.select("h.0.attn.head.1.scores").then(() => { document.querySelector("#values").open = true;
		document.querySelector("[data-cell='4.2']").click(); return true; })`)
	page.WaitFor(`document.querySelector("#told") && document.querySelector("[data-cell='4.2']").ariaPressed === "true"`)
	for _, c := range []struct {
		name          string
		width, height int64
		spaced        bool
	}{{"desk", 1280, 800, true}, {"phone", 320, 640, false}, {"400 %", 320, 256, false}, {"400 %, spaced", 320, 256, true}, {"200 %", 640, 400, false},
		{"frame", 960, 640, false}} {
		t.Run(c.name, func(t *testing.T) {
			resize(page, c.width, c.height)
			browser.Eval[bool](page, `(window.wide ||= new CSSStyleSheet(), window.wide.replaceSync(`+spacing(c.spaced)+`), document.adoptedStyleSheets = [window.wide], true)`)
			rest(page)
			for _, problem := range browser.Eval[[]string](page, cut) {
				t.Error(problem)
			}
			for _, id := range []string{"#theme", "#help", "[data-stage=sample]", "#gl", "#fit", "#pad summary", "#title", "#temperature", "#seed", "#prompt", "#step", "#play"} {
				if c.name == "phone" && (id == "#temperature" || id == "#seed" || id == "#title") {
					continue // behind the grip, which the keyboard test of the sheet presses
				}
				if !browser.Eval[bool](page, `(`+reach+`)("`+id+`")`) {
					t.Errorf("%s can't be reached", id)
				}
			}
		})
	}
	page.NoErrors()
}

// spacing is the style sheet of success criterion 1.4.12, as a string of JavaScript.
func spacing(on bool) string {
	if !on {
		return `""`
	}
	return `"* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"`
}

// small returns the controls that are lower than some CSS pixels, or narrower than 24. Links in a
// line of text are exempt, as are sliders, whose row is the target.
const small = `(least) => [...document.querySelectorAll("button, summary, input, textarea")].filter((e) => e.checkVisibility() && !e.matches(".skip, .role.link, .lead .link, .try .link, [type=range]"))
	.map((e) => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.height < least - .5 && !(getComputedStyle(e, "::after").position === "absolute" || getComputedStyle(e, "::before").position === "absolute") || r.width < 23.5)
	.map(([e, r]) => e.tagName + "#" + e.id + "." + e.className + " " + e.textContent.trim().slice(0, 20) + " " + r.width.toFixed() + " × " + r.height.toFixed())`

func TestTargetsAreLargeEnough(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	browser.Eval[bool](page, `(document.querySelector("#pad").open = true, document.querySelector("#outline-fold").click(), true)`)
	for _, c := range []struct {
		width, height int64
		options       []chromedp.EmulateViewportOption
		least         string
	}{{1440, 900, nil, "24"}, {390, 844, []chromedp.EmulateViewportOption{chromedp.EmulateMobile, chromedp.EmulateTouch}, "44"}} {
		resize(page, c.width, c.height, c.options...)
		for _, place := range []string{"overview", "tokenize", "block.0.attention", "h.0.attn.head.1.scores"} {
			browser.Eval[bool](page, `glassbox.select("`+place+`").then(() => true)`)
			rest(page)
			browser.Eval[bool](page, `(document.querySelectorAll("details").forEach((d) => d.open = true), true)`)
			for _, target := range browser.Eval[[]string](page, "("+small+")("+c.least+")") {
				t.Errorf("%d wide, at %s: below %s: %s", c.width, place, c.least, target)
			}
		}
	}
}

// flight counts the frames of going to a stage, on a clock that goes on by 16 ms each, however
// slow the machine is.
const flight = `async (stage) => {
	const raf = requestAnimationFrame, first = glassbox.stats().frames;
	let queue = [], time = performance.now();
	window.requestAnimationFrame = (f) => queue.push(f);
	performance.now = () => time;
	const there = glassbox.select(stage);
	for (let idle = 0; idle < 8 || glassbox.stats().frames === first; ) {
		await new Promise((r) => setTimeout(r, 10));
		const due = queue;
		queue = [];
		idle = due.length ? 0 : idle + 1;
		if (due.length) time += 16;
		due.forEach((f) => f(time));
	}
	window.requestAnimationFrame = raf;
	delete performance.now;
	await there;
	return glassbox.stats().frames - first;
}`

func TestReducedMotionCutsFlights(t *testing.T) {
	t.Parallel()
	page := openMoving(t, addresses()["file"])
	resize(page, 480, 360) // small, so that drawing takes little of the time
	flown := browser.Eval[int](page, `(`+flight+`)("softmax")`)
	page.Prefer(motion, "reduce")
	rest(page)
	cut := browser.Eval[int](page, `(`+flight+`)("token")`)
	if flown < 40 || cut > flown/2 { // labels still fade, and answers still come
		t.Errorf("a flight takes %d frames, without motion %d", flown, cut)
	}
}

func TestTheSceneSaysWhereItsTwinIs(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	says := browser.Eval[string](page, `((c) => c.getAttribute("role") + ": " + c.getAttribute("aria-label") + ". " + document.getElementById(c.getAttribute("aria-describedby")).textContent)(document.querySelector("#gl"))`)
	for _, title := range []string{"All steps", "Table of numbers", "In words"} {
		if !strings.Contains(says, title) {
			t.Errorf("the scene does not say that there is %q", title)
		}
	}
	keys(page, ".", ".", ".")
	page.WaitFor(`glassbox.state().panel`)
	tabTo(t, page, "#outline-fold")
	keys(page, kb.Enter)
	page.WaitFor(`document.querySelector("#outline ol")`)
	listed := browser.Eval[int](page, `new Set([...document.querySelectorAll("[data-listed]")].map((e) => e.dataset.listed)).size`)
	if steps := browser.Eval[int](page, `glassbox.steps().then((s) => s.length)`); listed < steps {
		t.Errorf("the outline lists %d panels; there are %d steps", listed, steps)
	}
	tabTo(t, page, `[data-listed="h.0.ln_1"]`)
	keys(page, kb.Enter)
	page.WaitFor(`glassbox.state().panel === "h.0.ln_1" && document.activeElement.dataset.listed === "h.0.ln_1"`)
	page.NoErrors()
}

func TestTheTextComesFirst(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]) // in a kept page Tab goes on from where the last test was
	keys(page, kb.Tab)
	page.WaitFor(`document.activeElement.id === "skip-text" && document.activeElement.getBoundingClientRect().top >= 0`)
	keys(page, kb.Enter)
	page.WaitFor(`document.activeElement.id === "prompt"`)
	tabTo(t, page, `[data-stage="norm"]`)
	keys(page, "/")
	page.WaitFor(`document.activeElement.id === "prompt" && document.activeElement.value === glassbox.state().text`)
	if late := browser.Eval[int](page, `[...document.querySelectorAll(":is(button, input, textarea, summary, [tabindex='0']):not(:disabled):not([tabindex='-1'])")].filter((e) => e.checkVisibility()).findIndex((e) => e.id === "prompt")`); late > 14 {
		t.Errorf("%d stops come before the text", late)
	}
	page.NoErrors()
}

// announced counts the announcements since it was called first: what changed in all that a screen reader listens to.
const announced = `(() => { if (!window.heard) { window.heard = []; const was = new Map([...document.querySelectorAll("[role=status], [role=alert], [role=log], [aria-live]")].map((e) => [e.id, e.textContent.trim()]));
	new MutationObserver(() => { for (const e of document.querySelectorAll("[role=status], [role=alert], [role=log], [aria-live]")) {
		const text = e.textContent.trim(); if (text !== (was.get(e.id) ?? "") && text) window.heard.push(e.id + ": " + text); was.set(e.id, text); }
	}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true }); }
	const list = window.heard; window.heard = []; return list; })()`

func TestOneMoveIsAnnouncedOnceOnThePage(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	rest(page)
	browser.Eval[[]string](page, announced)
	for _, move := range []string{
		`document.querySelector("#step").click()`,
		`glassbox.select("h.0.attn.head.1.scores")`,
		`document.querySelector("#values").open = true; document.querySelector("[data-cell='4.2']").click()`,
		`document.querySelector("[data-cell='4.2']").focus(); document.querySelector("[data-cell='4.2']").dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true, cancelable: true}))`,
		`document.querySelector("[data-stage=softmax]").click()`,
		`document.querySelector("#trace").click()`,
		`document.querySelector("#reset").click()`,
		`document.querySelector("#undo").click()`,
		`location.hash = "#model=sort&walk=2"`,
		`document.querySelector("#walk-next").click()`,
	} {
		browser.Eval[bool](page, `Promise.resolve((() => { `+move+` })()).then(() => true)`)
		rest(page)
		if list := browser.Eval[[]string](page, announced); len(list) != 1 {
			t.Errorf("%s is announced %d times: %q", move, len(list), list)
		}
	}
	page.NoErrors()
}

// bar says what of the stage bar can be seen: the stages that are not, whether the bar says so, and whether the current
// one and the names that are there are whole.
const bar = `(() => { const list = document.querySelector("#stages"), box = list.getBoundingClientRect(), whole = (e) => { const r = e.getBoundingClientRect(); return r.left >= box.left - 1 && r.right <= box.right + 1; };
	const stages = [...list.querySelectorAll("[data-stage]")], arrow = (id) => document.getElementById(id).checkVisibility();
	const problems = [], first = stages.findIndex(whole), last = stages.findLastIndex(whole);
	if (first > 0 && !arrow("stages-back")) problems.push(first + " stages before are not seen");
	if (last < stages.length - 1 && !arrow("stages-on")) problems.push(stages.length - 1 - last + " stages behind are not seen");
	const at = list.querySelector("[aria-current]");
	if (at && !whole(at)) problems.push(at.textContent + " is cut");
	for (const e of stages) if (e.scrollWidth > e.clientWidth + 1) problems.push(e.textContent + " runs over");
	return problems; })()`

func TestTheStageBarShowsAllStagesOrThatThereAreMore(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#model=language")
	for _, width := range []int64{1280, 1152, 1024, 900, 700, 390} {
		resize(page, width, 700)
		for _, stage := range []string{"tokenize", "block.1.attention", "sample"} {
			browser.Eval[bool](page, `glassbox.select("`+stage+`").then(() => true)`)
			rest(page)
			for _, problem := range browser.Eval[[]string](page, bar) {
				t.Errorf("%d wide, at %s: %s", width, stage, problem)
			}
			if hidden := browser.Eval[bool](page, `document.querySelector("#stages").scrollWidth > document.querySelector("#stages").clientWidth`); hidden && width > 900 { // at 900 × 700 the text stands beside scene and bar
				t.Errorf("%d wide, at %s: the stages of this model fit, but do not stand there", width, stage)
			}
		}
	}
	browser.Eval[bool](page, `(document.querySelector("#stages-back").click(), true)`)
	page.WaitFor(`document.querySelector("#stages-on").checkVisibility()`)
	page.NoErrors()
}
