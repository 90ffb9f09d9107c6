//go:build !js

package main

import (
	"errors"
	"fmt"
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

// What all tests share: the folder with the page's one file, index.html, a server of it, and a browser.
var (
	built    string
	server   *httptest.Server
	chromium *browser.Browser
)

func TestMain(m *testing.M) {
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "glassbox-page-")
		if err == nil {
			defer os.RemoveAll(folder)
			built, err = folder, build(folder)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		if chromium, err = browser.Start(browser.CompileOnce); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer chromium.Close()
		server = httptest.NewServer(http.FileServer(http.Dir(built)))
		defer server.Close()
		return m.Run()
	}())
}

// build makes a release in folder, as scripts/release does: the page with its card, and the samples beside it.
func build(folder string) error {
	wasm := filepath.Join(folder, "glassbox.wasm")
	compile := exec.Command("sh", "-c", `. ./scripts/env && build_page "$0"`, wasm)
	pack := exec.Command("go", "run", "./scripts/pack", "-wasm", wasm, "-out", filepath.Join(folder, "index.html"))
	if err := inRoot(compile, pack); err != nil {
		return err
	}
	element, err := os.ReadFile("../static/glass-box.js")
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "glass-box.js"), element, 0o644)
	}
	if err := errors.Join(err, os.CopyFS(filepath.Join(folder, "samples"), os.DirFS("../static/samples")), os.Remove(wasm)); err != nil {
		return err
	}
	return inRoot(exec.Command("go", "run", "./scripts/ship", "-url", "https://example.org/", folder))
}

// inRoot runs commands in the root of the repository.
func inRoot(commands ...*exec.Cmd) error {
	for _, c := range commands {
		c.Dir = ".."
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %v\n%s", c.Args, err, out)
		}
	}
	return nil
}

// addresses are the two ways by which a reader opens the page.
func addresses() map[string]string {
	return map[string]string{"http": server.URL + "/", "file": "file://" + filepath.Join(built, "index.html")}
}

// sorting is an address at which the page opens the model that sorts letters, which these
// tests are about, whatever its default is.
func sorting(address string) string {
	if strings.Contains(address, "model=") {
		return address
	}
	before, hash, found := strings.Cut(address, "#")
	if found && hash != "" {
		hash = "&" + hash
	}
	return before + "#model=sort" + hash
}

// tells is what a failed test wants to know of the page.
const tells = `JSON.stringify({state: window.glassbox?.state(), focus: document.activeElement.id || document.activeElement.outerHTML.slice(0, 200),
	spoken: document.querySelector("#spoken-text")?.textContent, hidden: document.hidden})`

// Width and height of most tests' windows, in CSS pixels: the inspector stands beside the scene as on a desk, and the
// processor, which draws it here, has less than half as much to draw as at [browser.Width] and [browser.Height].
const width, height = 1024, 640

// coarse gives such a window a pixel for four: what is read, pressed and measured is the same, and the processor, which
// draws them all, has a quarter of the work. Where pixels are judged, a window has all of them: [resize] with [sharp].
var coarse, sharp = chromedp.EmulateScale(0.5), chromedp.EmulateScale(1)

// tab lends an empty tab with a window of width and height.
func tab(t *testing.T) *browser.Page {
	t.Helper()
	page := chromium.Tab(t)
	page.Do(chromedp.EmulateViewport(width, height, coarse))
	return page
}

// open opens the page with the model that sorts letters, for a reader who asks for less motion, and waits until it
// has drawn it. The processor draws each frame, so a flight takes as long as a start; it is seen by the tests that
// use openMoving, or go everywhere.
func open(t *testing.T, address string) *browser.Page {
	t.Helper()
	page := tab(t)
	page.Prefer(motion, "reduce")
	return show(page, address)
}

// openMoving opens the page with all that moves in it.
func openMoving(t *testing.T, address string) *browser.Page {
	t.Helper()
	return show(tab(t), address)
}

// unpainted is a script that leaves the scene undrawn, for tests that judge no picture of it: all is placed, named and
// pressed as ever, and the processor, which is the GPU here, has nothing to fill.
const unpainted = `WebGL2RenderingContext.prototype.drawArraysInstanced = () => {};`

// openUnpainted opens the page as [open] does, with the scene undrawn.
func openUnpainted(t *testing.T, address string) *browser.Page {
	t.Helper()
	page := tab(t)
	page.Prefer(motion, "reduce")
	first(page, unpainted)
	return show(page, address)
}

// motion is the media feature by which a reader asks for less of it.
const motion = "prefers-reduced-motion"

// show opens the page in a tab.
func show(page *browser.Page, address string) *browser.Page {
	page.Tells = tells
	page.Do(chromedp.Navigate(sorting(address)))
	page.WaitFor(`window.glassbox`)
	browser.Eval[bool](page, `glassbox.ready.then(() => true)`)
	return page
}

// everywhere runs a test over http, where everything moves, and from a file, for a reader who asks for less motion.
func everywhere(t *testing.T, test func(t *testing.T, page *browser.Page)) {
	ways := map[string]func(t *testing.T, address string) *browser.Page{"http": openMoving, "file": open}
	for name, address := range addresses() {
		t.Run(name, func(t *testing.T) {
			page := ways[name](t, address)
			test(t, page)
			page.NoErrors()
		})
	}
}

// fromDisk runs a test from a file alone, the stricter of the two ways, where http would
// only repeat it.
func fromDisk(t *testing.T, test func(t *testing.T, page *browser.Page)) {
	page := open(t, addresses()["file"])
	test(t, page)
	page.NoErrors()
}
