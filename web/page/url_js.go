package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/page/browser"
)

// watchURL tells Update of back, forward and edits of the address.
func (p *Page) watchURL() {
	for _, name := range []string{"hashchange", "popstate"} {
		p.Listen(js.Global(), name, false, func(js.Value) {
			p.address.Wanted = js.Global().Get("location").Get("hash").String() // the reader's word is newer
			p.Send(feature.Navigated{Hash: js.Global().Get("location").Get("hash").String()})
		})
	}
}

// copyLink copies the link to what is shown, or else shows it, selected, to be copied by
// hand.
func (p *Page) copyLink() {
	link := p.link()
	if link == "" {
		p.Send(feature.LinkCopied{})
		return
	}
	p.Copy(link, func(ok bool) {
		p.Send(feature.LinkCopied{Link: link, OK: ok})
		if ok {
			return
		}
		p.dom.RenderNow()
		if field := browser.Element("link-text"); !field.IsNull() {
			field.Call("focus")
			field.Call("select")
		}
	})
}

// link is the whole address of what is shown; a page without an address has none.
func (p *Page) link() string {
	href := js.Global().Get("location").Get("href").String()
	for _, scheme := range []string{"http:", "https:", "file:"} {
		if strings.HasPrefix(href, scheme) {
			return p.state.FullLink(href)
		}
	}
	return ""
}
