package page

import (
	"errors"
	"fmt"
	"runtime/debug"
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/dom"
)

// guard runs f. A panic is told to the reader, and the page lives on: Update changed
// nothing if it panicked, and whatever else f did is drawn anew from the state.
func (p *Page) guard(where string, f func()) {
	defer func() {
		if v := recover(); v != nil {
			p.crash(fmt.Sprintf("%s: %v", where, v), debug.Stack())
		}
	}()
	f()
}

// crash reports a panic, the same one over and over only once.
func (p *Page) crash(reason string, stack []byte) {
	js.Global().Get("console").Call("error", reason+"\n"+string(stack))
	if p.crashed == reason {
		return
	}
	p.crashed = reason
	p.clock.after(1000, func() { p.crashed = "" })
	p.Send(app.Crashed{Reason: reason})
}

// failed takes the errors of the renderer. When it can't draw, the interface can't say so
// either: then the card that stands in index.html does.
func (p *Page) failed(err error) {
	var panicked *dom.Panic
	if errors.As(err, &panicked) && panicked.Where != "rendering" {
		p.crash(err.Error(), panicked.Stack)
		return
	}
	js.Global().Get("console").Call("error", err.Error())
	js.Global().Get("glassboxBoot").Call("stumble", err.Error())
}
