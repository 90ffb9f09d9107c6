package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/feature"
)

// applyHost reads the query of the URL, and sets the attributes of the root element that the
// style sheet uses. host.js did the same before the first picture, unchecked.
func (p *Page) applyHost() {
	p.Send(feature.Hosted{Query: js.Global().Get("location").Get("search").String()})
	p.applyTheme()
	h := p.state.Host
	html := js.Global().Get("document").Get("documentElement")
	for name, value := range map[string]string{"data-ui": string(h.UI), "data-motion": string(h.Motion), "data-hide": strings.Join(h.Hide, " ")} {
		if value == "" {
			html.Call("removeAttribute", name)
		} else {
			html.Call("setAttribute", name, value)
		}
	}
}
