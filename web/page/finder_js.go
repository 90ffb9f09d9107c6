package page

import (
	"syscall/js"

	"glassbox/web/feature"
)

// focusFinder moves the focus into the finder's field when it opens, and to the place that was
// picked when it closes. If none was picked, the focus goes back by itself.
func (p *Page) focusFinder(m feature.Msg, before *feature.State) {
	was, is := before.Finder, p.state.Finder
	switch _, picked := m.(feature.FinderPicked); {
	case was == nil && is != nil:
		p.perform(feature.Focus{ID: "finder"})
	case was != nil && is == nil && picked && p.state.Find != before.Find:
		p.perform(feature.Focus{ID: "find"})
	case was != nil && is == nil && picked && p.state.Word != "":
		p.perform(feature.Focus{ID: "glossed-title"})
	case was != nil && is == nil && picked:
		p.dom.RenderNow() // until then the scene is inert
		p.focus.modal(false)
		element("gl").Call("focus", map[string]any{"preventScroll": true})
	}
}

// revealPlace scrolls the list of the finder to the selected place. It does not use
// scrollIntoView, which would also scroll the page around a frame.
func (p *Page) revealPlace() {
	if p.state.Finder == nil {
		return
	}
	list := element("places")
	at := js.Global().Get("document").Call("querySelector", `#places [aria-selected="true"]`)
	if list.IsNull() || at.IsNull() {
		return
	}
	place, box := bounds(at), bounds(list)
	const room = 28 // for the heading of its group
	top := list.Get("scrollTop").Float()
	switch {
	case p.state.Finder.At == 0:
		list.Set("scrollTop", 0)
	case place.Y < box.Y+room:
		list.Set("scrollTop", top-float64(box.Y+room-place.Y))
	case place.Y+place.H > box.Y+box.H:
		list.Set("scrollTop", top+float64(place.Y+place.H-box.Y-box.H)+4)
	}
}
