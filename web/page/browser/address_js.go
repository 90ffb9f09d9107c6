package browser

import "syscall/js"

// An AddressBar writes the state into the address of the page. Browsers limit how often a page may
// do that, some silently; what they refused is written again, so that the last state stands
// there in the end.
type AddressBar struct {
	Clock  *Clock
	Framed bool   // Back in an article is not for what happened in its frames
	Wanted string // the newest
	tries  int    // that are left
	armed  bool   // one is coming
}

// Browsers limit the writes within ten to thirty seconds. Some pages may never write (frames
// without a history of their own, in a sandbox or from srcdoc): they give up after maxTries.
const (
	maxTries   = 40
	retryAfter = 1000 // milliseconds
)

// Set writes the state into the address; with push it adds an entry to the history.
func (a *AddressBar) Set(hash string, push bool) {
	a.Wanted, a.tries = hash, maxTries
	a.write(push)
	a.watch()
}

// watch repeats a write that the browser refused.
func (a *AddressBar) watch() {
	if a.armed || a.tries == 0 || js.Global().Get("location").Get("hash").String() == a.Wanted {
		return
	}
	a.armed = true
	a.tries--
	a.Clock.After(retryAfter, func() {
		a.armed = false
		if js.Global().Get("location").Get("hash").String() != a.Wanted {
			a.write(false)
		}
		a.watch()
	})
}

func (a *AddressBar) write(push bool) {
	defer func() { _ = recover() }()
	hash := a.Wanted
	method := "replaceState"
	if push && !a.Framed {
		method = "pushState"
	}
	if hash == "" { // "" would stand for the address as it is
		hash = js.Global().Get("location").Get("pathname").String() + js.Global().Get("location").Get("search").String()
	}
	js.Global().Get("history").Call(method, js.Null(), "", hash)
}
