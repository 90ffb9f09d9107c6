//go:build !js

package browser_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

func serve(t *testing.T, html string) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, html)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestPageRunsActionsAndScripts(t *testing.T) {
	page := browser.New(t)
	page.Do(chromedp.Navigate(serve(t, `<button onclick="this.textContent='pressed'">press</button>`)),
		chromedp.Click(chromedp.CSS("button")))
	page.WaitFor(`document.querySelector("button").textContent === "pressed"`)
	if got := browser.Eval[int](page, `Promise.resolve(innerWidth)`); got != browser.Width {
		t.Errorf("the viewport is %d pixels wide, expected %d", got, browser.Width)
	}
	if !browser.Eval[bool](page, `!!document.createElement("canvas").getContext("webgl2")`) {
		t.Error("no WebGL2")
	}
	page.Screenshot(filepath.Join(t.TempDir(), "shots", "page.png"))
	page.NoErrors()
}

func TestPageCollectsComplaints(t *testing.T) {
	page := browser.New(t)
	page.Do(chromedp.Navigate(serve(t, `<script>
		console.log("fine"); console.error("odd", 7); Promise.reject(new Error("unheard"));
		setTimeout(() => { done = true; throw new Error("thrown") }, 0)</script>`)))
	page.WaitFor(`window.done`)
	got := strings.Join(page.Errors(), "\n")
	for _, want := range []string{"console.error: odd 7", "unheard", "thrown"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing from the complaints:\n%s", want, got)
		}
	}
	if strings.Contains(got, "fine") {
		t.Errorf("console.log counts as a complaint:\n%s", got)
	}
}

func TestFindSaysHowToInstall(t *testing.T) {
	t.Setenv("CHROMIUM", "")
	t.Setenv("PATH", t.TempDir())
	if path, err := browser.Find(); err == nil {
		if !strings.Contains(path, "/Applications/") {
			t.Errorf("found %q with an empty PATH", path)
		}
	} else if !errors.Is(err, browser.ErrNotFound) || !strings.Contains(err.Error(), "install") {
		t.Errorf("unhelpful error: %v", err)
	}
	t.Setenv("CHROMIUM", "/no/such/program")
	if _, err := browser.Find(); err == nil || !strings.Contains(err.Error(), "/no/such/program") {
		t.Errorf("$CHROMIUM with a wrong path: %v", err)
	}
}
