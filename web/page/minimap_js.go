package page

import (
	"math"
	"strconv"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/page/browser"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene"
)

// A minimap keeps the strip that shows the whole tower in step with the camera, and moves the
// camera when the reader drags the strip. The part in view changes with every frame, so it is
// written into the element itself, not rendered.
type minimap struct {
	page     *Page
	drawnFor minimapKey
	from, to float32
	held     bool    // a pointer is down on it:
	pointer  int     // this one
	dragged  bool    // and has moved
	began    float64 // where it came down, CSS pixels from the top of the window
}

// minimapKey is what the picture depends on.
type minimapKey struct {
	layout, steps int
	model         string
	covered       bool
	language      *say.Language // of the labels
}

// watchMap listens to pointers on the strip.
func (p *Page) watchMap() {
	m := &p.minimap
	m.page = p
	document := js.Global().Get("document")
	p.Listen(document, "pointerdown", false, m.down)
	p.Listen(document, "pointermove", false, m.move)
	p.Listen(document, "pointerup", false, m.up)
	p.Listen(document, "pointercancel", false, func(js.Value) { m.held = false })
}

// update draws the picture anew when the tower has changed, and shows which part is in view.
func (m *minimap) update() {
	p := m.page
	now := minimapKey{p.scene.Layout(), len(p.state.Steps), p.state.Model, p.state.Covered(), say.Spoken()}
	if now != m.drawnFor || p.root.Map == nil && !now.covered {
		m.drawnFor = now
		m.draw()
	}
	if p.root.Map != nil {
		m.place(false)
	}
}

// draw makes the picture: a band for each stage, blocks by their parts.
func (m *minimap) draw() {
	p := m.page
	var bands []feature.MapBand
	var groups [][]string
	for _, g := range feature.Stages(p.state) {
		list := g.Parts
		if len(list) == 0 {
			list = []run.StageInfo{g}
		}
		for _, part := range list {
			bands, groups = append(bands, feature.MapBand{Stage: part.ID, Label: run.StageName(part.ID)}), append(groups, part.Names)
		}
	}
	places := p.scene.Bands(groups)
	if p.root.Map = nil; len(places) > 0 {
		for i, b := range places {
			bands[i].Band = b
		}
		p.root.Map = &feature.MapInfo{Bands: bands}
	}
	m.from, m.to = -1, -1
	if p.dom != nil {
		p.dom.Invalidate()
		p.clock.AfterRender(p.arrange)
	}
}

// place writes which part is in view; always, or if it has changed enough to be seen.
func (m *minimap) place(always bool) {
	from, to := m.page.scene.SeenSpan()
	if !always && math.Abs(float64(from-m.from)) < 0.002 && math.Abs(float64(to-m.to)) < 0.002 {
		return
	}
	strip, seen := browser.Element("map"), browser.Element("map-seen")
	if strip.IsNull() || seen.IsNull() {
		return
	}
	m.from, m.to = from, to
	set := func(e js.Value, name, value string) { e.Call("setAttribute", name, value) }
	number := func(v float32) string { return strconv.FormatFloat(float64(v)*100, 'f', 2, 32) }
	set(seen, "y", number(from))
	set(seen, "height", number(max(to-from, 0.02)))
	set(strip, "aria-valuenow", strconv.Itoa(int((from+to)*50+0.5)))
	set(strip, "aria-valuetext", m.text())
}

// text says what is in view.
func (m *minimap) text() string {
	if m.from < 0.03 && m.to > 0.97 {
		return say.Page.WholeModel()
	}
	if band, ok := m.middle(); ok {
		return band.Label
	}
	return ""
}

// middle returns the band that is in the middle of what is in view.
func (m *minimap) middle() (feature.MapBand, bool) {
	bands := m.page.root.Map.Bands
	i := scene.Nearest(places(bands), m.page.scene.SeenAcross(), (m.from+m.to)/2)
	if i < 0 {
		return feature.MapBand{}, false
	}
	return bands[i], true
}

func places(bands []feature.MapBand) []scene.Band {
	list := make([]scene.Band, len(bands))
	for i, b := range bands {
		list[i] = b.Band
	}
	return list
}

// hit returns the strip if an event is on it.
func (m *minimap) hit(event js.Value) (strip js.Value, ok bool) {
	target := event.Get("target")
	if strip = browser.Element("map"); strip.IsNull() || target.Get("closest").Type() != js.TypeFunction {
		return strip, false
	}
	return strip, strip.Call("contains", target).Bool()
}

func (m *minimap) down(event js.Value) {
	strip, ok := m.hit(event)
	if !ok || event.Get("button").Int() != 0 {
		return
	}
	m.page.input.capture(strip, event.Get("pointerId"))
	m.held, m.dragged, m.began = true, false, event.Get("clientY").Float()
	m.pointer = event.Get("pointerId").Int()
}

// move follows a drag, once the pointer has moved farther than slop.
func (m *minimap) move(event js.Value) {
	if !m.held || event.Get("pointerId").Int() != m.pointer {
		return
	}
	y := event.Get("clientY").Float()
	if m.dragged = m.dragged || math.Abs(y-m.began) >= slop; !m.dragged {
		return
	}
	strip := browser.Element("map")
	if strip.IsNull() {
		m.held = false
		return
	}
	box := browser.Bounds(strip)
	m.page.scene.MoveTo((float32(y) - box.Y) / max(box.H, 1))
	m.page.clock.Wake()
}

// up ends a drag; a press goes to the stage that is there.
func (m *minimap) up(event js.Value) {
	if !m.held || event.Get("pointerId").Int() != m.pointer {
		return
	}
	if m.held = false; m.dragged || m.page.root.Map == nil {
		return
	}
	strip := browser.Element("map")
	if strip.IsNull() {
		return
	}
	box, bands := browser.Bounds(strip), m.page.root.Map.Bands
	x, y := float32(event.Get("clientX").Float())-box.X, float32(event.Get("clientY").Float())-box.Y
	if i := scene.Nearest(places(bands), x/max(box.W, 1), y/max(box.H, 1)); i >= 0 {
		m.page.Send(feature.StageChosen{Stage: bands[i].Stage})
	}
}

// key handles the keys of a slider, and Enter, which goes to the stage in the middle. It reports
// whether key is one of them.
func (m *minimap) key(key string) bool {
	p := m.page
	middle, step := (m.from+m.to)/2, max((m.to-m.from)/8, 0.01)
	switch key {
	case "ArrowUp", "ArrowLeft":
		middle -= step
	case "ArrowDown", "ArrowRight":
		middle += step
	case "PageUp":
		middle -= 6 * step
	case "PageDown":
		middle += 6 * step
	case "Home":
		middle = 0
	case "End":
		middle = 1
	case "Enter", " ":
		if band, ok := m.middle(); ok {
			p.Send(feature.StageChosen{Stage: band.Stage})
		}
		return true
	default:
		return false
	}
	p.scene.MoveTo(middle)
	p.clock.Wake()
	return true
}
