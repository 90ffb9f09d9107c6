package gl

import (
	"errors"
	"fmt"
	"syscall/js"
)

// An Option changes how a renderer works.
type Option func(*options)

type options struct {
	again func()
	fail  func(error)
	lost  func()
	debug bool
	plain bool
}

// Again names the function that asks for a new frame. It is called when a lost context came back, and
// by Draw while shaders are being compiled. Without it the renderer draws its last batch by itself, and
// waits for the shaders.
func Again(f func()) Option { return func(o *options) { o.again = f } }

// OnError names the function that is told when the driver refuses a shader, which Draw finds out at
// first; nothing is drawn from then on. Without it Draw panics.
func OnError(f func(error)) Option { return func(o *options) { o.fail = f } }

// OnLost names the function that is told when the browser has taken the GPU away; see Lost.
func OnLost(f func()) Option { return func(o *options) { o.lost = f } }

// Debug asks WebGL for errors after each of its calls, and throws a JavaScript error that names the
// call. Slow.
func Debug() Option { return func(o *options) { o.debug = true } }

// NoAntialias does without multisampling: outlines of boxes get jagged, all else is smooth anyway.
func NoAntialias() Option { return func(o *options) { o.plain = true } }

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
	opened := half.Call("open", canvas, overlay, map[string]any{"debug": o.debug, "antialias": !o.plain})
	if opened.Type() != js.TypeNumber {
		return nil, errors.New(opened.String())
	}
	r := &Renderer{dev: stage(opened.Int()), again: o.again, fail: o.fail}
	if r.lost = canvas.Call("getContext", "webgl2").Call("isContextLost").Bool(); !r.lost {
		r.build()
	}
	r.lease.lose = func() bool { return half.Call("release", opened).Bool() }
	r.lease.regain = func() { half.Call("reclaim", opened) }
	r.watch(canvas, overlay, o.lost)
	stop := r.close
	r.close = func() {
		stop()
		half.Call("close", opened)
	}
	return r, nil
}

// watch follows the loss and the return of the contexts of both canvases, until r.close is called. gone,
// if any, is told when the browser took the context by itself. A panic meanwhile is told like a refused
// shader: nothing is drawn from then on.
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
				if v := recover(); v != nil && r.fail != nil {
					r.fail(fmt.Errorf("%s: %v", name, v))
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
		r.losing()
		if gone != nil && !r.lease.mine {
			gone()
		}
	})
	on(canvas, "webglcontextrestored", func(js.Value) { r.restore() })
	on(overlay, "contextrestored", func(js.Value) {
		r.labels.redraw()
		if r.again != nil {
			r.again()
		}
	})
	r.close = func() {
		for _, l := range all {
			l.target.Call("removeEventListener", l.name, l.f)
			l.f.Release()
		}
	}
}
