// Package second draws the picture that stands beside the first: of another run, or of another model. It has canvases and a
// renderer of its own, for a context can't draw into two canvases; its scene follows that of the first picture.
package second

import (
	"syscall/js"

	"glassbox/web/gl"
	"glassbox/web/scene"
	"glassbox/web/scene/paint"
)

// A Picture is a scene on its canvases.
type Picture struct {
	Scene *scene.Scene
	wake  func() // asks for a frame

	box            js.Value     // the element that holds the canvases
	canvas, labels js.Value     // the scene, and what is written on it
	sketch         js.Value     // the 2D drawing; undefined while there is none
	still          js.Value     // a copy of the canvas; undefined until it is needed
	gl             *gl.Renderer // nil without WebGL2
	flat           *gl.Flat     // draws while gl is nil or lost; nil while it is not needed
	covered        bool         // the still covers the canvas
}

// Open opens the picture of a scene in an element. wake is called when a frame is needed.
func Open(box js.Value, s *scene.Scene, wake func()) *Picture {
	p := &Picture{Scene: s, wake: wake, box: box}
	p.labels = p.add("labels")
	p.open()
	return p
}

// add appends a canvas.
func (p *Picture) add(class string) js.Value {
	c := js.Global().Get("document").Call("createElement", "canvas")
	c.Set("className", class)
	p.box.Call("insertBefore", c, p.labels) // undefined: behind all others
	return c
}

// open begins with WebGL2. An opaque canvas is black until it is drawn, so it is hidden till then.
func (p *Picture) open() {
	p.canvas = p.add("gl")
	p.canvas.Get("style").Set("visibility", "hidden")
	r, err := gl.New(p.canvas, p.labels, gl.RequestFrame(p.wake), gl.OnLost(p.wake), gl.OnError(func(err error) {
		js.Global().Get("console").Call("warn", err.Error())
		p.gl = nil
		p.wake()
	}))
	if err == nil { // without it the page has said why
		p.gl = r
		p.Scene.SetMeasure(r.Measure)
	}
}

// Close gives up the canvases.
func (p *Picture) Close() {
	if p.gl != nil {
		p.gl.Close()
	}
	if p.flat != nil {
		p.flat.Close()
	}
	p.gl, p.flat = nil, nil
	p.Scene.SetMeasure(nil)
	p.box.Call("replaceChildren")
}

// Reopen tries WebGL again, on a new canvas: the old one keeps its lost context.
func (p *Picture) Reopen() {
	if p.gl != nil && !p.gl.Taken() {
		return
	}
	if p.gl != nil {
		p.gl.Close()
		p.gl = nil
	}
	p.canvas.Call("remove")
	p.open()
	p.wake()
}

// Busy reports whether the GPU still works on the last frame.
func (p *Picture) Busy() bool { return p.gl != nil && p.gl.Busy() }

// Coarsen sets the share of the screen's pixels along each axis that the next frames have.
func (p *Picture) Coarsen(share float32) {
	if p.gl != nil {
		p.gl.Coarsen(share)
	}
}

// Draw draws a batch with WebGL2, or in 2D while there is no context. With anew it draws even if nothing changed: the canvas
// can be read only in the event in which it was drawn.
func (p *Picture) Draw(b *paint.Batch, anew bool) {
	switch {
	case p.gl == nil:
	case anew:
		p.gl.Draw(b)
	default:
		p.gl.Show(b)
	}
	switch {
	case p.gl == nil || p.gl.Taken() && !p.covered:
		if p.sketched() {
			p.flat.Draw(b)
		}
	case p.gl.Ready():
		p.canvas.Get("style").Call("removeProperty", "visibility")
		p.uncover()
		if p.flat != nil {
			p.flat.Close()
			p.flat = nil
			p.sketch.Call("remove")
			p.Scene.SetMeasure(p.gl.Measure)
		}
	}
}

// sketched opens the 2D drawing, if it is not open yet, and reports whether there is one.
func (p *Picture) sketched() bool {
	if p.flat != nil {
		return true
	}
	p.sketch = p.add("sketch")
	d, err := gl.NewFlat(p.sketch, p.labels)
	if err != nil {
		p.sketch.Call("remove")
		return false
	}
	p.flat = d
	p.Scene.SetMeasure(d.Measure)
	return true
}

// Release gives the context back for a while, of a page that nobody sees: a copy of the picture, which is drawn for it, stays.
func (p *Picture) Release(b *paint.Batch) {
	if p.gl == nil || p.gl.Lost() || !p.gl.Ready() {
		return
	}
	p.gl.Coarsen(1)
	p.gl.Draw(b)
	if p.still.IsUndefined() {
		p.still = p.add("still")
	}
	p.still.Set("width", p.canvas.Get("width"))
	p.still.Set("height", p.canvas.Get("height"))
	pen := p.still.Call("getContext", "2d", map[string]any{"alpha": false, "willReadFrequently": true}) // in main memory, not in the GPU's
	pen.Call("drawImage", p.canvas, 0, 0)
	p.covered = true
	p.gl.Release()
}

// Reclaim asks for the context again.
func (p *Picture) Reclaim() {
	if p.gl != nil {
		p.gl.Reclaim()
	}
}

// uncover takes the copy away, once the canvas is drawn again.
func (p *Picture) uncover() {
	if p.covered {
		p.covered = false
		p.still.Call("remove")
		p.still = js.Undefined()
	}
}

// Shown returns the canvases that show the picture now, and what is written on it.
func (p *Picture) Shown() (scene, labels js.Value) {
	switch {
	case p.flat != nil:
		return p.sketch, p.labels
	case p.covered:
		return p.still, p.labels
	}
	return p.canvas, p.labels
}
