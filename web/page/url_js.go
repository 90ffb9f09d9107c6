package page

import (
	"syscall/js"

	"glassbox/web/app"
)

// watchURL follows back, forward and edits of the address.
func (p *Page) watchURL() {
	for _, name := range []string{"hashchange", "popstate"} {
		p.listen(js.Global(), name, false, func(js.Value) {
			p.Send(app.Navigated{Hash: js.Global().Get("location").Get("hash").String()})
		})
	}
}

// setHash writes the state into the address. Frames without a history of their own (a
// sandbox, srcdoc) refuse; the page works without.
func (p *Page) setHash(hash string, push bool) {
	defer func() { _ = recover() }()
	method := "replaceState"
	if push && !p.embed.in { // Back in an article is not for what happened in its frames
		method = "pushState"
	}
	if hash == "" { // "" would stand for the address as it is
		hash = js.Global().Get("location").Get("pathname").String() + js.Global().Get("location").Get("search").String()
	}
	js.Global().Get("history").Call(method, js.Null(), "", hash)
}
