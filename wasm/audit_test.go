//go:build !js

package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// audited returns a page with axe-core in it.
func audited(t *testing.T, query string) *browser.Page {
	t.Helper()
	page := openUnpainted(t, addresses()["file"]+query)
	addAxe(t, page)
	browser.Eval[bool](page, `window.there = async (selector) => { while (!document.querySelector(selector)) await `+drawn+`; }, true`)
	return page
}

// addAxe puts axe-core into a page, which testdata/axe describes. It goes in through the
// debugger, to which the page's policy does not apply.
func addAxe(t *testing.T, page *browser.Page) {
	t.Helper()
	file, err := os.Open("testdata/axe/axe.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	source, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	browser.Eval[bool](page, string(source)+"; true")
}

// audit fails the test for every violation of axe's rules in what the page shows now: those of WCAG 2.2 A and AA, the
// best practices, and those that axe leaves out unless asked. The one rule beyond AA that judges taste, a contrast of
// 7:1 for every text, holds for who asks for more contrast.
func audit(t *testing.T, page *browser.Page, what string) {
	t.Helper()
	for _, violation := range browser.Eval[[]string](page, `(document.getAnimations().forEach((a) => a.transitionProperty && a.finish()), axe.run(document, {
		resultTypes: ["violations"], rules: Object.fromEntries(axe.getRules().map((r) => [r.ruleId, {enabled: r.ruleId !== "color-contrast-enhanced" || matchMedia("(prefers-contrast: more)").matches}])),
	}).then((r) => r.violations.map((v) => v.id + ": " + v.help + "\n" + v.nodes.slice(0, 12).map((n) =>
		"    " + n.html.slice(0, 160) + "\n      " + [...n.any, ...n.all, ...n.none].map((c) => c.message).join("; ")).join("\n"))))`) {
		t.Errorf("%s: %s", what, violation)
	}
}

// places are what is audited: how to get there from the page as it opened.
func places() map[string]string {
	return map[string]string{
		"overview": `glassbox.select("overview")`,
		"a stage":  `glassbox.select("block.1.attention")`,
		"a pinned cell": `glassbox.select("h.0.attn.head.1.scores").then(() => { document.querySelector("#values").open = true; document.querySelector("#told") && (document.querySelector("#told").open = true);
			document.querySelector("[data-cell='4.2']").click(); return there("#told"); })`,
		"the list of all steps": `(document.querySelector("#outline ol") || document.querySelector("#outline-fold").click(), document.querySelector("#pad").open = true, there("#outline ol"))`,
		"a text with a mistake": `glassbox.setPrompt("CABX").catch(() => true)`,
		"GPT-2's tokens": `glassbox.select("tokenize").then(() => { document.querySelector("[data-tokenizer=gpt2]").click();
			return there("#pieces"); })`,
		"the computation": `(document.querySelector("#flow") || document.querySelector("#watch").click(), there("#flow-play").then(() =>
			document.querySelector("#flow-play").click()))`,
		"the way back": `glassbox.select("softmax").then(() => { document.querySelector("#trace").click(); return there("#follow-largest"); }).then(() => {
			document.querySelector("#follow-largest").click(); return there("#crumbs"); })`,
		"the heads":  `glassbox.select("block.1.attention").then(() => { document.querySelector("#attention-open")?.click(); return there("#pair-chain"); })`,
		"the walk":   `glassbox.select("overview").then(() => { document.querySelector("#walk-start").click(); return there("#walk-nav"); })`,
		"the sizes":  `(document.querySelector("#sizes") || document.querySelector("#sizes-open").click(), there("#own"))`,
		"the finder": `(document.querySelector("#finder-card") || document.querySelector("#finder-open").click(), there("#place-3"))`,
		"a word":     `(location.hash = "#model=sort&word=softmax&stage=softmax", there("#glossed"))`,
		"help":       `(document.querySelector("#help-card") || document.querySelector("#help").click(), there("#help-card"))`,
	}
}

// tour is the order in which places are visited, for each leaves something behind.
var tour = []string{"overview", "the sizes", "a stage", "a pinned cell", "the way back", "the heads", "the list of all steps", "a text with a mistake", "GPT-2's tokens", "a word", "the finder", "help"}

// folded closes the long lists that a place has opened: once looked through, they would be gone through again at each place
// that follows.
const folded = `(document.querySelectorAll("#values, #told, #pad").forEach((e) => { e.open = false; }),
	document.querySelector("#outline ol") && document.querySelector("#outline-fold").click(), true)`

func TestThePageHasNoBarriersThatAxeFinds(t *testing.T) {
	t.Parallel()
	page := audited(t, "")
	page.Prefer(motion, "no-preference") // what plays the computation is there only then
	for _, c := range []struct {
		theme         string
		width, height int64
		tour          []string
	}{
		{"light", 1440, 900, tour},
		{"dark", 390, 844, []string{"the computation", "a stage", "the heads", "a pinned cell", "GPT-2's tokens", "the finder", "help"}},
		{"projector", 1440, 900, []string{"overview", "a pinned cell", "help"}},
		{"light", 320, 256, []string{"overview", "the sizes", "the computation", "the way back", "the walk"}},
	} {
		resize(page, c.width, c.height)
		wear(page, c.theme)
		for _, place := range c.tour {
			browser.Eval[bool](page, "Promise.resolve("+places()[place]+").then(() => true)")
			rest(page)
			audit(t, page, fmt.Sprintf("%s, %s, %d × %d", place, c.theme, c.width, c.height))
			browser.Eval[bool](page, folded)
		}
		browser.Eval[bool](page, `(document.querySelector("#help-close")?.click(), true)`)
		browser.Eval[bool](page, `glassbox.setPrompt("CBABBC").then(() => true)`)
	}
	page.NoErrors()
}

// wear changes the theme by its key until it is the one.
func wear(page *browser.Page, theme string) {
	for range 4 {
		is := browser.Eval[string](page, `document.documentElement.dataset.theme || ""`)
		if is == theme {
			return
		}
		page.Do(chromedp.KeyEvent("t"))
		page.WaitFor(`(document.documentElement.dataset.theme || "") !== "` + is + `"`)
	}
}

func TestThePosterHasNoBarriers(t *testing.T) {
	t.Parallel()
	page := tab(t)
	page.Do(chromedp.Navigate(addresses()["file"] + "?ui=embed&start=poster"))
	addAxe(t, page)
	for _, theme := range []string{"light", "dark"} {
		page.Prefer("prefers-color-scheme", theme)
		audit(t, page, "the poster, "+theme)
	}
}

func TestTheDialogOfAFileHasNoBarriers(t *testing.T) {
	t.Parallel()
	page := audited(t, "")
	pick(page, onDisk(t, "tiny.safetensors", fixture(t, "tiny-gpt2")))
	page.WaitFor(`document.querySelector("#open-letters")`)
	rest(page)
	audit(t, page, "the dialog of a file")
	page.Prefer("prefers-color-scheme", "dark")
	resize(page, 390, 844)
	audit(t, page, "the dialog of a file, on a phone in the dark")
	page.NoErrors()
}

func TestAFrameHasNoBarriers(t *testing.T) {
	t.Parallel()
	for query, sizes := range map[string][][2]int64{
		"?ui=embed#stage=block.0.attention":         {{900, 600}, {480, 640}},
		"?ui=stage#walk=3":                          {{900, 520}, {390, 640}},
		"?ui=stage#panel=h.0.attn.head.1.attention": {{600, 400}},
		"?hide=inspector,strip&theme=dark#walk=2":   {{900, 520}},
	} {
		t.Run(query, func(t *testing.T) {
			page := audited(t, query)
			for _, size := range sizes {
				resize(page, size[0], size[1])
				audit(t, page, fmt.Sprintf("%d × %d", size[0], size[1]))
			}
			page.NoErrors()
		})
	}
}

// bold returns how many times lighter or darker than their ground texts and edges are whose
// colours are quiet otherwise: the least of each.
const bold = `(() => {
	const numbers = (c) => { const x = new OffscreenCanvas(1, 1).getContext("2d"); x.fillStyle = c; x.fillRect(0, 0, 1, 1); return [...x.getImageData(0, 0, 1, 1).data].slice(0, 3); };
	const light = (c) => numbers(c).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0.05);
	const ground = light(getComputedStyle(document.querySelector("#inspector")).backgroundColor);
	const least = (selector, property) => Math.min(...[...document.querySelectorAll(selector)].map((e) => light(getComputedStyle(e)[property])).map((v) => Math.max(v, ground) / Math.min(v, ground)));
	return [least(".path, .guide, .facts dt, .section > h2, .bars .number, .stage", "color"), least(".button:enabled, .legend, .zoom, .field", "borderTopColor")];
})()`

func TestWhoAsksForMoreContrastGetsIt(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"])
	for _, theme := range []string{"light", "dark", "projector"} {
		wear(page, theme)
		page.Prefer("prefers-contrast", "no-preference")
		rest(page)
		usual := browser.Eval[[]float64](page, bold)
		page.Prefer("prefers-contrast", "more")
		rest(page) // colours change smoothly
		more := browser.Eval[[]float64](page, bold)
		if more[0] < 7 || more[1] < 7 || usual[1] > more[1] {
			t.Errorf("%s: text and edges have contrasts of %.1f, of %.1f for who asks for more; expected 7 at least", theme, usual, more)
		}
	}
}

func TestAProblemIsSaidWithoutBarriers(t *testing.T) {
	t.Parallel()
	page := audited(t, "")
	browser.Eval[bool](page, `(glassboxBoot.worker.terminate(), [1, 2, 3].forEach(() => glassboxBoot.ondeath("ended by a test")), true)`)
	page.WaitFor(`document.querySelector("#problem")`)
	audit(t, page, "a problem")
	if said := browser.Eval[string](page, `document.querySelector("#problem").getAttribute("role")`); !strings.Contains(said, "alert") {
		t.Errorf("a problem has the role %q", said)
	}
}
