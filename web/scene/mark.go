package scene

import (
	"math"
	"slices"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// A mark is a ring round cells that were read, or round the hovered cell itself.
type mark struct {
	panel      int
	u, v, w, h int // cells of the panel's front
	cell       bool
	row        int // of the tensor, where the ring is in a column of a token; else −1
}

// Hover marks a cell and what it was computed from; nil leaves. The operands may follow
// later, in a second call.
func (s *Scene) Hover(c *Cell, operands []model.Operand) {
	if c == nil && s.hover == nil {
		return
	}
	if c != nil {
		copied := *c
		c = &copied
	}
	same := s.hover != nil && c != nil && s.hover.Name == c.Name && slices.EqualFunc(s.operands, operands,
		func(a, b model.Operand) bool { return a.Tensor == b.Tensor })
	s.hover, s.operands = c, append(s.operands[:0], operands...)
	s.stale.marks, s.stale.quads = true, true
	s.stale.boxes = s.stale.boxes || !same && s.movable() // other panels fade
}

// findMarks finds the places of the hovered cell and of its operands.
func (s *Scene) findMarks() {
	s.marks = s.marks[:0]
	if s.hover == nil {
		if s.flow != nil {
			s.markFlow()
		} else {
			s.markFetched()
		}
		return
	}
	i := s.panelOf(*s.hover, "")
	if i < 0 {
		return
	}
	u, v, _ := s.plan.Panels[i].Spot(s.hover.Row, s.hover.Col)
	s.marks = append(s.marks, mark{panel: i, u: u, v: v, w: 1, h: 1, cell: true, row: -1})
	for _, o := range s.operands {
		s.findOperand(o)
	}
}

// findOperand adds a ring for each panel that the range crosses.
func (s *Scene) findOperand(o model.Operand) {
	sl := s.store.Slot(o.Tensor)
	if sl == nil || sl.Info.Cols == 0 || o.Count < 1 {
		return
	}
	cols := sl.Info.Cols
	row, col, rows, n := o.Start/cols, o.Start%cols, 1, o.Count
	if o.Stride%cols == 0 && o.Count > 1 {
		rows, n = (o.Count-1)*(o.Stride/cols)+1, 1
	}
	readers := s.readBy(o.Tensor)
	for _, i := range s.plan.ByName[o.Tensor] {
		p := &s.plan.Panels[i]
		if readers && p.Reader != s.hover.Name {
			continue
		}
		r0, r1 := max(row, p.Row), min(row+rows, p.Row+p.Rows)
		c0, c1 := max(col, p.Col), min(col+n, p.Col+p.Cols)
		if r0 >= r1 || c0 >= c1 {
			continue
		}
		m := mark{panel: i, row: -1}
		m.u, m.v, _ = p.Spot(r0, c0)
		if m.w, m.h = r1-r0, c1-c0; p.Across {
			m.w, m.h = m.h, m.w
		}
		if perToken(sl.Info) && rows == 1 {
			m.row = row
		}
		s.marks = append(s.marks, m)
	}
}

// readBy reports whether the tensor has panels that stand beside the hovered step.
func (s *Scene) readBy(tensor string) bool {
	for _, i := range s.plan.ByName[tensor] {
		if s.plan.Panels[i].Reader == s.hover.Name {
			return true
		}
	}
	return false
}

// bakeMarks draws the rings, and the curves from each operand to the cell.
func (s *Scene) bakeMarks() {
	s.stale.marks = false
	s.findMarks()
	w := &wire{lines: s.batch.Marks.Data[:0], origin: s.origin}
	signal, paper := s.colours.Signal.Linear().Alpha(1), s.colours.Paper.Linear().Alpha(1)
	s.wireTrail(w, signal, paper)
	var end camera.Vec
	if len(s.marks) > 0 {
		goal := s.marks[0]
		end = s.plan.Panels[goal.panel].Corner(float64(goal.u)+float64(goal.w)/2, float64(goal.v)+float64(goal.h)/2)
	}
	s.ringSelected(w, signal, paper)
	s.wireLit(w, signal, paper)
	s.wireTold(w, signal, paper)
	for pass := range 2 {
		for i, m := range s.marks {
			if i > 0 && !s.aloft() {
				width, c := float32(2), signal
				if pass == 0 {
					width, c = 5, paper
				}
				from, corner, to := s.bow(m, end)
				w.curve(from, corner, to, 20, width, c, 0)
			}
		}
	}
	for i := len(s.marks) - 1; i >= 0; i-- {
		m := s.marks[i]
		width, least := float32(2), 0.0
		if m.cell {
			width, least = 2.5, s.leastRing()
		}
		w.ring(&s.plan.Panels[m.panel], m, least, 0, width+3, paper)
		w.ring(&s.plan.Panels[m.panel], m, least, 0, width, signal)
	}
	s.batch.Marks = paint.Array{Data: w.lines, Version: s.batch.Marks.Version + 1}
}

// bow returns the curve from a ring to the middle of a cell.
func (s *Scene) bow(m mark, to camera.Vec) (from, corner, end camera.Vec) {
	p := &s.plan.Panels[m.panel]
	a, b := p.Corner(float64(m.u), float64(m.v)), p.Corner(float64(m.u+m.w), float64(m.v+m.h))
	x0, x1, y0, y1 := a.X, b.X, b.Y, a.Y
	from = camera.V(min(max(to.X, x0), x1), min(max(to.Y, y0), y1), p.Z)
	if x1-x0 > y1-y0 { // a row: from its middle, so that curves of neighbours part
		from.X = (x0 + x1) / 2
	} else if m.h > 1 || m.w > 1 {
		from.Y = (y0 + y1) / 2
	}
	mid := from.Lerp(to, 0.5)
	lift := 0.14 * to.Sub(from).Length()
	if to.Y-from.Y > 0.25*math.Abs(to.X-from.X) {
		lift = -lift
	}
	return from, mid.Add(camera.V(0, lift, 0.05)), to
}

// ring draws a rectangle round the cells of a mark, out units beside them, and no narrower than twice least.
func (w *wire) ring(p *layout.Panel, m mark, least, out float64, width float32, c [4]float32) {
	low, high := p.Corner(float64(m.u), float64(m.v)), p.Corner(float64(m.u+m.w), float64(m.v+m.h))
	aside, above := out+max(least-(high.X-low.X)/2, 0), out+max(least-(low.Y-high.Y)/2, 0)
	x0, x1, y0, y1 := low.X-aside, high.X+aside, high.Y-above, low.Y+above
	z := p.Z + 0.05
	a, b, d, e := camera.V(x0, y1, z), camera.V(x1, y1, z), camera.V(x1, y0, z), camera.V(x0, y0, z)
	w.line(a, b, width, c, 0)
	w.line(b, d, width, c, 0)
	w.line(d, e, width, c, 0)
	w.line(e, a, width, c, 0)
}

// labelHover puts a tag beside each ring in a token's column, and one on the spine.
func (s *Scene) labelHover() {
	b := &s.labels
	for _, m := range s.marks {
		if m.row < 0 || m.h == 1 && m.w == 1 {
			continue
		}
		p := &s.plan.Panels[m.panel]
		w, _ := p.Size()
		at, out := p.Corner(0, float64(m.v)+float64(m.h)*0.7), -10.0
		if 2*m.u >= w {
			at.X, out = p.Corner(float64(w), 0).X, 10
		}
		if x, y, ok := b.lens.Project(at); ok && s.inside(x, y) {
			s.tag(s.tagText(m.row), x+out, y, -float32(out)/10)
		}
	}
	if len(s.marks) > 0 && s.hover != nil {
		s.labelCell(s.marks[0])
	}
	if t := s.marked(); t >= 0 && s.plan.HasStream() {
		x, y, ok := b.lens.Project(camera.V(s.plan.StreamAt(s.pose.At)+s.plan.ColumnX(t)+s.plan.Column/2, s.pose.At.Y, 0))
		if ok && s.inside(x, y) && b.unit > far {
			s.tag(s.tagText(t), x, y, 0)
		}
	}
}

// labelCell numbers the row and column of the hovered cell, where cells are too small
// for all of them to be numbered.
func (s *Scene) labelCell(m mark) {
	p := &s.plan.Panels[m.panel]
	l := &s.labels.lens
	if px := l.Scale(p.Centre(m.u, m.v)) * max(p.CellW, p.CellH); px >= 12 && px < indexFrom {
		s.indices(l, p, m.u, m.u+1, m.v, m.v+1)
	}
}

// tag places a small filled tag.
func (s *Scene) tag(text string, x, y float64, align float32) {
	b := &s.labels
	size := s.size(11)
	w := s.width(text, size, true, true) + 8
	l := paint.Label{Text: text, Size: size, Bold: true, Mono: true, Align: align, Ink: s.colours.Paper.Alpha(1),
		Fill: s.colours.Signal.Alpha(1), High: 16, Pad: 4}
	if !b.take(camera.Rect{X: float32(x) - w*(1+align)/2, Y: float32(y) - 8, W: w, H: 16}) {
		return
	}
	l.X, l.Y = b.snap(x), b.snap(y+0.36*float64(size))
	b.out = append(b.out, l)
}

// CardSpot returns where a card of w × h should stand to explain the hovered cell: near
// it, wholly on the canvas, over no operand, no label and no box of the interface; ok
// is false if nothing is hovered or there is no such place. Where what it says of a pinned cell is told beside the scene
// as well, it covers neither the panel of the cell nor a name.
func (s *Scene) CardSpot(w, h float32, told bool) (x, y float32, ok bool) {
	if s.stale.marks {
		s.bakeMarks()
	}
	if len(s.marks) == 0 || s.hover == nil {
		return 0, 0, false
	}
	rings, panels := s.markRects()
	labels := s.labels.taken
	places := [][3][]camera.Rect{{rings, panels, labels}, {rings, panels[:min(1, len(panels))], labels},
		{rings, panels[:min(1, len(panels))], nil}, {rings, nil, labels}, {rings, nil, nil}}
	if told && *s.hover == s.pinned {
		if own, ok := s.ownPanel(); ok {
			panels = append([]camera.Rect{own}, panels...)
		}
		places = [][3][]camera.Rect{{rings, panels, labels}, {rings, panels[:min(1, len(panels))], labels}}
	}
	for _, avoid := range places {
		if x, y, ok = s.roomFor(w, h, rings[0], avoid); ok {
			return x, y, true
		}
	}
	return 0, 0, false
}

// markRects returns where the marks stand on the canvas, the hovered cell first, and
// the panels that they are on, as far as these leave room for anything else.
func (s *Scene) markRects() (rings, panels []camera.Rect) {
	l := s.lens()
	for _, m := range s.marks {
		p := &s.plan.Panels[m.panel]
		r, ok := area(&l, p, m.u, m.v, m.w, m.h)
		if !ok {
			r = camera.Rect{X: -99, Y: -99, W: 1, H: 1}
		}
		rings = append(rings, r.Grow(12))
		w, h := p.Size()
		if r, ok := area(&l, p, 0, 0, w, h); ok && r.W*r.H < float32(s.w*s.h)/3 {
			panels = append(panels, r)
		}
	}
	return rings, panels
}

// ownPanel returns where the panel of the hovered cell stands on the canvas.
func (s *Scene) ownPanel() (camera.Rect, bool) {
	l, p := s.lens(), &s.plan.Panels[s.marks[0].panel]
	w, h := p.Size()
	return area(&l, p, 0, 0, w, h)
}

// mostAside is how far from its cell a card stands at most, in CSS pixels.
const mostAside = 460

// roomFor returns the place nearest to the cell, at most mostAside away, where a
// rectangle of w × h overlaps nothing that is to be avoided.
func (s *Scene) roomFor(w, h float32, cell camera.Rect, avoid [3][]camera.Rect) (x, y float32, ok bool) {
	cx, cy := cell.X+cell.W/2, cell.Y+cell.H/2
	best := float32(mostAside * mostAside)
	for py := float32(8); py+h <= float32(s.h)-8; py += 12 {
		for px := float32(8); px+w <= float32(s.w)-8; px += 12 {
			r := camera.Rect{X: px, Y: py, W: w, H: h}
			dx, dy := max(px-cx, cx-px-w, 0), max(py-cy, cy-py-h, 0)
			if d := dx*dx + dy*dy; d < best && unhindered(r, s.occupied) &&
				unhindered(r, avoid[0]) && unhindered(r, avoid[1]) && unhindered(r, avoid[2]) {
				best, x, y, ok = d, px, py, true
			}
		}
	}
	return x, y, ok
}

// unhindered reports whether r overlaps none of the others.
func unhindered(r camera.Rect, others []camera.Rect) bool {
	for _, o := range others {
		if r.Overlaps(o) {
			return false
		}
	}
	return true
}

// ringBeside is how far beside the cells of a selected panel its ring runs, in units: on the
// edge of the paper round them, so that neither cells nor the numbers beside them are covered.
const ringBeside = layout.Margin

// leastRing is half the least side of the ring round a cell, in CSS pixels: from afar a
// cell is smaller than the line of its ring.
const leastRing = 5

// ringSelected draws a ring round the front panels of the selected tensor: the focus of the
// scene, which has to be seen in every theme, on any ground and without colours.
func (s *Scene) ringSelected(w *wire, signal, paper [4]float32) {
	if s.selected == "" {
		return
	}
	for pass := range 2 {
		width, c := float32(2.5), signal
		if pass == 0 {
			width, c = 6, paper
		}
		for _, i := range s.plan.ByName[s.selected] {
			p := &s.plan.Panels[i]
			if p.Layer == 0 {
				wide, high := p.Size()
				w.ring(p, mark{w: wide, h: high}, 0, ringBeside, width, c)
			}
		}
	}
}

// leastRing returns half the least side of the ring round the hovered cell, in units, so that it can be
// seen from afar.
func (s *Scene) leastRing() float64 { return leastRing * s.pose.Span / s.h }

// SetTrail sets the way from the number where the reader began to the selected one, which
// is its last cell; each was made from the next. Fewer than two cells: there is none.
func (s *Scene) SetTrail(cells []Cell) {
	if slices.Equal(s.trail, cells) {
		return
	}
	s.trail = append(s.trail[:0], cells...)
	s.stale.marks = true
}

// trailMarks finds the places of the way. What the scene does not show, of a very long
// axis, leaves a gap.
func (s *Scene) trailMarks() (marks []mark) {
	if len(s.trail) < 2 {
		return nil
	}
	for _, c := range s.trail {
		m := mark{panel: s.panelOf(c, ""), w: 1, h: 1, cell: true, row: -1}
		if m.panel >= 0 {
			m.u, m.v, _ = s.plan.Panels[m.panel].Spot(c.Row, c.Col)
		}
		marks = append(marks, m)
	}
	return marks
}

// wireTrail draws a thin curve from each cell of the way to the next, and a ring round it.
func (s *Scene) wireTrail(w *wire, signal, paper [4]float32) {
	marks := s.trailMarks()
	for pass := range 2 {
		width, c := float32(4.5), paper
		if pass > 0 {
			width, c = 1.5, signal
		}
		for i := 1; i < len(marks); i++ {
			if a, b := marks[i-1], marks[i]; a.panel >= 0 && b.panel >= 0 {
				from, corner, to := s.bow(b, s.plan.Panels[a.panel].Centre(a.u, a.v))
				w.curve(from, corner, to, 16, width, c, 0)
			}
		}
	}
	for _, m := range marks {
		if m.panel >= 0 {
			w.ring(&s.plan.Panels[m.panel], m, 0, 0, 4, paper)
			w.ring(&s.plan.Panels[m.panel], m, 0, 0, 1.5, signal)
		}
	}
}
