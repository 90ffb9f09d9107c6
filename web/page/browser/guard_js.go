// Package browser is what the page asks of the browser: callbacks whose panics are caught, frames and
// timers, promises, the clipboard, the focus, the address.
package browser

import (
	"fmt"
	"runtime/debug"
	"syscall/js"
)

// A Guard makes callbacks of the browser: a panic in one is reported, and the page goes on.
type Guard struct {
	Crashed func(reason string, stack []byte)
}

// Try runs f.
func (p Guard) Try(where string, f func()) {
	defer func() {
		if v := recover(); v != nil {
			p.Crashed(fmt.Sprintf("%s: %v", where, v), debug.Stack())
		}
	}()
	f()
}

// Function returns a JavaScript function that calls f. All callbacks of the browser go through here;
// where names the callback. The function lives until it is released.
func (p Guard) Function(where string, f func(args []js.Value)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		p.Try(where, func() { f(args) })
		return nil
	})
}

// Listen calls f on the events of a target, with capture before the elements inside it get them. No
// listener is passive, so f may call preventDefault.
func (p Guard) Listen(target js.Value, name string, capture bool, f func(event js.Value)) {
	target.Call("addEventListener", name, p.Function(name, func(args []js.Value) { f(args[0]) }),
		map[string]any{"capture": capture, "passive": false})
}
