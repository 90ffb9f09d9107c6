//go:build !js

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
	"glassbox/scripts/catalogue"
	. "glassbox/web/address"
)

// madeUp writes the page with the two languages that nobody speaks, and their lessons. It returns its address.
func madeUp(t *testing.T) string {
	t.Helper()
	english, err := catalogue.Read("../static/language/" + catalogue.English)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(built, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	lessons, err := filepath.Glob("../static/lessons/walk/*.md")
	if err != nil || len(lessons) == 0 {
		t.Fatalf("there are no lessons: %v", err)
	}
	var languages []*catalogue.Language
	var blocks strings.Builder
	for _, m := range []catalogue.MadeUp{catalogue.Longer(), catalogue.RightToLeft()} {
		l, err := m.Language(english)
		if err != nil {
			t.Fatal(err)
		}
		languages = append(languages, l)
		for _, path := range lessons {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&blocks, "<script type=\"text/plain\" data-lesson=\"walk/%s\" data-language=\"%s\">\n%s</script>\n", filepath.Base(path), m.Tag, m.Lesson(string(text)))
		}
	}
	page, err := catalogue.Carry(strings.Replace(string(b), "</body>", blocks.String()+"</body>", 1), english, languages...)
	if err != nil {
		t.Fatal(err)
	}
	return "file://" + onDisk(t, "index.html", []byte(page))
}

// faults lists what is wrong with the words on the screen. Words in Latin letters without an accent are English, unless
// they stand in what is no prose: tokens and the text, names of steps, code, maths, keys, and what the browser says. What
// is cut off is wider or higher than the box that clips it.
const faults = `(() => {
	const noProse = "[translate=no], input, textarea, script, style, noscript, option, [hidden]";
	const english = /(?<![\p{L}\p{M}\d._\-'’])[A-Za-z]?[a-z]{2,}(?![\p{L}\p{M}\d._])/gu;
	const found = [];
	const tokens = [...document.querySelectorAll(".chip :first-child, .next .token, .ranked th, .piece")].flatMap((e) => e.textContent.match(/[A-Za-z]+/g) || []);
	const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
	const where = (e) => { let s = ""; for (let k = 0; e && e.id !== "app" && k < 4; k++, e = e.parentElement) s = e.tagName.toLowerCase() + (e.id ? "#" + e.id : e.className && e.className.baseVal === undefined ? "." + String(e.className).split(" ")[0] : "") + " " + s; return s; };
	const words = (text, e, what) => {
		const left = (text.replace(/[\u2066\u2067][^\u2066\u2067\u2069]*\u2069/g, "").match(english) || []).filter((w) => !NAMES.includes(w) && !tokens.includes(w) && !(THEM.includes(w) && e.closest("#notice, #spoken, #address, .files, .compare")));
		if (left.length) found.push(what + " " + where(e) + ": " + left.slice(0, 5).join(" ") + " in " + JSON.stringify(text.trim().slice(0, 90)));
	};
	const widest = (e) => { const edge = e.getBoundingClientRect(); const over = [...e.querySelectorAll("*")].filter((k) => { const r = k.getBoundingClientRect(); return shown(k) && (r.right > edge.right + 1 || r.left < edge.left - 1); }).pop(); return over ? ", by " + where(over) : ""; };
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n; (n = walker.nextNode());) {
		const e = n.parentElement;
		if (!n.data.trim() || e.closest(noProse) || !shown(e)) continue;
		words(n.data, e, "text");
	}
	for (const e of document.querySelectorAll("[aria-label], [title], [placeholder], [aria-valuetext], [aria-roledescription]")) {
		if (e.closest("[hidden], [translate=no]") || !shown(e)) continue;
		for (const name of ["aria-label", "title", "placeholder", "aria-valuetext", "aria-roledescription"]) if (e.hasAttribute(name)) words(e.getAttribute(name), e, name);
	}
	for (const e of document.querySelectorAll("#app *, #fail *")) {
		if (!(e instanceof HTMLElement) || !shown(e) || e.closest(CUT)) continue;
		const style = getComputedStyle(e);
		const clips = (o) => o === "hidden" || o === "clip";
		if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && !clips(style.overflowX)) continue;
		if (clips(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) found.push("cut off " + where(e) + ": " + e.scrollWidth + " > " + e.clientWidth + " " + JSON.stringify(e.textContent.trim().slice(0, 60)) + widest(e));
		if (clips(style.overflowY) && e.scrollHeight > e.clientHeight + 3 && e.clientHeight > 0) found.push("cut off below " + where(e) + ": " + e.scrollHeight + " > " + e.clientHeight + " " + JSON.stringify(e.textContent.trim().slice(0, 60)));
	}
	for (const e of document.querySelectorAll("#app button, #app a, #app h1, #app h2, #app h3, #app p, #app li, #app dt, #app dd, #app th, #app span")) {
		if (!shown(e) || e.closest(CUT) || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
		if (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === "visible") found.push("runs over its edge " + where(e) + ": " + e.scrollWidth + " > " + e.clientWidth + " " + JSON.stringify(e.textContent.trim().slice(0, 60)));
	}
	for (const e of document.querySelectorAll("#app button, #app input")) {
		const r = e.getBoundingClientRect();
		if (shown(e) && r.width > 0 && !e.closest(CUT) && (r.right > innerWidth + 1 || r.left < -1)) found.push("beyond the window " + where(e) + ": " + r.left.toFixed() + " to " + r.right.toFixed());
	}
	if (document.documentElement.scrollWidth > innerWidth) found.push("the page is " + document.documentElement.scrollWidth + " wide in a window of " + innerWidth);
	for (const e of document.querySelectorAll(".math, .formula, .where, .total-row, .code, .grid, .terms, .plot, .chips, .scale")) {
		if (getComputedStyle(e).direction !== "ltr") found.push("runs from right to left " + where(e));
	}
	for (const e of document.querySelectorAll(".where")) { // "query 4 B → key 2 A": from the left, whatever its words are
		const parts = [...e.children].map((k) => k.getClientRects()[0]).filter(Boolean);
		if (parts.some((r, i) => i && r.top === parts[i - 1].top && r.left < parts[i - 1].left)) found.push("is out of order " + where(e) + ": " + e.textContent);
	}
	const [low, high] = [".legend .low", ".legend .high"].map((q) => document.querySelector(q)?.getBoundingClientRect());
	if (low?.width && low.left > high.left) found.push("the legend says positive where its colours are negative");
	return found;
})()`

// Names that stand in every language: everywhere those of maths, and what Intl joins lists with, which takes the first
// language for English; in notices and help those of links, in tables and buttons those of models and files.
const (
	namesOfAll  = `["Glassbox", "and", "exp", "logits", "max"]`
	namesInThem = `["Camera", "camera", "fixed", "hide", "language", "large", "medium", "model", "scale", "shared", "small", "sort"]`
)

// What may be cut off: what a reader can scroll, tokens, which are of any length, and the first words of an explanation.
const mayBeCut = `".visually-hidden, .loading, .chips, .tries, .brand, #stages, .finder .hint"`

// screens are what the tour does not see: addresses, and how to know that one is there.
var screens = []struct{ address, there string }{
	{"?ui=embed&start=poster#model=sort", `0`},
	{"?ui=embed#model=language&walk=5", `there("#walk")`},
	{"#model=language&rank=1&find=ball&stage=output", `there(".ranked tbody tr")`},
	{"#model=language&stage=position&panel=embed.sum&cell=2.7", `there("#told")`},
	{"#model=nothing&camera=1&scale=x&text=Anna", `there("#notice:not(:empty)")`},
}

func TestEveryScreenIsWordedInAnyLanguage(t *testing.T) {
	t.Parallel()
	address := madeUp(t)
	check := strings.NewReplacer("NAMES", namesOfAll, "THEM", namesInThem, "CUT", mayBeCut).Replace(faults)
	for _, language := range []catalogue.MadeUp{catalogue.Longer(), catalogue.RightToLeft()} {
		t.Run(language.Tag, func(t *testing.T) {
			t.Parallel()
			page := tab(t)
			page.Tells = tells
			in := "&language=" + language.Tag
			visit := func(place, there string) {
				browser.Eval[bool](page, "Promise.resolve("+there+").then(() => true)")
				if browser.Eval[bool](page, `!!window.glassbox`) { // not behind the poster
					rest(page)
				}
				for _, fault := range browser.Eval[[]string](page, check) {
					t.Errorf("%s: %s", place, fault)
				}
			}
			load := func(address string) {
				page.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
				page.WaitFor(`window.glassbox || document.querySelector("#poster") && !document.querySelector("#poster").hidden`)
				browser.Eval[bool](page, `window.there = async (selector) => { while (!document.querySelector(selector)) await `+drawn+`; }, true`)
			}
			load(address + "#model=sort" + in)
			for wish, want := range map[string]string{"AR": "ar-XB", "ar-XB-x-y": "ar-XB", "ar-EG": "ar-XB", "en-GB": "en", "en-xa": "en-XA"} {
				if got := browser.Eval[string](page, `glassboxLanguage.choose("`+wish+`")`); got != want || !Language(wish).In([]string{"en", "en-XA", "ar-XB"}) {
					t.Errorf("%s is met by %s; expected %s, and no complaint", wish, got, want)
				}
			}
			for _, size := range [][2]int64{{1440, 900}, {390, 844}} {
				resize(page, size[0], size[1])
				browser.Eval[bool](page, `(location.hash = "#model=sort&language=en&walk=1", true)`)
				page.WaitFor(`document.documentElement.lang === "en" && document.querySelector("#walk-leave")?.innerText === "Leave the walk"`)
				browser.Eval[bool](page, `(location.hash = "#model=sort`+in+`", true)`) // in a page that speaks already
				page.WaitFor(`!document.querySelector("#walk") && !document.querySelector("#flow")`)
				for _, place := range append(tour, "the computation", "the walk") {
					visit(fmt.Sprintf("%s, %d × %d", place, size[0], size[1]), strings.ReplaceAll(places()[place], `"#model=sort`, `"#model=sort`+in))
				}
			}
			resize(page, width, height)
			for _, s := range screens {
				load(address + s.address + in)
				visit(s.address, s.there)
			}
			pick(page, onDisk(t, "tiny.safetensors", fixture(t, "tiny-gpt2")))
			visit("the dialog of a file", `there("#open-letters")`)
			page.NoErrors()
		})
	}
}

func TestALanguageThatCannotBeReadStaysEnglishAndIsNamed(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(strings.TrimPrefix(madeUp(t), "file://"))
	if err != nil {
		t.Fatal(err)
	}
	page := tab(t)
	page.Prefer(motion, "reduce")
	for how, change := range map[string]func(string) string{"truncated": truncate, "flipped": flip, "empty": func(string) string { return "" }} {
		address := "file://" + onDisk(t, "index.html", []byte(block(string(b), "data-language-ar-XB", change)))
		show(page, address+"#language=ar-XB")
		page.WaitFor(`document.querySelector("#notice").innerText.includes("The texts of the language ar-XB in this page are damaged")`)
		page.WaitFor(`document.querySelector("#play").innerText`) // drawn, and laid out
		if lang := browser.Eval[string](page, `document.documentElement.lang + " " + document.documentElement.dir + " " + document.querySelector("#play").innerText`); lang != "en ltr Play" {
			t.Errorf("%s: the page is %q", how, lang)
		}
	}
	for how, change := range map[string]func(string) string{"words": truncate, "shaders": func(string) string { return "e30=" }} {
		id := map[string]string{"words": "script-words", "shaders": "data-shaders"}[how]
		show(page, "file://"+onDisk(t, "index.html", []byte(block(string(b), id, change)))+"#language=ar-XB")
		if lang := browser.Eval[string](page, `document.documentElement.lang`); lang != "ar-XB" {
			t.Errorf("with damaged %s the page speaks %s", how, lang)
		}
	}
}
