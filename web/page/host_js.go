package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/app"
)

// obeyHost reads the query of the URL, and marks the root element for the style sheet:
// host.js did the same before the first picture, unchecked.
func (p *Page) obeyHost() {
	p.Send(app.Hosted{Query: js.Global().Get("location").Get("search").String()})
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
