package page

import (
	"strconv"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/page/browser"
	"glassbox/web/scene/camera"
)

// shouldWait reports whether a frame should be put off, because the GPU still draws the one before, or because numbers
// of this one have not arrived: a reader who types should not wait for pictures that are out of date when they are done.
func (p *Page) shouldWait(now float64) bool {
	if p.gl == nil || p.moved || !p.cameraWatch.isStill() || !p.gl.Busy() && !p.pair.Busy() && !p.arriving() {
		return false
	}
	if p.waiting == 0 {
		p.waiting = now
	}
	return now-p.waiting < p.pace.Wait()
}

// awaitsFirst reports whether the scene is not drawn yet because the model is about to run for the first time: tokens and
// the next ones stand sooner, and the first picture has its numbers. A model that takes long shows its structure meanwhile.
func (p *Page) awaitsFirst(now float64) bool {
	s := &p.state
	return !p.scene.WasDrawn() && s.Problem == nil && s.TextError == "" && (s.Phase == feature.Starting || s.Phase == feature.Loading || s.Phase == feature.Ready && s.Applied == 0) &&
		now-p.begun < firstPatience
}

// firstPatience is how long the first picture waits for numbers, in seconds.
const firstPatience = 1.5

// arriving reports whether numbers are on their way into the scene: of a run that is asked for, or of the present one.
func (p *Page) arriving() bool {
	return p.state.Waits(feature.ForRun) || feature.Fetching(p.state) || p.arrivals.Waiting() || p.pair.Waiting()
}

// frame draws the scene once, and reports whether it moves on.
func (p *Page) frame(now float64) (again bool) {
	if p.awaitsFirst(now) {
		return true
	}
	more := p.arrivals.Deliver(p.scene)
	more = p.pair.Deliver(p.scene) || more
	if p.shouldWait(now) {
		return true
	}
	p.waiting = 0
	batch, moving := p.scene.Frame(now)
	p.moved = p.cameraWatch.observe(now)
	moving = p.keepPace(now, p.moved && p.scene.InMotion()) || moving || more
	p.draw(batch, false)
	moving = p.pair.Frame(p.scene, now) || moving
	p.showLegend()
	p.minimap.update()
	p.placeCard()
	p.beside.place()
	if p.flat != nil || p.gl == nil || p.gl.Ready() {
		p.api.noteFrame(now)
	}
	p.embed.drawn(moving)
	p.reportFlow(now)
	return moving
}

// keepPace sets the resolution of the frame, lower while the camera moves and the machine is slow, and reports whether
// another frame must follow to make the picture sharp.
func (p *Page) keepPace(now float64, moved bool) (again bool) {
	if p.gl == nil {
		return false
	}
	share, again := p.pace.Begin(now, moved)
	p.gl.Coarsen(share)
	p.pair.Coarsen(share)
	if moved || p.pace.Fresh(now) && share == 1 {
		p.clock.TimeFrame(now)
	}
	return again
}

// watchSize keeps the scene as large as its element, at the screen's resolution.
func (p *Page) watchSize() {
	observer := js.Global().Get("ResizeObserver").New(p.Function("a new size", func([]js.Value) { p.resize() }))
	observer.Call("observe", browser.Element("scene"))
	p.watchRatio(p.resize)
	p.resize()
}

// resize gives the scene the size of its element.
func (p *Page) resize() {
	p.pair.Place()
	main := browser.Element("scene")
	ratio := float32(min(js.Global().Get("devicePixelRatio").Float(), 3))
	p.scene.SetSize(main.Get("clientWidth").Int(), main.Get("clientHeight").Int(), ratio)
	if p.dom != nil { // what lies over the scene has moved with its edges
		p.updateInsets()
		if width := main.Get("clientWidth").Int(); width != p.shown.width {
			p.shown.tokens, p.shown.width = 0, width
			p.reveal()
		}
	}
	p.clock.Wake()
	p.host.measure()
}

// watchRatio calls f when the screen's resolution changes though no size does: a window that is moved to another
// screen. A media query knows one resolution, so each change asks for the next.
func (p *Page) watchRatio(f func()) {
	var changed js.Func
	watch := func() {
		browser.Media("(resolution: "+strconv.FormatFloat(js.Global().Get("devicePixelRatio").Float(), 'f', -1, 64)+"dppx)").
			Call("addEventListener", "change", changed, map[string]any{"once": true})
	}
	changed = p.Function("another resolution", func([]js.Value) {
		watch()
		f()
	})
	watch()
}

// showLegend hands the interface the scale of values of the panel that the reader looks at.
func (p *Page) showLegend() {
	l := p.scene.Legend()
	shown := feature.LegendInfo{Name: l.Title, Norm: l.Norm, Clamped: l.Clamped, Above: l.Above, Plain: l.Plain, Differs: l.Differs, Alone: l.Alone}
	if l.Hovered {
		shown.Value = &l.Value
	}
	if was := p.root.Legend; was != nil && sameLegend(*was, shown) {
		return
	}
	p.root.Legend = &shown
	p.dom.Invalidate()
}

func sameLegend(a, b feature.LegendInfo) bool {
	values := a.Value == nil && b.Value == nil || a.Value != nil && b.Value != nil && *a.Value == *b.Value
	a.Value, b.Value = nil, nil
	return values && a == b
}

func pixels(v float32) string { return strconv.FormatFloat(float64(v), 'f', 1, 32) + "px" }

// placeCard puts the hover card beside the cell, where it covers no operand.
func (p *Page) placeCard() {
	card := browser.Element("card")
	if card.IsNull() {
		return
	}
	x, y, ok := p.scene.CardSpot(float32(card.Get("offsetWidth").Float()), float32(card.Get("offsetHeight").Float()), p.tells())
	style := card.Get("style")
	if !ok {
		style.Call("setProperty", "visibility", "hidden")
		return
	}
	style.Call("removeProperty", "visibility")
	style.Call("setProperty", "left", pixels(x))
	style.Call("setProperty", "top", pixels(y))
}

// tells reports whether the inspector, which tells of a pinned number what the card does, stands beside the scene.
func (p *Page) tells() bool {
	e := browser.Element("inspector")
	return !e.IsNull() && browser.Bounds(e).W > 0
}

// updateInsets tells the scene where the interface lies over it: at its edges, such as the sheet of
// a narrow screen, and in boxes that labels and cards avoid.
func (p *Page) updateInsets() {
	canvas := browser.Bounds(browser.Element("scene"))
	p.beside.boxes = boxesOver(canvas)
	left, top, right, bottom := p.insets(canvas)
	if p.pair.Picture != nil { // both pictures leave free what one of them has to, so that they stay alike
		other := browser.Bounds(browser.Element("other"))
		p.pair.Scene.SetOccupied(boxesOver(other))
		l, t, r, b := p.insets(other)
		left, top, right, bottom = max(left, l), max(top, t), max(right, r), max(bottom, b)
	}
	p.scene.SetInsets(left, top, right, bottom+p.beside.below(canvas))
	p.beside.measure()
}

// boxesOver returns where boxes of the interface stand over a canvas.
func boxesOver(canvas camera.Rect) (boxes []camera.Rect) {
	for _, selector := range []string{"#legend", ".zoom", "#pad", "#flat", "#caption", "#flow", ".gloss", "#map", "#show", "#compare-views"} {
		if e := js.Global().Get("document").Call("querySelector", selector); !e.IsNull() {
			b := browser.Bounds(e)
			boxes = append(boxes, camera.Rect{X: b.X - canvas.X, Y: b.Y - canvas.Y, W: b.W, H: b.H})
		}
	}
	return boxes
}

// insets returns how much the interface covers of the canvas at its edges: the caption of the walk on the left, the map
// on the right, a note at the top, and at the bottom the bar of the legend and the tools, the caption of a narrow page, or its sheet.
func (p *Page) insets(canvas camera.Rect) (left, top, right, bottom float32) {
	whole := camera.Rect{W: canvas.W, H: canvas.H}
	over := func(selector string) (b camera.Rect, ok bool) {
		e := js.Global().Get("document").Call("querySelector", selector)
		if e.IsNull() {
			return b, false
		}
		b = browser.Bounds(e)
		b.X, b.Y = b.X-canvas.X, b.Y-canvas.Y
		return b, b.W > 0 && b.Overlaps(whole)
	}
	for _, selector := range []string{"#legend", ".zoom", "#pad"} {
		if b, ok := over(selector); ok {
			bottom = max(bottom, canvas.H-b.Y)
		}
	}
	bottom = min(bottom, canvas.H/4)
	if b, ok := over("#compare-views"); ok && b.X+b.W > canvas.W/2-streamRoom {
		bottom = max(bottom, min(canvas.H-b.Y, canvas.H/3))
	}
	if b, ok := over("#caption, .gloss"); ok && b.W > canvas.W/2 {
		bottom = canvas.H - b.Y
	} else if ok {
		left = b.X + b.W
	}
	if b, ok := over("#flat"); ok && b.W > canvas.W/2 {
		top = min(b.Y+b.H, canvas.H/3)
	}
	if b, ok := over("#flow"); ok {
		top = max(top, min(b.Y+b.H, canvas.H/3))
	}
	if b, ok := over("#map"); ok {
		right = min(canvas.W-b.X, canvas.W/6)
	}
	if e := browser.Element("inspector"); !e.IsNull() {
		if b := browser.Bounds(e); b.W > 0 && b.X < canvas.X+canvas.W {
			bottom = max(bottom, min(canvas.Y+canvas.H-b.Y, canvas.H/3)) // a sheet drawn up hides the scene on purpose
		}
	}
	return left, top, right, bottom
}

// streamRoom is how far to both sides of the middle of the canvas the foot of the tower is, in CSS pixels.
const streamRoom = 30

// narrowScene is the width in CSS pixels below which nothing has room beside the model.
const narrowScene = 640

// arrange is called after a rendering of the interface, which may have moved or resized its boxes.
func (p *Page) arrange() {
	p.showNote()
	p.updateInsets()
	p.placeCard()
	p.reveal()
	p.revealStop()
	p.revealSelection()
	p.closeFolds()
	p.revealPlace()
	p.revealLab()
	p.revealSought()
	if p.root.Map != nil {
		p.minimap.place(true) // the strip may have been made anew
	}
	p.focus.Keep()
	p.host.reportSize()
}

// A besideTable is the table of the most likely tokens, which stands on the scene beside the panel that its data-panel
// names, and moves along with the camera.
type besideTable struct {
	page  *Page
	boxes []camera.Rect // of the interface over the canvas, without the table's
	at    besideSpot

	narrow bool // it stands below the panels
}

// besideSpot is where the table was put last.
type besideSpot struct {
	x, y, w, h float32
	lead       string // the way of the line from the panel to the table
	shown      bool
}

// besideEdges is what the table wants beside it: the gap to its panel, and to the edge of the canvas.
const besideEdges = 48

// measure tells the scene how wide the table is. It is called after each rendering.
func (b *besideTable) measure() {
	table := browser.Element("top-ten")
	width := 0.0
	if !table.IsNull() {
		width = table.Get("offsetWidth").Float()
	}
	if width == 0 {
		b.page.scene.SetBeside(0)
		b.at = besideSpot{}
		b.page.scene.SetOccupied(b.boxes)
		return
	}
	if b.narrow {
		b.page.scene.SetBeside(0)
	} else {
		b.page.scene.SetBeside(float32(width) + besideEdges)
	}
	b.at = besideSpot{} // its element may have been made anew
	b.place()
}

// below returns how much room the table takes at the bottom of a narrow canvas, where it has none beside its panel.
func (b *besideTable) below(canvas camera.Rect) float32 {
	table := browser.Element("top-ten")
	b.narrow = canvas.W < narrowScene && !table.IsNull()
	if !b.narrow {
		return 0
	}
	if h := float32(table.Get("offsetHeight").Float()); h > 0 {
		return h + besideEdges/4
	}
	return 0
}

// place puts the table where its panel stands. It is called with each frame.
func (b *besideTable) place() {
	table := browser.Element("top-ten")
	if table.IsNull() {
		return
	}
	var to besideSpot
	to.w, to.h = float32(table.Get("offsetWidth").Float()), float32(table.Get("offsetHeight").Float())
	if to.w == 0 {
		return
	}
	panel := table.Get("dataset").Get("panel").String()
	if b.narrow {
		to.x, to.y, to.shown = b.page.scene.BelowSpot(to.w)
	} else if to.x, to.y, to.shown = b.page.scene.BesideSpot(panel, to.w, to.h, b.boxes); to.shown {
		to.lead = b.lead(table, panel, to)
	}
	if to == b.at {
		return
	}
	b.at = to
	style, boxes := table.Get("style"), b.boxes
	style.Call("setProperty", "visibility", feature.Choose(to.shown, "visible", "hidden"))
	if to.shown {
		style.Call("setProperty", "transform", "translate("+pixels(to.x)+", "+pixels(to.y)+")")
		boxes = append(boxes[:len(boxes):len(boxes)], camera.Rect{X: to.x, Y: to.y, W: to.w, H: to.h})
	}
	paths := table.Call("querySelectorAll", "#top-lead path")
	for i := range paths.Length() {
		paths.Index(i).Call("setAttribute", "d", to.lead)
	}
	b.page.scene.SetOccupied(boxes)
	b.page.clock.Wake() // names that it would cut make room
}

// lead returns the way of a line from the ring of the word in use to its row of the table; "" if one of them is not there.
func (b *besideTable) lead(table js.Value, panel string, at besideSpot) string {
	row := table.Call("querySelector", "tbody .this")
	x, y, ok := b.page.scene.LitSpot(panel)
	if row.IsNull() || !ok || x > at.x-8 {
		return ""
	}
	to := float32(row.Get("offsetTop").Float()+row.Get("offsetHeight").Float()/2) + float32(table.Get("clientTop").Float())
	number := func(v float32) string { return strconv.FormatFloat(float64(v), 'f', 1, 32) }
	return "M" + number(x+4-at.x) + " " + number(y-at.y) + "H-14V" + number(to) + "H0"
}
