package page

import (
	"errors"
	"fmt"
	"runtime/debug"
	"syscall/js"

	"glassbox/web/dom"
	"glassbox/web/feature"
)

// guard runs f. A panic is reported to the reader, and the page goes on: Update changed
// nothing if it panicked, and whatever else f did is drawn anew from the state.
func (p *Page) guard(where string, f func()) {
	defer func() {
		if v := recover(); v != nil {
			p.reportCrash(fmt.Sprintf("%s: %v", where, v), debug.Stack())
		}
	}()
	f()
}

// function returns a JavaScript function that calls f under guard. All callbacks of the browser
// go through here; where names the callback. The function lives until it is released.
func (p *Page) function(where string, f func(args []js.Value)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		p.guard(where, func() { f(args) })
		return nil
	})
}

// listen calls f on the events of a target, with capture before the elements inside it get
// them. No listener is passive, so f may call preventDefault.
func (p *Page) listen(target js.Value, name string, capture bool, f func(event js.Value)) {
	target.Call("addEventListener", name, p.function(name, func(args []js.Value) { f(args[0]) }),
		map[string]any{"capture": capture, "passive": false})
}

// reportCrash reports a panic, the same one over and over only once.
func (p *Page) reportCrash(reason string, stack []byte) {
	js.Global().Get("console").Call("error", reason+"\n"+string(stack))
	if p.crashed == reason {
		return
	}
	p.crashed = reason
	p.clock.after(1000, func() { p.crashed = "" })
	p.Send(feature.Crashed{Reason: reason})
}

// renderFailed handles the errors of the renderer. When it can't draw, the interface can't say
// so either: then the card that stands in index.html does.
func (p *Page) renderFailed(err error) {
	var panicked *dom.Panic
	if errors.As(err, &panicked) && panicked.Where != "rendering" {
		p.reportCrash(err.Error(), panicked.Stack)
		return
	}
	js.Global().Get("console").Call("error", err.Error())
	js.Global().Get("glassboxBoot").Call("stumble", err.Error())
}
