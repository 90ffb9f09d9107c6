package page

import (
	"syscall/js"

	"glassbox/web/feature"
)

// watchURL tells Update of back, forward and edits of the address.
func (p *Page) watchURL() {
	for _, name := range []string{"hashchange", "popstate"} {
		p.listen(js.Global(), name, false, func(js.Value) {
			p.address.wanted = js.Global().Get("location").Get("hash").String() // the reader's word is newer
			p.Send(feature.Navigated{Hash: js.Global().Get("location").Get("hash").String()})
		})
	}
}

// An addressBar writes the state into the address of the page. Browsers limit how often a page may
// do that, some silently; what they refused is written again, so that the last state stands
// there in the end.
type addressBar struct {
	page   *Page
	wanted string
	tries  int  // that are left
	armed  bool // one is coming
}

// Browsers limit the writes within ten to thirty seconds. Some pages may never write (frames
// without a history of their own, in a sandbox or from srcdoc): they give up after maxTries.
const (
	maxTries   = 40
	retryAfter = 1000 // milliseconds
)

// set writes the state into the address; with push it adds an entry to the history.
func (a *addressBar) set(hash string, push bool) {
	a.wanted, a.tries = hash, maxTries
	a.write(push)
	a.watch()
}

// watch repeats a write that the browser refused.
func (a *addressBar) watch() {
	if a.armed || a.tries == 0 || js.Global().Get("location").Get("hash").String() == a.wanted {
		return
	}
	a.armed = true
	a.tries--
	a.page.clock.after(retryAfter, func() {
		a.armed = false
		if js.Global().Get("location").Get("hash").String() != a.wanted {
			a.write(false)
		}
		a.watch()
	})
}

func (a *addressBar) write(push bool) {
	defer func() { _ = recover() }()
	hash := a.wanted
	method := "replaceState"
	if push && !a.page.embed.in { // Back in an article is not for what happened in its frames
		method = "pushState"
	}
	if hash == "" { // "" would stand for the address as it is
		hash = js.Global().Get("location").Get("pathname").String() + js.Global().Get("location").Get("search").String()
	}
	js.Global().Get("history").Call(method, js.Null(), "", hash)
}
