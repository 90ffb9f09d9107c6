package page

import (
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/gl"
	"glassbox/web/page/browser"
	"glassbox/web/say"
	"glassbox/web/scene/paint"
)

// contextPatience is how long a lost GPU may stay away before the reader is told, in milliseconds.
const contextPatience = 4000

// openCanvas opens the canvases with WebGL2, or else a 2D drawing of the same scene.
func (p *Page) openCanvas() {
	r, err := gl.New(browser.Element("gl"), browser.Element("labels"),
		gl.RequestFrame(p.clock.Wake), gl.OnError(p.shaderRefused), gl.OnLost(p.contextLost))
	if err != nil {
		again := p.state.Flat != nil && p.state.Flat.Retry // it was there before
		p.fallBackTo2D(say.Page.DrawnWithoutWebGL(), again)
		return
	}
	p.gl = r
	p.scene.SetMeasure(r.Measure)
	if r.Lost() {
		p.contextLost()
	}
}

// shaderRefused is called when the driver refuses a shader.
func (p *Page) shaderRefused(err error) {
	js.Global().Get("console").Call("warn", err.Error())
	p.gl = nil
	p.fallBackTo2D(say.Page.DrawnDriverRefused(), true)
}

// contextLost is called when the browser took the GPU away. Mostly it comes back at once; until
// then the scene is drawn in 2D. If it does not come back, the reader is told.
func (p *Page) contextLost() {
	p.clock.Wake()
	p.clock.After(contextPatience, func() {
		if p.embed.in { // other frames took it, and a press brings it back
			return
		}
		if p.flat != nil && p.gl != nil && p.gl.Taken() && p.state.Flat == nil {
			p.fallBackTo2D(say.Page.DrawnContextTaken(), true)
		}
	})
}

// fallBackTo2D draws in 2D from now on, and says why.
func (p *Page) fallBackTo2D(reason string, retry bool) {
	if !p.open2D() {
		reason = say.Page.NotDrawn()
	}
	p.Send(feature.SceneFlat{Reason: reason, Retry: retry})
}

// open2D opens the 2D drawing, if it is not open yet, on a canvas of its own over the other
// one. It reports whether there is one.
func (p *Page) open2D() bool {
	if p.flat != nil {
		return true
	}
	canvas := js.Global().Get("document").Call("createElement", "canvas")
	canvas.Set("id", "sketch")
	canvas.Call("setAttribute", "aria-hidden", "true")
	d, err := gl.NewFlat(canvas, browser.Element("labels"))
	if err != nil {
		return false
	}
	browser.Element("gl").Call("after", canvas)
	p.flat = d
	p.scene.SetMeasure(d.Measure)
	return true
}

// draw draws the scene with WebGL2, or in 2D while there is no context. With anew it draws even if nothing changed:
// the canvas can be read only in the event in which it was drawn. While the still covers the scene, or the context
// was released on purpose, nothing is drawn in 2D.
func (p *Page) draw(b *paint.Batch, anew bool) {
	switch {
	case p.gl == nil:
	case anew:
		p.gl.Draw(b)
	default:
		p.gl.Show(b)
	}
	switch {
	case p.gl == nil || p.gl.Taken() && !p.embed.covered:
		if p.open2D() {
			p.flat.Draw(b)
		}
	case p.flat != nil && p.gl.Ready():
		p.close2D()
	}
}

// close2D ends the 2D drawing.
func (p *Page) close2D() {
	p.flat.Close()
	p.flat = nil
	browser.Element("sketch").Call("remove")
	p.scene.SetMeasure(p.gl.Measure)
	if p.state.Flat != nil {
		p.Send(feature.SceneSolid{})
	}
}

// reopenCanvas tries WebGL again, on a new canvas: the old one keeps its lost context.
func (p *Page) reopenCanvas() {
	if p.gl != nil {
		p.gl.Close()
		p.gl = nil
	}
	old := browser.Element("gl")
	focused := js.Global().Get("document").Get("activeElement").Equal(old)
	fresh := old.Call("cloneNode", false)
	old.Call("replaceWith", fresh)
	if focused {
		fresh.Call("focus", map[string]any{"preventScroll": true})
	}
	p.openCanvas()
	p.pair.Reopen()
	p.clock.Wake()
}
