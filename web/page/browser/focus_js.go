package browser

import "syscall/js"

// Focus keeps the keyboard's focus from being lost: when a rendering removes, hides or disables
// the element that has it, or makes it inert, the focus moves to a neighbour, or back to where it
// was before. While a modal card is open it stays in the card.
type Focus struct {
	history []js.Value // elements that had the focus, the present one last
	dropped bool       // the reader dropped files, and has neither pressed a key nor the pointer since
}

// maxHistory is how many elements are remembered.
const maxHistory = 12

// Watch records where the focus goes. A press on the page's background gives it up on purpose.
func (f *Focus) Watch(p Guard) {
	document := js.Global().Get("document")
	p.Listen(document, "focusin", false, func(event js.Value) {
		f.history = append(f.history, event.Get("target"))
		if len(f.history) > maxHistory {
			f.history = f.history[1:]
		}
	})
	p.Listen(document, "pointerdown", true, func(js.Value) {
		if document.Get("activeElement").Equal(document.Get("body")) {
			f.history = nil
		}
	})
	for name, drops := range map[string]bool{"drop": true, "keydown": false, "pointerdown": false} {
		p.Listen(document, name, true, func(js.Value) { f.dropped = drops })
	}
}

// Give gives the focus to an element. A button that gets it because files were dropped is not what the reader is at: it
// has no ring.
func (f *Focus) Give(e js.Value, preventScroll bool) {
	options := map[string]any{"preventScroll": preventScroll}
	if f.dropped && e.Call("matches", "button").Bool() {
		options["focusVisible"] = false
	}
	e.Call("focus", options)
}

// Modal makes the scene inert while a modal card is open; the rest of the page does that by
// itself.
func (f *Focus) Modal(open bool) { Element("scene").Call("toggleAttribute", "inert", open) }

// Keep is called after each rendering.
func (f *Focus) Keep() {
	document := js.Global().Get("document")
	card := document.Call("querySelector", "[aria-modal=true]")
	f.Modal(!card.IsNull())
	if !card.IsNull() {
		if !card.Call("contains", document.Get("activeElement")).Bool() {
			card.Call("querySelector", "button:enabled, select, input, textarea").Call("focus")
		}
		return
	}
	n := len(f.history) - 1
	if n < 0 || canFocus(f.history[n]) {
		return
	}
	lost := f.history[n]
	f.history = f.history[:n]
	if beside := neighbour(lost); !beside.IsNull() {
		beside.Call("focus", map[string]any{"preventScroll": true})
		return
	}
	f.back()
}

// back gives the focus to the last element that still takes it, or else to the scene.
func (f *Focus) back() {
	for n := len(f.history) - 1; n >= 0; n-- {
		if canFocus(f.history[n]) {
			f.history[n].Call("focus")
			return
		}
	}
	Element("gl").Call("focus", map[string]any{"preventScroll": true})
}

// neighbour returns a sibling that takes the focus in place of a button that was disabled.
func neighbour(lost js.Value) js.Value {
	if !lost.Get("isConnected").Bool() || !lost.Call("matches", ":disabled").Bool() {
		return js.Null()
	}
	return lost.Get("parentElement").Call("querySelector", "button:enabled")
}

// canFocus reports whether an element can have the focus.
func canFocus(e js.Value) bool {
	return e.Get("isConnected").Bool() && !e.Call("matches", ":disabled").Bool() &&
		e.Call("closest", "[inert]").IsNull() && e.Call("getClientRects").Get("length").Int() > 0
}
