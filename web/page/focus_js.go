package page

import "syscall/js"

// focus sees to it that the keyboard's focus is never lost: when the element that has it
// goes, is hidden, disabled or made inert by a rendering, it moves to what stands beside,
// or back to where it was before. While a modal card is open it stays there.
type focus struct {
	path []js.Value // elements that had the focus, the present one last
}

// mostPath is how many elements are remembered.
const mostPath = 12

// watch remembers where the focus goes. A press beside everything gives it up on purpose.
func (f *focus) watch(p *Page) {
	document := js.Global().Get("document")
	p.listen(document, "focusin", false, func(event js.Value) {
		f.path = append(f.path, event.Get("target"))
		if len(f.path) > mostPath {
			f.path = f.path[1:]
		}
	})
	p.listen(document, "pointerdown", true, func(js.Value) {
		if document.Get("activeElement").Equal(document.Get("body")) {
			f.path = nil
		}
	})
}

// modal shuts the scene off while a card that wants the whole focus is open; the rest of
// the page does that by itself.
func (f *focus) modal(open bool) { element("scene").Call("toggleAttribute", "inert", open) }

// keep is called after each rendering.
func (f *focus) keep() {
	document := js.Global().Get("document")
	card := document.Call("querySelector", "[aria-modal=true]")
	f.modal(!card.IsNull())
	if !card.IsNull() {
		if !card.Call("contains", document.Get("activeElement")).Bool() {
			card.Call("querySelector", "button:enabled, select, input, textarea").Call("focus")
		}
		return
	}
	n := len(f.path) - 1
	if n < 0 || takes(f.path[n]) {
		return
	}
	lost := f.path[n]
	f.path = f.path[:n]
	if beside := neighbour(lost); !beside.IsNull() {
		beside.Call("focus", map[string]any{"preventScroll": true})
		return
	}
	f.back()
}

// back gives the focus to the last element that still takes it, or else to the scene.
func (f *focus) back() {
	for n := len(f.path) - 1; n >= 0; n-- {
		if takes(f.path[n]) {
			f.path[n].Call("focus")
			return
		}
	}
	element("gl").Call("focus", map[string]any{"preventScroll": true})
}

// neighbour returns a sibling that takes the focus in place of a button that was disabled.
func neighbour(lost js.Value) js.Value {
	if !lost.Get("isConnected").Bool() || !lost.Call("matches", ":disabled").Bool() {
		return js.Null()
	}
	return lost.Get("parentElement").Call("querySelector", "button:enabled")
}

// takes reports whether an element can have the focus.
func takes(e js.Value) bool {
	return e.Get("isConnected").Bool() && !e.Call("matches", ":disabled").Bool() &&
		e.Call("closest", "[inert]").IsNull() && e.Call("getClientRects").Get("length").Int() > 0
}
