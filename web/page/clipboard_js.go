package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/feature"
)

// copy puts text on the clipboard where the browser allows it, and tells whether it did.
func (p *Page) copy(text string, done func(ok bool)) {
	clipboard := js.Global().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() {
		done(copyBySelection(text))
		return
	}
	p.then(clipboard.Call("writeText", text), func() { done(true) }, func() { done(copyBySelection(text)) })
}

// copyBySelection copies through a text field, for pages that have no clipboard: those
// opened from a disk in some browsers, and frames without the permission. The focus goes
// back to where it was.
func copyBySelection(text string) (ok bool) {
	defer func() {
		if recover() != nil { // a sandbox may throw where others answer no
			ok = false
		}
	}()
	document := js.Global().Get("document")
	focused := document.Get("activeElement")
	field := document.Call("createElement", "textarea")
	field.Set("value", text)
	field.Get("style").Call("setProperty", "position", "fixed")
	document.Get("body").Call("append", field)
	field.Call("select")
	ok = document.Call("execCommand", "copy").Bool()
	field.Call("remove")
	if !focused.IsNull() {
		focused.Call("focus")
	}
	return ok
}

// copyLink copies the link to what is shown, or else shows it, selected, to be copied by
// hand.
func (p *Page) copyLink() {
	link := p.link()
	if link == "" {
		p.Send(feature.LinkCopied{})
		return
	}
	p.copy(link, func(ok bool) {
		p.Send(feature.LinkCopied{Link: link, OK: ok})
		if ok {
			return
		}
		p.dom.RenderNow()
		if field := element("link-text"); !field.IsNull() {
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
