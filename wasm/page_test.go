//go:build !js

package main

import (
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

// What all tests share: the folder with the page's one file, index.html, and a browser.
var (
	built    string
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
		if chromium, err = browser.Start(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer chromium.Close()
		return m.Run()
	}())
}

// build makes the page as scripts/build does, into folder.
func build(folder string) error {
	wasm := filepath.Join(folder, "glassbox.wasm")
	compile := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", wasm, "./wasm")
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=simd,nojsonv2")
	pack := exec.Command("go", "run", "./scripts/pack", "-wasm", wasm, "-out", filepath.Join(folder, "index.html"))
	for _, c := range []*exec.Cmd{compile, pack} {
		c.Dir = ".."
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %v\n%s", c.Args, err, out)
		}
	}
	return os.Remove(wasm)
}

// addresses are the two ways by which a reader opens the page.
func addresses(t *testing.T) map[string]string {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir(built)))
	t.Cleanup(server.Close)
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

// tab lends an empty tab with a window of width and height.
func tab(t *testing.T) *browser.Page {
	t.Helper()
	page := chromium.Tab(t)
	page.Do(chromedp.EmulateViewport(width, height))
	return page
}

// open opens the page with the model that sorts letters, and waits until it has drawn it.
func open(t *testing.T, address string) *browser.Page {
	t.Helper()
	page := tab(t)
	page.Tells = tells
	page.Do(chromedp.Navigate(sorting(address)))
	page.WaitFor(`window.glassbox`)
	browser.Eval[bool](page, `glassbox.ready.then(() => true)`)
	return page
}

// everywhere runs a test over http and from a file.
func everywhere(t *testing.T, test func(t *testing.T, page *browser.Page)) {
	for name, address := range addresses(t) {
		t.Run(name, func(t *testing.T) {
			page := open(t, address)
			test(t, page)
			page.NoErrors()
		})
	}
}

// fromDisk runs a test from a file alone, the stricter of the two ways, where http would
// only repeat it.
func fromDisk(t *testing.T, test func(t *testing.T, page *browser.Page)) {
	page := open(t, addresses(t)["file"])
	test(t, page)
	page.NoErrors()
}
