//go:build !js

package main

import (
	"testing"

	"glassbox/scripts/browser"
)

func TestWhatIsTypedBeforeThePageIsReadyStays(t *testing.T) {
	t.Parallel()
	page := load(t, addresses()["file"]+"#text=CCC", `document.addEventListener("DOMContentLoaded", () => {
		const field = document.querySelector("#prompt");
		field.focus();
		field.value = "CABBA";
	});`)
	page.WaitFor(ready)
	rest(page)
	if s := browser.Eval[state](page, `glassbox.state()`); s.Text != "CABBA" || len(s.Tokens) != 5 {
		t.Errorf("the page has %q, %d tokens", s.Text, len(s.Tokens))
	}
	if is := browser.Eval[string](page, `document.activeElement.id + " " + document.querySelector("#prompt").value`); is != "prompt CABBA" {
		t.Errorf("the focus and the field: %s", is)
	}
	page.NoErrors()
}

func TestAVerbThatIsCalledAtOnceWorks(t *testing.T) {
	t.Parallel()
	page := load(t, addresses()["file"], `Object.defineProperty(window, "glassbox", { configurable: true, set(page) {
		Object.defineProperty(window, "glassbox", { value: page });
		page.stats();
		window.asked = page.setPrompt("CABBA");
	} });`)
	page.WaitFor(`window.asked`)
	if s := browser.Eval[state](page, `asked`); s.Text != "CABBA" || len(s.Tokens) != 5 {
		t.Errorf("the page has %q, %d tokens", s.Text, len(s.Tokens))
	}
	page.NoErrors()
}
