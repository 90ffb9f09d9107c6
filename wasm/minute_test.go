//go:build !js

package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"glassbox/scripts/browser"
)

// The first minute: what a reader types and presses before the page is here, in the text field, and first after it.

// TestWhatIsPressedWhileThePageIsOnItsWayIsDone has a server that stops in the middle of the file.
func TestWhatIsPressedWhileThePageIsOnItsWayIsDone(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile(filepath.Join(built, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	half := bytes.Index(file, []byte(`id="data-wasm">`)) + 1<<20
	more := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write(file[:half])
		w.(http.Flusher).Flush()
		<-more
		w.Write(file[half:])
	}))
	t.Cleanup(slow.Close)
	page := tab(t)
	page.Prefer(motion, "reduce")
	page.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.Navigate, cdppage.NavigateParams{URL: slow.URL})
		return err
	}))
	page.WaitFor(`document.querySelector("#app .loading")?.ariaValueNow > 0`)
	if said := browser.Eval[string](page, `document.querySelector("#guide").textContent`); !regexp.MustCompile(`^1\.\d of \d\.\d MB`).MatchString(said) {
		t.Errorf("of a page that has arrived in part it says %q", said)
	}
	page.Do(chromedp.Focus(chromedp.CSS("#prompt")), chromedp.KeyEvent("The opposite of big is"), chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Home))
	browser.Eval[bool](page, `(() => { for (const s of ["#theme", "[data-stage=softmax]"]) document.querySelector(s).click(); return true; })()`)
	close(more)
	page.WaitFor(`window.glassbox`)
	page.WaitFor(`glassbox.state().generated.length === 1 && !glassbox.state().busy`)
	is := browser.Eval[string](page, `((f) => [glassbox.state().text, f.value, f.selectionStart, document.activeElement.id, glassbox.state().stage, document.documentElement.dataset.theme].join("|"))(document.querySelector("#prompt"))`)
	if want := "The opposite of big is|The opposite of big is|0|prompt|softmax|light"; is != want {
		t.Errorf("the page has %s; expected %s", is, want)
	}
	page.NoErrors()
}

// TestLinesAreTypedKeptAndShown types as a reader does, into a text that came with the address.
func TestLinesAreTypedKeptAndShown(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"]+"#model=language&text=Anna%20has%20a%20red%20ball.%0AThe%20ball%20is")
	field := func(want string) {
		t.Helper()
		page.WaitFor(`((f) => f.value === glassbox.state().text && f.value === ` + want + `)(document.querySelector("#prompt"))`)
	}
	field(`"Anna has a red ball.\nThe ball is"`)
	page.Do(chromedp.Focus(chromedp.CSS("#prompt")), chromedp.KeyEvent(kb.End), chromedp.KeyEvent("\b\bwas"))
	browser.Eval[bool](page, `(() => { const f = document.querySelector("#prompt"); f.setSelectionRange(f.value.length, f.value.length); return true; })()`)
	field(`"Anna has a red ball.\nThe ball was"`)
	page.Do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(8)), chromedp.KeyEvent("A"))
	field(`"Anna has a red ball.\nThe ball was\nA"`)
	page.WaitFor(`!glassbox.state().busy`)
	page.Do(chromedp.KeyEvent(kb.Enter))
	page.WaitFor(`glassbox.state().generated.length === 1`)
	field(`"Anna has a red ball.\nThe ball was\nA"`)
	page.WaitFor(`document.querySelector("#mirror ins").textContent.trim() !== "" && document.querySelector("#prompt").offsetHeight > 60`)
	page.Do(chromedp.KeyEvent("\b\b"))
	field(`"Anna has a red ball.\nThe ball was"`)
	page.NoErrors()
}

// TestANewSelectionIsSeenFromItsTop holds it for presses; who moves from number to number in the inspector stays there.
func TestANewSelectionIsSeenFromItsTop(t *testing.T) {
	t.Parallel()
	page := open(t, addresses()["file"])
	down := func() {
		t.Helper()
		page.WaitFor(`((e) => { e.scrollTop = 300; return e.scrollTop > 100; })(document.querySelector("#inspector-scroll"))`)
	}
	const top = `document.querySelector("#inspector-scroll").scrollTop === 0`
	for _, press := range []string{`document.querySelector("[data-stage=softmax]").click()`, `glassbox.select("h.0.ln_1")`, `document.querySelector("[data-token='2']").click()`} {
		down()
		browser.Eval[bool](page, `(() => { document.activeElement.blur(); `+press+`; return true; })()`)
		page.WaitFor(top)
	}
	browser.Eval[bool](page, `(() => { document.querySelector("#values").open = true; document.querySelector("#cell-2\\.0, [id^=cell-]").focus(); return true; })()`)
	down()
	row := browser.Eval[int](page, `glassbox.state().cell.row`)
	page.Do(chromedp.KeyEvent(kb.ArrowDown))
	page.WaitFor(`glassbox.state().cell.row !== ` + string(rune('0'+row)))
	rest(page)
	if browser.Eval[bool](page, top) {
		t.Error("the table of numbers is scrolled away under the keys")
	}
	page.NoErrors()
}

// TestANoticeCoversNothing holds a short and a long one against all that is pressed, the map, and the tokens on the scene.
func TestANoticeCoversNothing(t *testing.T) {
	t.Parallel()
	const short, long = `glassbox.step()`, `location.hash = "#model=sort&first-key=1&second-key=2&third-key=3&fourth-key=4&at-" + innerWidth + "=5"`
	page := openUnpainted(t, addresses()["file"])
	for _, size := range [][2]int64{{1440, 900}, {960, 480}, {390, 844}} {
		page.Do(chromedp.EmulateViewport(size[0], size[1], coarse))
		for _, notice := range []string{short, long} {
			before := browser.Eval[string](page, `document.querySelector("#notice").textContent`)
			browser.Eval[bool](page, `(() => { `+notice+`; return true; })()`)
			page.WaitFor(fmt.Sprintf(`((said) => said !== "" && said !== %q)(document.querySelector("#notice").textContent)`, before))
			rest(page)
			covered := browser.Eval[[]string](page, `(() => {
				const box = document.querySelector("#notice").getBoundingClientRect(), scene = document.querySelector("#scene").getBoundingClientRect();
				const all = [...document.querySelectorAll("#app :is(button, a, input, textarea, select, summary), #map, .chip")].filter((e) => {
					const b = e.getBoundingClientRect();
					return e.checkVisibility() && b.width && b.left < box.right && b.right > box.left && b.top < box.bottom && b.bottom > box.top;
				}).map((e) => e.id || e.className);
				if (box.top < scene.top + scene.height / 2) all.push("the tokens");
				return all;
			})()`)
			if len(covered) > 0 {
				t.Errorf("at %v, %q covers %v", size, browser.Eval[string](page, `document.querySelector("#notice").textContent`), covered)
			}
		}
		browser.Eval[bool](page, `glassbox.reset().then(() => true)`)
	}
	page.NoErrors()
}
