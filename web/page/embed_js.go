package page

import (
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/page/browser"
)

// An embed handles that this page may be one of many in the frames of another page. Out of
// sight it draws nothing and plays nothing, and after a while it gives its context back;
// a still picture covers the scene until the reader is back.
type embed struct {
	page *Page
	boot js.Value // glassboxEmbed
	in   bool     // this page stands in a frame

	still   js.Value // a canvas between scene and labels; undefined until it is needed
	covered bool     // the still covers the scene
	turn    int      // of freezing: tells a timer from those before
	resting bool     // a still will be made once nothing has moved for a while
}

// The worker is kept: it is 25 MB of the 190 MB or so that the browser's process for a frame
// takes, and ending it costs the reader a second on the way back.
//
// In milliseconds: how long a frozen page keeps its context, and how long the scene rests
// before a still of it is made, for the case that the browser takes the context.
const (
	keepContext = 1500
	restBefore  = 400
)

// watchEmbed begins to follow the frame.
func (p *Page) watchEmbed() {
	e := &embed{page: p, boot: js.Global().Get("glassboxEmbed")}
	p.embed = e
	e.in = e.boot.Get("framed").Bool()
	if p.address.Framed = e.in; !e.in {
		return
	}
	e.boot.Set("onchange", p.Function("the frame", func([]js.Value) { e.update() }))
	for name, f := range map[string]func(){"webglcontextlost": e.cover, "webglcontextrestored": p.clock.Wake, "pointerdown": e.reclaimOnPress} {
		p.Listen(browser.Element("scene"), name, true, func(js.Value) { f() }) // wherever in it that happened
	}
	p.Listen(browser.Element("other"), "pointerdown", true, func(js.Value) { e.reclaimOnPress() })
}

// update tells feature.Update whether the reader sees this page.
func (e *embed) update() {
	e.page.Send(feature.Frozen{On: !e.boot.Get("near").Bool() || e.boot.Get("stopped").Bool()})
}

// freeze holds the scene still, or lets it go on.
func (e *embed) freeze(on bool) {
	p := e.page
	e.turn++
	if p.clock.Freeze(on); !on {
		if p.gl != nil {
			p.gl.Reclaim()
		}
		p.pair.Thaw()
		return
	}
	turn := e.turn
	p.clock.After(keepContext, func() {
		if e.turn != turn {
			return
		}
		p.pair.Freeze(p.scene)
		if p.gl == nil || p.gl.Lost() {
			return
		}
		e.picture()
		e.cover()
		p.gl.Release()
	})
}

// drawn is called after each frame.
func (e *embed) drawn(moving bool) {
	if !e.in || e.page.gl == nil || !e.page.gl.Ready() {
		return
	}
	if e.covered {
		e.covered = false
		e.still.Set("hidden", true)
	}
	if moving || e.resting {
		return
	}
	e.resting = true
	e.page.clock.After(restBefore, func() {
		e.resting = false
		e.picture()
	})
}

// picture draws the scene and copies it into the still: a drawing lasts only as long as the
// event in which it was made.
func (e *embed) picture() {
	p := e.page
	if e.covered || p.gl == nil || !p.gl.Ready() {
		return
	}
	batch, _ := p.scene.Frame(browser.Now())
	p.gl.Coarsen(1)
	p.gl.Draw(batch)
	if e.still.IsUndefined() {
		e.still = js.Global().Get("document").Call("createElement", "canvas")
		e.still.Set("id", "still")
		e.still.Set("hidden", true)
		e.still.Call("setAttribute", "aria-hidden", "true")
		browser.Element("labels").Call("before", e.still)
	}
	scene := browser.Element("gl")
	e.still.Set("width", scene.Get("width"))
	e.still.Set("height", scene.Get("height"))
	pen := e.still.Call("getContext", "2d", map[string]any{"alpha": false, "willReadFrequently": true}) // in main memory, not in the GPU's
	pen.Call("drawImage", scene, 0, 0)
}

// cover puts the still over a scene that is not drawn any more.
func (e *embed) cover() {
	if e.still.IsUndefined() {
		return
	}
	e.covered = true
	e.still.Set("hidden", false)
}

// reclaimOnPress gets a new context for a scene that the reader presses, if the browser has taken
// its context for another frame: on a fresh canvas, since the old one gets none while other frames
// hold as many as the browser allows.
func (e *embed) reclaimOnPress() {
	p := e.page
	if p.state.Frozen {
		return
	}
	p.pair.Reopen()
	if p.gl != nil && p.gl.Taken() {
		p.reopenCanvas()
	}
}

// forArticle reports whether the wheel scrolls the article around this page rather than zooms
// the scene: until the reader has pressed into the frame.
func (e *embed) forArticle(wheel js.Value) bool {
	html := js.Global().Get("document").Get("documentElement")
	return e.in && !wheel.Get("ctrlKey").Bool() && !html.Call("hasAttribute", "data-active").Bool()
}
