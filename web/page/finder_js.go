package page

import (
	"syscall/js"
)

// revealPlace scrolls the list of the finder to the selected place. It does not use
// scrollIntoView, which would also scroll the page around a frame.
func (p *Page) revealPlace() {
	list := element("places")
	at := js.Global().Get("document").Call("querySelector", `#places [aria-selected="true"]`)
	if list.IsNull() || at.IsNull() {
		return
	}
	place, box := bounds(at), bounds(list)
	const room = 28 // for the heading of its group
	top := list.Get("scrollTop").Float()
	switch {
	case at.Get("id").String() == "place-0":
		list.Set("scrollTop", 0)
	case place.Y < box.Y+room:
		list.Set("scrollTop", top-float64(box.Y+room-place.Y))
	case place.Y+place.H > box.Y+box.H:
		list.Set("scrollTop", top+float64(place.Y+place.H-box.Y-box.H)+4)
	}
}
