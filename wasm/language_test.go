//go:build !js

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/model"
	"glassbox/scripts/browser"
)

// language opens a random model that reads GPT-2's tokens, all from 4000 on in one row.
func language(t *testing.T) *browser.Page {
	t.Helper()
	words := model.Config{Vocab: 50257, Context: 32, Width: 32, Heads: 4, Blocks: 2, Tied: true, Distinct: 4001}
	page := open(t, addresses()["file"])
	pick(page, onDisk(t, "words.safetensors", randomModel(t, words)))
	page.WaitFor(`glassbox.state().model === "file.1" && glassbox.state().tokens.length === 3`)
	return page
}

// find types into the search of the table of ranks.
func find(page *browser.Page, text string) {
	browser.Eval[bool](page, `(() => { const f = document.querySelector("#find"); f.value = `+"`"+text+"`"+`;
		f.dispatchEvent(new Event("input", {bubbles: true})); return true; })()`)
}

const answer = `document.querySelector("#found").textContent`

func TestWhereIsBall(t *testing.T) {
	t.Parallel()
	page := language(t)
	press(page, "#ranking-open")
	page.WaitFor(`document.querySelectorAll("[data-ranked]").length === 10`)
	find(page, " ball")
	page.WaitFor(answer + `.startsWith("·ball has rank ")`)
	press(page, `[data-found="2613"]`)
	page.WaitFor(`document.querySelector('.this[data-ranked="2613"]')`)
	if text := browser.Eval[string](page, `document.querySelector('[data-ranked="2613"]').innerText`); !strings.Contains(text, "cut by temperature 0") {
		t.Errorf("at temperature 0 its row says %q", text)
	}
	press(page, `[data-ranked="2613"] button`)
	page.WaitFor(`document.querySelector("#inspector").innerText.includes("How likely ·ball is to follow token 2 (·predict).")`)
	if hash := browser.Eval[string](page, `location.hash`); !strings.Contains(hash, "find=%20ball") {
		t.Errorf("the address is %s", hash)
	}
	page.Do(chromedp.Focus(chromedp.CSS("#find")), chromedp.KeyEvent("\r"))
	press(page, `[data-rank="last"]`)
	page.WaitFor(`document.querySelector("#ranked-caption").textContent.includes("–50,257 of 50,257 after ·predict")`)
	find(page, "xqzxqz")
	page.WaitFor(answer + `.startsWith("No token holds")`)
	page.NoErrors()
}

func TestATokenThatWasNeverSeenIsMarked(t *testing.T) {
	t.Parallel()
	page := language(t)
	page.WaitFor(`document.querySelector('.chip.unseen[data-token="2"]')`)
	for _, where := range []string{"#guide", "#unseen", "#spoken-text"} {
		page.WaitFor(`document.querySelector("` + where + `").textContent.includes("This token was not in its training: ·predict")`)
	}
	browser.Eval[state](page, `glassbox.setPrompt("How to")`)
	page.WaitFor(`!document.querySelector(".chip.unseen") && !document.querySelector("#unseen")`)
	page.NoErrors()
}

func TestTheTableOfALongPanelHasWordsAndNumbers(t *testing.T) {
	t.Parallel()
	page := language(t)
	browser.Eval[state](page, `glassbox.select("logits")`)
	page.WaitFor(`[...document.querySelectorAll("#grid button")].length === 15 && [...document.querySelectorAll("#grid button")].every((b) => b.textContent !== "·")`)
	if heads := browser.Eval[[]string](page, `[...document.querySelectorAll("#grid th")].map((h) => h.textContent)`); strings.Contains(strings.Join(heads, " "), "#") || heads[len(heads)-1] != "2 ·predict" {
		t.Errorf("its heads are %q", heads)
	}
	page.NoErrors()
}

func TestTheMenuOfModelsChangesTheModel(t *testing.T) {
	t.Parallel()
	page := language(t)
	page.Do(chromedp.Click(chromedp.CSS("#model")))
	page.WaitFor(`!document.querySelector("#menu").hidden`)
	if text := browser.Eval[string](page, `document.querySelector("#menu").innerText`); !strings.Contains(text, "learned numbers") || !strings.Contains(text, "Reads six letters") {
		t.Errorf("the menu says %q", text)
	}
	page.Do(chromedp.KeyEvent("\x1b"))
	page.WaitFor(`document.querySelector("#menu").hidden && glassbox.state().model === "file.1"`)
	page.Do(chromedp.Click(chromedp.CSS("#model")), chromedp.Click(chromedp.CSS(`[data-model="sort"]`)))
	page.WaitFor(`document.querySelector("#menu").hidden && glassbox.state().model === "sort" && glassbox.state().tokens.length === 6`)
	page.WaitFor(`document.activeElement.id === "model" && !document.querySelector("#ranking")`)
	page.NoErrors()
}
