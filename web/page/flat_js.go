package page

import (
	"syscall/js"

	"glassbox/web/app"
	"glassbox/web/gl"
	"glassbox/web/scene/paint"
)

// patience is how long a lost GPU may stay away before the reader is told, in milliseconds.
const patience = 4000

// openStage makes the canvases ready: WebGL2, or else a 2D drawing of the same scene.
func (p *Page) openStage() {
	r, err := gl.New(element("gl"), element("labels"),
		gl.Again(p.clock.wake), gl.OnError(p.refused), gl.OnLost(p.lost))
	if err != nil {
		again := p.state.Flat != nil && p.state.Flat.Retry // it was there before
		p.flatten("Drawn in 2D: this browser offers no WebGL2. Everything works, only less smoothly.", again)
		return
	}
	p.gl = r
	p.scene.SetMeasure(r.Measure)
	if r.Lost() {
		p.lost()
	}
}

// refused is told when the driver can't draw what we ask for.
func (p *Page) refused(err error) {
	js.Global().Get("console").Call("warn", err.Error())
	p.gl = nil
	p.flatten("Drawn in 2D: the graphics driver of this machine refused. Everything works, only less smoothly.", true)
}

// lost is told when the browser took the GPU away. Most times it comes back at once; until
// then the scene is drawn in 2D, and if it does not come the reader is told.
func (p *Page) lost() {
	p.clock.wake()
	p.clock.after(patience, func() {
		if p.embed.in { // other frames took it, and a press brings it back
			return
		}
		if p.flat != nil && p.gl != nil && p.gl.Taken() && p.state.Flat == nil {
			p.flatten("Drawn in 2D: the browser took the graphics processor away. Everything works, only less smoothly.", true)
		}
	})
}

// flatten draws in 2D from now on, and says why.
func (p *Page) flatten(reason string, retry bool) {
	if !p.sketch() {
		reason = "This browser can't draw the model. Everything else works: choose a stage, then a step, to read its numbers."
	}
	p.Send(app.SceneFlat{Reason: reason, Retry: retry})
}

// sketch sees to it that there is a 2D drawing, on a canvas of its own over the other one,
// and reports whether there is.
func (p *Page) sketch() bool {
	if p.flat != nil {
		return true
	}
	canvas := js.Global().Get("document").Call("createElement", "canvas")
	canvas.Set("id", "sketch")
	canvas.Call("setAttribute", "aria-hidden", "true")
	d, err := gl.NewFlat(canvas, element("labels"))
	if err != nil {
		return false
	}
	element("gl").Call("after", canvas)
	p.flat = d
	p.scene.SetMeasure(d.Measure)
	return true
}

// draw draws the scene with WebGL2, or in 2D while that is not there; what is asked for again lasts until the
// end of the event only if it is drawn anew. A context that was given back on purpose is left in peace, and so
// is one whose picture a still shows.
func (p *Page) draw(b *paint.Batch, anew bool) {
	switch {
	case p.gl == nil:
	case anew:
		p.gl.Draw(b)
	default:
		p.gl.Show(b)
	}
	switch {
	case p.gl == nil || p.gl.Taken() && !p.embed.shown:
		if p.sketch() {
			p.flat.Draw(b)
		}
	case p.flat != nil && p.gl.Ready():
		p.rise()
	}
}

// rise ends the 2D drawing.
func (p *Page) rise() {
	p.flat.Close()
	p.flat = nil
	element("sketch").Call("remove")
	p.scene.SetMeasure(p.gl.Measure)
	if p.state.Flat != nil {
		p.Send(app.SceneSolid{})
	}
}

// reopenStage tries WebGL again, on a new canvas: the old one keeps its lost context.
func (p *Page) reopenStage() {
	if p.gl != nil {
		p.gl.Close()
		p.gl = nil
	}
	old := element("gl")
	focused := js.Global().Get("document").Get("activeElement").Equal(old)
	fresh := old.Call("cloneNode", false)
	old.Call("replaceWith", fresh)
	if focused {
		fresh.Call("focus", map[string]any{"preventScroll": true})
	}
	p.openStage()
	p.clock.wake()
}
