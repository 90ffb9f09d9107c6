package scene

import (
	"maps"
	"slices"

	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// An Edit is a place where the reader changes the run: a cell, a row if Col is −1, or all of a tensor if Row is, too.
type Edit struct {
	Name     string
	Row, Col int
	Off      bool   // it does nothing any more, which is hatched
	Text     string // that stands there: "off"; "" nothing
}

// edited is what the scene shows of edits.
type edited struct {
	list    []Edit
	changed map[string]bool // in the difference: the tensors that have one; nil: it is not shown
}

// SetEdits marks the places that edits change. In the difference between the numbers after and before, changed names the
// tensors that have one; the others are pale. Else it is nil.
func (s *Scene) SetEdits(list []Edit, changed map[string]bool) {
	if slices.Equal(s.edits.list, list) && maps.Equal(s.edits.changed, changed) && (s.edits.changed == nil) == (changed == nil) {
		return
	}
	s.edits = edited{slices.Clone(list), changed}
	s.stale.boxes, s.stale.lines, s.stale.marks = true, true, true
	s.SetScale(s.chosen)
}

// paleness is how far panels without a difference go towards paper.
const paleness = 0.6

// pale reports whether a tensor has no difference, while that is shown.
func (e *edited) pale(name string) bool { return e.changed != nil && !e.changed[name] }

// hatching of what is off: so far its lines are apart, in CSS pixels as they are drawn for the whole tower, and at most so many
// are drawn in a panel.
const (
	hatchApart = 7
	mostHatch  = 48
)

// wireEdits hatches what is off, and dashes the outline of whatever an edit changes.
func (s *Scene) wireEdits(w *wire) {
	c, paper := s.colours.Signal.Linear().Alpha(1), s.colours.Paper.Linear().Alpha(0.9)
	for _, e := range s.edits.list {
		for _, i := range s.plan.ByName[e.Name] {
			p := &s.plan.Panels[i]
			m, ok := editedCells(p, e)
			if !ok || m.w == 1 && m.h == 1 {
				continue
			}
			low, high := p.Corner(float64(m.u), float64(m.v)), p.Corner(float64(m.u+m.w), float64(m.v+m.h))
			z := p.Z + editLift
			if e.Off {
				w.hatch(low.X, high.Y, high.X, low.Y, z, hatchApart*w.unit, c)
			}
			w.dashed(low.X, high.Y, high.X, low.Y, z, 3.5, paper, 0)
			w.dashed(low.X, high.Y, high.X, low.Y, z+editLift, 1.75, c, 5)
		}
	}
}

// wireReach outlines what edits of one token can change: its rows and those of later tokens, in each step behind it. What edits
// change for all tokens needs no outline.
func (s *Scene) wireReach(w *wire) {
	c, paper := s.colours.Signal.Linear().Alpha(0.8), s.colours.Paper.Linear().Alpha(0.9)
	for i := range s.plan.Panels {
		p := &s.plan.Panels[i]
		info := s.infoOf(p.Name)
		if p.Layer > 0 || info == nil || !info.Changed || info.FirstChanged == 0 || !info.RowAxis.Tokens() {
			continue
		}
		m, ok := reached(p, info.FirstChanged)
		if !ok {
			continue
		}
		low, high := p.Corner(float64(m.u), float64(m.v)), p.Corner(float64(m.u+m.w), float64(m.v+m.h))
		z := p.Z + editLift
		w.dashed(low.X, high.Y, high.X, low.Y, z, 3, paper, 0)
		w.dashed(low.X, high.Y, high.X, low.Y, z+editLift, 1.25, c, 0)
	}
}

// reached returns which cells of a panel lie in a row or behind it.
func reached(p *layout.Panel, row int) (m mark, ok bool) {
	from := max(p.Row, row)
	if from >= p.Row+p.Rows {
		return m, false
	}
	m = mark{row: -1}
	m.u, m.v, _ = p.Spot(from, p.Col)
	if m.w, m.h = p.Row+p.Rows-from, p.Cols; p.Across {
		m.w, m.h = m.h, m.w
	}
	return m, true
}

// editLift is how far before a panel its hatching lies, in units.
const editLift = 0.2

// editedCells returns which cells of a panel an edit changes.
func editedCells(p *layout.Panel, e Edit) (m mark, ok bool) {
	r0, r1, c0, c1 := p.Row, p.Row+p.Rows, p.Col, p.Col+p.Cols
	if e.Row >= 0 {
		r0, r1 = max(r0, e.Row), min(r1, e.Row+1)
	}
	if e.Col >= 0 {
		c0, c1 = max(c0, e.Col), min(c1, e.Col+1)
	}
	if r0 >= r1 || c0 >= c1 {
		return m, false
	}
	m = mark{row: -1}
	m.u, m.v, _ = p.Spot(r0, c0)
	if m.w, m.h = r1-r0, c1-c0; p.Across {
		m.w, m.h = m.h, m.w
	}
	return m, true
}

// hatch draws lines that rise to the right in a rectangle, so far apart.
func (w *wire) hatch(x0, y0, x1, y1, z, apart float64, c [4]float32) {
	wide, high := x1-x0, y1-y0
	if apart = max(apart, (wide+high)/mostHatch); wide <= 0 || high <= 0 {
		return
	}
	c[3] = 0.75
	for d := apart; d < wide+high; d += apart { // from the left or the bottom to the top or the right
		a := camera.V(x0+max(d-high, 0), y1-min(d, high), z)
		b := camera.V(x0+min(d, wide), y1-max(d-wide, 0), z)
		w.line(a, b, 1.25, c, 0)
	}
}

// dashed draws a rectangle.
func (w *wire) dashed(x0, y0, x1, y1, z float64, width float32, c [4]float32, dash float32) {
	a, b, d, e := camera.V(x0, y1, z), camera.V(x1, y1, z), camera.V(x1, y0, z), camera.V(x0, y0, z)
	w.line(a, b, width, c, dash)
	w.line(b, d, width, c, dash)
	w.line(d, e, width, c, dash)
	w.line(e, a, width, c, dash)
}

// ringEdited draws a ring round each number that an edit changes, which is seen from afar, too.
func (s *Scene) ringEdited(w *wire, signal, paper [4]float32) {
	for _, e := range s.edits.list {
		if e.Row < 0 || e.Col < 0 {
			continue
		}
		if i := s.panelOf(Cell{e.Name, e.Row, e.Col}, ""); i >= 0 {
			m, ok := editedCells(&s.plan.Panels[i], e)
			if !ok {
				continue
			}
			w.ring(&s.plan.Panels[i], m, s.leastRing(), 0, 4.5, paper)
			w.ring(&s.plan.Panels[i], m, s.leastRing(), 0, 1.75, signal)
		}
	}
}

// labelEdits puts a tag on each place that an edit changes and has one.
func (s *Scene) labelEdits() {
	b := &s.labels
	for _, e := range s.edits.list {
		if e.Text == "" {
			continue
		}
		for _, i := range s.plan.ByName[e.Name] {
			p := &s.plan.Panels[i]
			m, ok := editedCells(p, e)
			if !ok || p.Layer > 0 {
				continue
			}
			middle := p.Corner(float64(m.u)+float64(m.w)/2, float64(m.v)+float64(m.h)/2)
			if x, y, ok := b.lens.Project(middle); ok && s.inside(x, y) {
				s.tag(e.Text, x, y, 0)
			}
			break
		}
	}
}

// differenceLegend is the key to the colours of the difference.
func (s *Scene) differenceLegend(l Legend) Legend {
	if l.Differs = s.edits.changed != nil; l.Differs && l.Name == "" {
		l.Norm = s.store.DifferenceNorm()
	}
	l.Above = l.Above && !l.Differs
	l.Alone = l.Differs && l.Name != "" && !s.store.Differs(l.Name)
	return l
}

// scale is that of a difference, or else the one that the reader chose.
func (e *edited) scale(chosen paint.Scale) paint.Scale {
	if e.changed != nil {
		return paint.Differences
	}
	return chosen
}
