//go:build !js

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/security"
	"github.com/chromedp/chromedp"

	"glassbox/model"
	"glassbox/scripts/browser"
)

// A host serves the page, and beside it the file of a model, with the habits of hosts that there are.
type host struct {
	*httptest.Server
	file []byte

	mu      sync.Mutex
	breaks  int  // how many answers are cut off after 3 MB
	ranges  bool // it knows ranges
	lies    int  // bytes more than there are, by its word
	foreign bool // it lets other pages read
	asked   []string
	served  int // bytes of the file
}

// newHost starts a host; with a certificate that the browser has to overlook, if it is to be one by https.
func newHost(t *testing.T, https bool) *host {
	t.Helper()
	h := &host{ranges: true, foreign: true}
	h.file = randomModel(t, model.Config{Vocab: 65, Context: 64, Width: 192, Heads: 4, Blocks: 4, Tied: true, Alphabet: letters65})
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(built)))
	mux.HandleFunc("/w/", h.serve)
	if h.Server = httptest.NewUnstartedServer(mux); https {
		h.StartTLS()
	} else {
		h.Start()
	}
	t.Cleanup(h.Close)
	return h
}

// set changes its habits.
func (h *host) set(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

// requests returns what it was asked for of the file.
func (h *host) requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.asked...)
}

func (h *host) serve(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.asked = append(h.asked, r.Method+" "+r.Header.Get("Range"))
	cut := h.breaks > 0
	if cut {
		h.breaks--
	}
	ranges, lies, foreign := h.ranges, h.lies, h.foreign
	h.mu.Unlock()
	if foreign {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	if r.URL.Path != "/w/mine.safetensors" {
		http.NotFound(w, r)
		return
	}
	at := 0
	w.Header().Set("Last-Modified", "Tue, 01 Sep 2026 10:00:00 GMT")
	if from, ok := strings.CutPrefix(r.Header.Get("Range"), "bytes="); ok && ranges {
		at, _ = strconv.Atoi(strings.TrimSuffix(from, "-"))
		w.Header().Set("Content-Range", "bytes "+strconv.Itoa(at)+"-"+strconv.Itoa(len(h.file)-1)+"/"+strconv.Itoa(len(h.file)+lies))
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(h.file)-at+lies))
	if w.Header().Get("Content-Range") != "" {
		w.WriteHeader(http.StatusPartialContent)
	}
	rest := h.file[at:]
	if cut {
		rest = rest[:min(3<<20, len(rest))]
	}
	n, _ := w.Write(rest)
	h.set(func() { h.served += n })
	if cut {
		_ = http.NewResponseController(w).Flush()
		time.Sleep(time.Second) // what was sent arrives: at the end of a connection it would be lost
	}
	if cut || lies > 0 {
		panic(http.ErrAbortHandler) // the connection breaks
	}
}

// follow opens a link to the file, and waits until the reader is asked.
func follow(t *testing.T, page *browser.Page, address, hash string) {
	t.Helper()
	page.Tells = tells
	page.Do(chromedp.Navigate(address + "#" + hash))
	page.WaitFor(`window.glassbox && document.querySelector("#weights-card")`)
}

// yes says yes to the host, and waits until the page has loaded anew.
func yes(t *testing.T, page *browser.Page) {
	t.Helper()
	browser.Eval[bool](page, `(window.before = true)`)
	press(page, "#weights-confirm")
	for end := time.Now().Add(browser.Patience); ; time.Sleep(50 * time.Millisecond) {
		// Between the two there is no page that could answer.
		if anew, err := chromedp.Run(page.Context, chromedp.Evaluate[bool](`!window.before && !!window.glassbox`)); err == nil && anew {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the page does not load anew")
		}
	}
}

// agree says yes, and waits until the size is there.
func agree(t *testing.T, page *browser.Page) {
	t.Helper()
	yes(t, page)
	page.WaitFor(`document.querySelector("#open-confirm")`)
}

// quiet is a tab in which the scene is not drawn.
func quiet(t *testing.T) *browser.Page {
	t.Helper()
	page := tab(t)
	page.Prefer(motion, "reduce")
	first(page, unpainted)
	return page
}

const here = `glassbox.state().model.startsWith("file.") && glassbox.state().tokens.length > 0`

func TestALinkToAFileAsksBeforeItAsksTheHost(t *testing.T) {
	t.Parallel()
	h := newHost(t, false)
	page := quiet(t)
	follow(t, page, h.URL+"/", "text=To%20be&weights="+url.QueryEscape("w/mine.safetensors"))
	if text := browser.Eval[string](page, `document.querySelector("#weights-card").innerText`); !strings.Contains(text, "The server of this page would be asked for mine.safetensors") {
		t.Errorf("the card says %q", text)
	}
	time.Sleep(500 * time.Millisecond)
	if asked := h.requests(); asked != nil {
		t.Fatalf("before a yes the host was asked %q", asked)
	}
	agree(t, page)
	inDialog(page, "The file comes from the server of this page")
	if text := browser.Eval[string](page, `document.querySelector("#open-confirm").textContent`); !strings.Contains(text, "Load 7.2") {
		t.Errorf("the button says %q", text)
	}
	press(page, "#open-confirm")
	page.WaitFor(here + ` && glassbox.state().text === "To be"`)
	if hash := browser.Eval[string](page, `location.hash`); !strings.Contains(hash, "weights=w%2Fmine.safetensors") || !strings.Contains(hash, "text=To%20be") || strings.Contains(hash, "file.") {
		t.Errorf("the address is %s", hash)
	}
	if h.served > len(h.file) {
		t.Errorf("%d bytes were sent for %d", h.served, len(h.file))
	}
	page.NoErrors()

	// It is kept now: a second visit asks the reader, and no host.
	asked := len(h.requests())
	page.Do(chromedp.Navigate("about:blank"))
	follow(t, page, h.URL+"/", "weights=w%2Fmine.safetensors")
	page.WaitFor(`document.querySelector("#weights-says").textContent.includes("is kept in this browser")`)
	press(page, "#weights-confirm")
	page.WaitFor(`document.querySelector("#open-confirm")`)
	press(page, "#open-confirm")
	page.WaitFor(here)
	if len(h.requests()) != asked {
		t.Errorf("what is kept was asked for again: %q", h.requests()[asked:])
	}
	press(page, "#menu-address")
	page.WaitFor(`document.querySelector("[data-forget]")`)
	press(page, "[data-forget]")
	page.WaitFor(`!document.querySelector("[data-forget]")`)
	page.NoErrors()
}

func TestABreakIsWaitedFor(t *testing.T) {
	t.Parallel()
	for _, ranges := range []bool{true, false} {
		h := newHost(t, false)
		h.set(func() { h.ranges, h.breaks = ranges, map[bool]int{true: 2, false: 1}[ranges] })
		page := quiet(t)
		follow(t, page, h.URL+"/", "weights=w%2Fmine.safetensors")
		agree(t, page)
		press(page, "#open-confirm")
		page.WaitFor(here)
		asked := strings.Join(h.requests(), ", ")
		if !regexp.MustCompile(`GET bytes=[1-9]\d+-`).MatchString(asked) {
			t.Errorf("after a break it asks %q", asked)
		}
		if most := 2 * len(h.file); ranges && h.served > most { // what was on its way at a break is lost
			t.Errorf("%d bytes were sent for %d", h.served, most)
		}
	}
}

func TestWhatIsNotAsItWasSaidIsNotTakenForAWholeFile(t *testing.T) {
	t.Parallel()
	h := newHost(t, false)
	h.set(func() { h.file, h.lies = h.file[:len(h.file)-1000], 1000 })
	page := quiet(t)
	follow(t, page, h.URL+"/", "weights=w%2Fmine.safetensors")
	agree(t, page)
	press(page, "#open-confirm")
	page.WaitFor(`glassbox.state().problem`)
	if s := browser.Eval[state](page, `glassbox.state()`); !strings.Contains(s.Problem.Detail, "The connection broke after") || !strings.Contains(s.Problem.Detail, "Nothing was replaced") {
		t.Errorf("of a file that is shorter than it should be it says %+v", s.Problem)
	}
	press(page, "#menu-address")
	page.WaitFor(`document.querySelector("[data-kept]")`)
	if text := browser.Eval[string](page, `document.querySelector("#weights-kept").innerText`); !strings.Contains(text, "a part of") {
		t.Errorf("half a file is listed as %q", text)
	}
}

func TestAFileWithAnotherSumIsRefusedAndNotKept(t *testing.T) {
	t.Parallel()
	h := newHost(t, false)
	sum := sha256.Sum256(h.file)
	for want, hash := range map[string]string{"mine.safetensors is not what it was": strings.Repeat("0", 64), "": hex.EncodeToString(sum[:])} {
		page := quiet(t)
		follow(t, page, h.URL+"/", "sha256="+hash+"&weights=w%2Fmine.safetensors")
		agree(t, page)
		press(page, "#open-confirm")
		if want == "" {
			page.WaitFor(here)
			continue
		}
		page.WaitFor(`glassbox.state().problem`)
		if s := browser.Eval[state](page, `glassbox.state()`); !strings.Contains(s.Problem.Detail, want) {
			t.Errorf("it says %+v", s.Problem)
		}
		if n := browser.Eval[int](page, `glassboxRemote.kept().then((l) => l.filter((k) => k.whole).length)`); n != 0 {
			t.Errorf("%d files are kept", n)
		}
	}
}

// TestAnotherHostIsAskedAloneAfterAYes is about hosts by https, from a disk.
func TestAnotherHostIsAskedAloneAfterAYes(t *testing.T) {
	t.Parallel()
	h, other := newHost(t, true), newHost(t, true)
	address := "file://" + filepath.Join(built, "index.html")
	link := "weights=" + url.QueryEscape(h.URL+"/w/mine.safetensors")
	page := quiet(t)
	if _, err := chromedp.Call(page.Context, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}); err != nil {
		t.Fatal(err)
	}
	follow(t, page, address, link)
	ask := `fetch(%q).then(() => "answered", (e) => e.name)`
	if got := browser.Eval[string](page, strings.Replace(ask, "%q", strconv.Quote(h.URL+"/w/mine.safetensors"), 1)); got != "TypeError" || h.requests() != nil {
		t.Errorf("before a yes the host is %s", got)
	}
	agree(t, page)
	if got := browser.Eval[string](page, strings.Replace(ask, "%q", strconv.Quote(other.URL+"/w/mine.safetensors"), 1)); got != "TypeError" || other.requests() != nil {
		t.Errorf("after a yes another host is %s", got)
	}
	inDialog(page, "The file comes from "+strings.TrimPrefix(h.URL, "https://"))
	press(page, "#open-confirm")
	page.WaitFor(here)

	// A host that lets no other page read, and an address at which nothing is.
	for path, says := range map[string]string{"/w/mine.safetensors": "Access-Control-Allow-Origin", "/w/gone.safetensors": "there is no such file"} {
		other.set(func() { other.foreign = strings.Contains(path, "gone") })
		page.Do(chromedp.Navigate("about:blank"))
		follow(t, page, address, "weights="+url.QueryEscape(other.URL+path))
		yes(t, page)
		page.WaitFor(`document.querySelector("#weights-said")`)
		if text := browser.Eval[string](page, `document.querySelector("#weights-said").textContent`); !strings.Contains(text, says) {
			t.Errorf("of %s it says %q", path, text)
		}
	}
}

func TestALoadingIsCancelled(t *testing.T) {
	t.Parallel()
	h := newHost(t, false)
	h.set(func() { h.breaks = 1 << 20 })
	page := quiet(t)
	follow(t, page, h.URL+"/", "weights=w%2Fmine.safetensors")
	agree(t, page)
	press(page, "#open-confirm")
	page.WaitFor(`document.querySelector("#open-progress")`)
	page.Do(chromedp.KeyEvent("\x1b"))
	page.WaitFor(`!document.querySelector("#open-card") && glassbox.state().tokens.length > 0`)
	if hash := browser.Eval[string](page, `location.hash`); strings.Contains(hash, "weights") {
		t.Errorf("the address still says %s", hash)
	}
}
