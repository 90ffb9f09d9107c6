package page

import (
	"math"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/feature/take"
	"glassbox/web/page/browser"
	"glassbox/web/run"
	"glassbox/web/scene"
	"glassbox/web/view"
)

// An input turns pointers, wheel and keys over the scene, or over the one beside it, into camera moves and messages.
// One finger or the left button pans, two fingers pinch and turn, the right button or
// Shift turns, the wheel zooms to the pointer; a click chooses a panel, then a cell.
type input struct {
	page     *Page
	canvas   js.Value
	scene    func() *scene.Scene // that is pointed at; it is the first that moves
	pointers map[int]point
	moved    float64 // how far the pointers went since they came down, CSS pixels
	orbit    bool
	last     tap
}

type point struct{ x, y float64 }

// slop is how far a finger may slip and still tap.
const slop = 6

// tapRadius is how far from a cell a tap may be and still hit it, CSS pixels.
const tapRadius = 22

// newInput attaches the listeners for the scene.
func newInput(p *Page) *input {
	in := &input{page: p, canvas: browser.Element("scene"), scene: func() *scene.Scene { return p.scene }, pointers: map[int]point{}}
	in.listen()
	p.Listen(js.Global().Get("document"), "keydown", false, in.keyDown)
	p.watchStages()
	return in
}

// listenBeside attaches those for the second scene.
func (p *Page) listenBeside() {
	in := &input{page: p, canvas: browser.Element("other"), scene: func() *scene.Scene { return p.pair.Scene }, pointers: map[int]point{}}
	in.listen()
}

func (in *input) listen() {
	on := func(name string, f func(event js.Value)) {
		in.page.Listen(in.canvas, name, false, func(event js.Value) {
			if in.scene() != nil {
				f(event)
			}
		})
	}
	on("pointerdown", in.down)
	on("pointermove", in.move)
	on("pointerup", in.up)
	on("pointercancel", in.cancel)
	on("pointerleave", in.leave)
	on("wheel", in.wheel)
	on("dblclick", in.doubleClick)
	on("contextmenu", func(event js.Value) { event.Call("preventDefault") })
}

// at is where an event happened, in CSS pixels of the canvas.
func (in *input) at(event js.Value) point {
	r := in.canvas.Call("getBoundingClientRect")
	return point{event.Get("clientX").Float() - r.Get("left").Float(), event.Get("clientY").Float() - r.Get("top").Float()}
}

func (in *input) down(event js.Value) {
	in.capture(in.canvas, event.Get("pointerId"))
	browser.Element("gl").Call("focus", map[string]any{"preventScroll": true})
	if len(in.pointers) == 0 {
		in.moved = 0
	}
	in.pointers[event.Get("pointerId").Int()] = in.at(event)
	in.orbit = event.Get("button").Int() != 0 || event.Get("shiftKey").Bool()
	in.page.scene.Stop()
}

// capture keeps a pointer that leaves an element while it is down. The browser throws if the
// pointer is gone before its event is handled; then there is nothing to keep.
func (in *input) capture(element, pointer js.Value) {
	defer func() { _ = recover() }()
	element.Call("setPointerCapture", pointer)
}

func (in *input) move(event js.Value) {
	id, to := event.Get("pointerId").Int(), in.at(event)
	from, dragged := in.pointers[id]
	if !dragged {
		in.hover(to)
		return
	}
	dx, dy := to.x-from.x, to.y-from.y
	in.moved += math.Hypot(dx, dy)
	switch {
	case len(in.pointers) == 2:
		in.pinch(id, from, to)
	case in.moved < slop:
	case in.orbit:
		in.page.scene.Orbit(float32(dx), float32(dy))
	default:
		in.page.scene.Pan(float32(dx), float32(dy))
	}
	in.pointers[id] = to
	in.page.clock.Wake()
}

// pinch moves one of two fingers: their distance zooms about their middle, and half of
// what they move together turns the model.
func (in *input) pinch(id int, from, to point) {
	for other, p := range in.pointers {
		if other == id {
			continue
		}
		before, after := math.Hypot(from.x-p.x, from.y-p.y), math.Hypot(to.x-p.x, to.y-p.y)
		if before > 1 && after > 1 {
			in.page.scene.ZoomAt(float32((to.x+p.x)/2), float32((to.y+p.y)/2), float32(after/before))
		}
	}
	in.page.scene.Orbit(float32(to.x-from.x)/2, float32(to.y-from.y)/2)
}

func (in *input) up(event js.Value) {
	_, held := in.pointers[event.Get("pointerId").Int()]
	delete(in.pointers, event.Get("pointerId").Int())
	if !held || len(in.pointers) > 0 || in.moved >= slop || in.orbit {
		return
	}
	at, when, touch := in.at(event), event.Get("timeStamp").Float(), event.Get("pointerType").String() != "mouse"
	if !in.isSecondTap(at, when, touch) {
		in.selectAt(at, when, touch)
	}
}

func (in *input) cancel(event js.Value) { delete(in.pointers, event.Get("pointerId").Int()) }

func (in *input) leave(js.Value) {
	in.point(nil)
}

// point tells Update which cell of the first scene is under the pointer, when that changed; one that only the second has is
// marked there alone.
func (in *input) point(cell *scene.Cell) {
	p := in.page
	was := p.state.Hover
	if s := p.pair.Scene; s != nil {
		s.PointAlone(nil)
		if cell != nil && in.scene() == s {
			alone := *cell
			same, ok := p.scene.SameCell(s, alone)
			if cell = &same; !ok {
				cell = nil
				s.PointAlone(&alone)
			}
		}
		p.clock.Wake()
	}
	switch {
	case cell != nil:
		if at := (run.Cell{Name: cell.Name, Row: cell.Row, Col: cell.Col}); was == nil || *was != at {
			p.Send(feature.CellHovered{Cell: &at})
		}
	case was != nil:
		p.Send(feature.CellHovered{})
	}
}

// hover tells Update which cell is under the pointer, when that changed.
func (in *input) hover(at point) {
	hit, ok := in.scene().Pick(float32(at.x), float32(at.y))
	if ok && hit.Cell {
		in.point(&scene.Cell{Name: hit.Name, Row: hit.Row, Col: hit.Col})
	} else {
		in.point(nil)
	}
	cursor := "grab"
	if ok {
		cursor = "crosshair"
	}
	if _, leads := in.scene().TargetAt(float32(at.x), float32(at.y), 0); leads {
		cursor = "pointer"
	}
	in.canvas.Get("style").Call("setProperty", "cursor", cursor)
}

// selectAt goes to the panel at a point; in the panel that is chosen already it pins the
// cell. A click on nothing releases the cell.
func (in *input) selectAt(at point, when float64, touch bool) {
	p := in.page
	s := in.scene()
	if t, ok := s.TargetAt(float32(at.x), float32(at.y), targetReach(touch)); ok {
		in.last = tap{}
		p.follow(t)
		return
	}
	hit, ok := s.Pick(float32(at.x), float32(at.y))
	if touch && !(ok && hit.Cell) {
		hit, ok = s.PickNear(float32(at.x), float32(at.y), tapRadius)
	}
	if ok && s != p.scene && !in.isBoth(&hit) {
		return
	}
	in.last = tap{at: at, when: when}
	if ok {
		in.last.name, in.last.pinning = hit.Name, p.state.Panel == hit.Name
	}
	if ok && hit.Cell {
		in.last.cell = &run.Cell{Name: hit.Name, Row: hit.Row, Col: hit.Col}
	}
	switch {
	case !ok:
		if p.state.Cell != nil {
			p.Send(feature.CellChosen{})
		}
	case p.state.Panel != hit.Name:
		p.Send(feature.PanelChosen{Name: hit.Name})
		if touch && hit.Cell {
			p.Send(feature.CellChosen{Cell: &run.Cell{Name: hit.Name, Row: hit.Row, Col: hit.Col}})
		}
	case hit.Cell:
		p.Send(feature.CellChosen{Cell: &run.Cell{Name: hit.Name, Row: hit.Row, Col: hit.Col}})
	}
}

// isBoth reports whether the first scene has what was hit in the second: the cell, or at least its panel.
func (in *input) isBoth(hit *scene.Hit) bool {
	p := in.page
	if _, ok := p.state.Info(hit.Name); !ok {
		return false
	}
	if hit.Cell {
		_, hit.Cell = p.scene.SameCell(in.scene(), scene.Cell{Name: hit.Name, Row: hit.Row, Col: hit.Col})
	}
	return true
}

// targetReach is how far beside what is written a press counts, in CSS pixels.
func targetReach(touch bool) float32 {
	if touch {
		return 8
	}
	return 0
}

// follow goes where something that is written on the scene leads: to the stage of a heading, to a token, or to the
// probability of the next one.
func (p *Page) follow(t scene.Target) {
	switch {
	case t.Next:
		if p.state.Next != nil && p.state.Traceable() != nil {
			p.Send(feature.TraceStarted{ID: p.state.Next.ID})
		}
	case t.Token >= 0 && t.Token < len(p.state.Tokens):
		cell := p.state.TokenCell(t.Token)
		p.Send(feature.CellChosen{Cell: &cell})
	case len(t.Names) > 0:
		if _, ok := p.state.Info(t.Names[0]); ok { // a heading of the second scene may be of what the first lacks
			p.Send(feature.StageChosen{Stage: p.state.StageOf(t.Names[0])})
		}
	}
}

// wheel zooms to the pointer. A line is taken for 16 pixels, a page for 400.
func (in *input) wheel(event js.Value) {
	if in.page.embed.forArticle(event) {
		return
	}
	event.Call("preventDefault")
	unit := []float64{1, 16, 400}[event.Get("deltaMode").Int()%3]
	speed := 0.0015
	if event.Get("ctrlKey").Bool() { // a pinch on a touch pad
		speed = 0.01
	}
	at := in.at(event)
	in.page.scene.ZoomAt(float32(at.x), float32(at.y), float32(math.Exp(-event.Get("deltaY").Float()*unit*speed)))
	in.page.clock.Wake()
}

// perform carries out an action of the interface: it moves the camera, or asks something of the
// browser.
func (p *Page) perform(a feature.Action) {
	switch a := a.(type) {
	case feature.Zoom:
		main := browser.Element("scene")
		p.scene.ZoomAt(float32(main.Get("clientWidth").Float()/2), float32(main.Get("clientHeight").Float()/2), a.By)
	case view.Pan:
		p.scene.Pan(a.X, a.Y)
	case view.ScrollStages:
		p.scrollStages(a.By)
	case view.Turn:
		p.scene.Orbit(a.X, a.Y)
	case feature.Fit:
		p.scene.Fit(browser.Now())
	case feature.Copy:
		p.Copy(a.Text, func(ok bool) { p.Send(feature.Copied{What: a.What, OK: ok}) })
	case feature.SavePicture:
		p.savePicture(a)
	case feature.SaveText:
		p.saveText(a)
	case take.Save:
		p.saveFile()
	case take.Copy:
		p.copyFile()
	case open.Pick:
		p.opener.pick(a.Folder)
	case feature.Focus:
		p.dom.RenderNow() // the press that moves the focus may have made the element
		p.focus.Modal(p.state.Modal())
		if e := browser.Element(a.ID); !e.IsNull() {
			p.focus.Give(e, a.ID == feature.SceneFocus)
		}
	}
	p.clock.Wake()
}

// A tap is what a click or a tap of a finger was on. The camera moves at once, so something else
// lies under the second half of a double click: it acts on what the first half was on.
type tap struct {
	at      point
	when    float64 // milliseconds
	name    string  // of the panel; "" none
	cell    *run.Cell
	pinning bool // the panel was chosen before, so that the cell was meant
}

// doubleWithin is how long after a tap a second one at its place belongs to it: what systems
// take for a double click.
const doubleWithin = 500

// isSecondTap reports whether a click or a tap is the second half of a double one. For a mouse
// the browser sends dblclick; for fingers not everywhere, so isSecondTap handles the double tap.
func (in *input) isSecondTap(at point, when float64, touch bool) (second bool) {
	was := in.last
	if was.name == "" || when-was.when > doubleWithin || math.Hypot(at.x-was.at.x, at.y-was.at.y) > tapRadius {
		return false
	}
	if touch {
		in.doubleClick(js.Undefined())
	}
	return true
}

// doubleClick frames what the first of two clicks was on: a cell, if its panel was chosen before,
// or else the panel.
func (in *input) doubleClick(js.Value) {
	p, t := in.page, in.last
	in.last = tap{}
	if _, ok := p.state.Info(t.name); !ok {
		return
	}
	if t.pinning && t.cell != nil {
		p.Send(feature.CellChosen{Cell: t.cell})
		p.Send(feature.CloseUpPressed{})
		return
	}
	p.Send(feature.PanelChosen{Name: t.name})
}
