package browser

import "syscall/js"

// Copy puts text on the clipboard where the browser allows it, and tells whether it did.
func (p Guard) Copy(text string, done func(ok bool)) {
	clipboard := js.Global().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() {
		done(copyBySelection(text))
		return
	}
	p.Then(clipboard.Call("writeText", text), func() { done(true) }, func() { done(copyBySelection(text)) })
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
