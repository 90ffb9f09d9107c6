//go:build !js

package main

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/scripts/browser"
	"glassbox/scripts/gpt/serve"
)

// A wire is a listener whose connections can be cut.
type wire struct {
	net.Listener
	mu   sync.Mutex
	cut  bool // new ones are cut at once
	open []net.Conn
}

// Accept returns the next connection.
func (w *wire) Accept() (net.Conn, error) {
	c, err := w.Listener.Accept()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil && w.cut {
		c.Close()
	}
	w.open = append(w.open, c)
	return c, err
}

// set cuts all connections, and those to come, or lets new ones live.
func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.open {
		if cut && c != nil {
			c.Close()
		}
	}
	w.cut, w.open = cut, nil
}

// TestAProgramOfAnotherBuildIsTold before anything of it is read wrongly.
func TestAProgramOfAnotherBuildIsTold(t *testing.T) {
	t.Parallel()
	address, _ := serving(t, "tiny-llama")
	page := chromium.Page(t)
	first(page, `{ const real = WebSocket; window.WebSocket = class extends real {
		set onmessage(hear) { super.onmessage = (e) => { const b = new Uint8Array(e.data); if (b[0] === 2) b[1] ^= 1; hear(e); }; }
	}; }`)
	page.Do(chromedp.Navigate(address))
	page.WaitFor(`document.querySelector("#fail p")?.textContent === "The program on this machine was built of another version than this page; run ./scripts/build, start the program again, and open the address that it prints."`)
}

// serving serves the page with a model of model/testdata, as gpt serve does, and returns its address.
func serving(t *testing.T, name string) (address string, w *wire) {
	t.Helper()
	index, err := os.ReadFile(filepath.Join(built, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	files := []checkpoint.File{{Name: "model.safetensors"}, {Name: "config.json"}}
	for i := range files {
		if files[i].Bytes, err = os.ReadFile(filepath.Join("../model/testdata", name, files[i].Name)); err != nil {
			t.Fatal(err)
		}
	}
	hello, err := serve.Describe(files)
	if err != nil {
		t.Fatal(err)
	}
	l, err := serve.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	w = &wire{Listener: l}
	s, err := serve.New(string(index), l, &serve.Model{Hello: hello, Read: func(tell func(int64)) (*checkpoint.Imported, error) {
		tell(int64(hello.Size))
		return checkpoint.ImportFiles(files, checkpoint.Options{})
	}})
	if err != nil {
		t.Fatal(err)
	}
	go s.Serve(w)
	t.Cleanup(func() { l.Close(); w.set(true) })
	return s.Address(l), w
}

// forward returns the numbers of a step of that model, run here.
func forward(t *testing.T, name, step string, ids ...int) []float32 {
	t.Helper()
	files := []checkpoint.File{{Name: "model.safetensors"}, {Name: "config.json"}}
	for i := range files {
		b, err := os.ReadFile(filepath.Join("../model/testdata", name, files[i].Name))
		if err != nil {
			t.Fatal(err)
		}
		files[i].Bytes = b
	}
	m, err := checkpoint.ImportFiles(files, checkpoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tr, err := m.Model.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	s := tr.Step(step)
	var list []float32
	for row := range s.Rows {
		list = append(list, s.Row(row)...)
	}
	return list
}

// openServed opens the address that gpt serve printed, in a window without a key.
func openServed(t *testing.T, address string) *browser.Page {
	t.Helper()
	page := chromium.Page(t)
	page.Tells = tells
	page.Do(chromedp.EmulateViewport(width, height, coarse))
	page.Prefer(motion, "reduce")
	first(page, unpainted)
	page.Do(chromedp.Navigate(address))
	return page
}

const tensorOf = `glassbox.tensor("h.1.mlp.down").then((t) => [...t.data])`

// TestAProgramOnThisMachineComputesInTheStead of the page's worker: what is read are its numbers. When the way to it breaks, the
// page says so, keeps what it has, and finds it again.
func TestAProgramOnThisMachineComputesInTheSteadOfTheWorker(t *testing.T) {
	t.Parallel()
	address, w := serving(t, "tiny-llama")
	page := openServed(t, address)
	page.WaitFor(ready)
	s := browser.Eval[state](page, `glassbox.state()`)
	key := strings.Split(address, "#token=")[1]
	if browser.Eval[bool](page, `[location.href, glassbox.state().hash, JSON.stringify(history.state)].join().includes("`+key+`")`) {
		t.Errorf("the key stands in the address still: %s", s.Hash)
	}
	if got, want := browser.Eval[[]float32](page, tensorOf), forward(t, "tiny-llama", "h.1.mlp.down", 0, 1, 2, 3, 4, 5); !slices.Equal(got, want) {
		t.Errorf("the page reads %v…; computed here %v…", got[:4], want[:4])
	}
	if says := browser.Eval[string](page, `document.querySelector("#about-served").innerText`); !strings.Contains(says, "gpt serve") {
		t.Errorf("the overview says %q", says)
	}
	page.NoErrors()
	goTo(page, "h.0.attn.head.0.scores")

	w.set(true)
	page.WaitFor(`document.querySelector("#served")?.textContent.includes("try 2")`)
	browser.Eval[bool](page, `(glassbox.setPrompt("7 8 9").catch(() => 0), true)`)
	if s := browser.Eval[state](page, `glassbox.state()`); len(s.Tokens) != 6 || s.Panel != "h.0.attn.head.0.scores" || s.Problem != nil {
		t.Errorf("while the way is broken: %+v", s)
	}
	w.set(false)
	page.WaitFor(`!document.querySelector("#served") && glassbox.state().tokens.length === 3 && !glassbox.state().busy`)
	if s := browser.Eval[state](page, `glassbox.state()`); s.Text != "7 8 9" || s.Panel != "h.0.attn.head.0.scores" || s.Problem != nil {
		t.Errorf("found again: %+v", s)
	}
	if got, want := browser.Eval[[]float32](page, tensorOf), forward(t, "tiny-llama", "h.1.mlp.down", 7, 8, 9); !slices.Equal(got, want) {
		t.Errorf("then the page reads %v…; computed here %v…", got[:4], want[:4])
	}
	press(page, `[data-model="sort"]`) // a model that the page carries goes to the program
	page.WaitFor(`glassbox.state().model === "sort" && glassbox.state().tokens.length === 6 && !glassbox.state().busy`)
	pick(page, onDisk(t, "mine.safetensors", randomModel(t, model.Config{Vocab: 3, Context: 9, Width: 16, Heads: 2, Blocks: 1, Alphabet: "xyz"})))
	page.WaitFor(`glassbox.state().model === "file.1" && glassbox.state().tokens.length === 3 && !glassbox.state().busy`) // so does a file
	press(page, `[data-model="file.0"]`)
	page.WaitFor(`glassbox.state().model === "file.0" && glassbox.state().tokens.length === 6 && !glassbox.state().busy`)

	// The program was started again, and its new address is opened in this tab: nothing is left of it there, and nothing is lost.
	browser.Eval[state](page, `glassbox.setPrompt("4 5")`)
	before := browser.Eval[string](page, `location.href`)
	for _, c := range []struct{ key, shows string }{
		{"x", `document.querySelector("#problem")?.textContent.includes("lacks the key")`},
		{key, `!document.querySelector("#problem") && glassbox.state().phase === 2 && !glassbox.state().busy`},
	} {
		browser.Eval[bool](page, `(location.hash = "#token=`+c.key+`", true)`)
		page.WaitFor(`location.href === ` + strconv.Quote(before) + ` && ` + c.shows)
		if s := browser.Eval[state](page, `glassbox.state()`); s.Text != "4 5" {
			t.Errorf("with the key %s it is %+v", c.key, s)
		}
	}
	page.Do(chromedp.Reload())
	page.WaitFor(ready) // the key is kept in this tab
}

// TestOnlyOnePageWithTheKeyIsServed: the others are told why.
func TestOnlyOnePageWithTheKeyIsServed(t *testing.T) {
	t.Parallel()
	address, _ := serving(t, "tiny-llama")
	openServed(t, address).WaitFor(ready)
	for at, says := range map[string]string{
		address:                        "Another page shows this model already",
		strings.Split(address, "#")[0]: "lacks the key",
		strings.Split(address, "#")[0] + "#token=x": "lacks the key",
	} {
		page := openServed(t, at)
		page.WaitFor(`document.querySelector("#fail p")?.textContent.includes("` + says + `")`)
		if all := browser.Eval[string](page, `document.querySelector("#fail p").textContent`); strings.Contains(all, "Firefox") {
			t.Errorf("it says %q; another browser would not help", all)
		}
	}
}
