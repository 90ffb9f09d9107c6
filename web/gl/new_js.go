package gl

import (
	"errors"
	"fmt"
	"syscall/js"
)

// An Option changes how a renderer works.
type Option func(*options)

type options struct {
	requestFrame func()
	onError      func(error)
	onLost       func()
	debug        bool
	noAntialias  bool
}

// RequestFrame sets the function that asks for a new frame. It is called when a lost context was restored,
// and by Draw while shaders are being compiled. Without it the renderer draws its last batch by itself, and
// waits for the shaders.
func RequestFrame(f func()) Option { return func(o *options) { o.requestFrame = f } }

// OnError sets the function that is called when the driver refuses a shader, as the first Draw finds out.
// Nothing is drawn from then on. Without it Draw panics.
func OnError(f func(error)) Option { return func(o *options) { o.onError = f } }

// OnLost sets the function that is called when the browser has taken the GPU away; see Lost.
func OnLost(f func()) Option { return func(o *options) { o.onLost = f } }

// Debug asks WebGL for errors after each of its calls, and throws a JavaScript error that names the
// call. Slow.
func Debug() Option { return func(o *options) { o.debug = true } }

// NoAntialias does without multisampling: outlines of boxes get jagged, all else is smooth anyway.
func NoAntialias() Option { return func(o *options) { o.noAntialias = true } }

// New makes a renderer that draws into a canvas, and labels on an overlay, a second canvas of the same
// size over it. It needs static/gl.js in the page. The error, where there is no WebGL2, is a sentence
// for readers. Shaders are compiled while the page goes on; see [Renderer.Ready].
func New(canvas, overlay js.Value, opts ...Option) (*Renderer, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	half := js.Global().Get("glassboxGL")
	if !half.Truthy() {
		return nil, errors.New("gl.js is missing from the page, so there is no 3D picture")
	}
	opened := half.Call("open", canvas, overlay, map[string]any{"debug": o.debug, "antialias": !o.noAntialias})
	if opened.Type() != js.TypeNumber {
		return nil, errors.New(opened.String())
	}
	r := &Renderer{dev: jsDevice(opened.Int()), requestFrame: o.requestFrame, onError: o.onError}
	if r.lost = canvas.Call("getContext", "webgl2").Call("isContextLost").Bool(); !r.lost {
		r.build()
	}
	r.lease.lose = func() bool { return half.Call("release", opened).Bool() }
	r.lease.regain = func() { half.Call("reclaim", opened) }
	r.watch(canvas, overlay, o.onLost)
	stop := r.close
	r.close = func() {
		stop()
		half.Call("close", opened)
	}
	return r, nil
}

// watch listens to the loss and the return of the contexts of both canvases, until r.close is called. gone,
// if not nil, is called when the browser took the context by itself. A panic in a listener goes to onError:
// nothing is drawn from then on.
func (r *Renderer) watch(canvas, overlay js.Value, gone func()) {
	type listener struct {
		target js.Value
		name   string
		f      js.Func
	}
	var all []listener
	on := func(target js.Value, name string, f func(event js.Value)) {
		l := listener{target, name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			defer func() {
				if v := recover(); v != nil && r.onError != nil {
					r.onError(fmt.Errorf("%s: %v", name, v))
				} else if v != nil {
					panic(v)
				}
			}()
			f(args[0])
			return nil
		})}
		target.Call("addEventListener", name, l.f)
		all = append(all, l)
	}
	on(canvas, "webglcontextlost", func(event js.Value) {
		event.Call("preventDefault") // otherwise it never comes back
		r.contextLost()
		if gone != nil && !r.lease.deliberate {
			gone()
		}
	})
	on(canvas, "webglcontextrestored", func(js.Value) { r.contextRestored() })
	on(overlay, "contextrestored", func(js.Value) {
		r.labels.invalidate()
		if r.requestFrame != nil {
			r.requestFrame()
		}
	})
	r.close = func() {
		for _, l := range all {
			l.target.Call("removeEventListener", l.name, l.f)
			l.f.Release()
		}
	}
}
