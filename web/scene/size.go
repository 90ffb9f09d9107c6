package scene

import (
	"slices"

	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/sizes"
)

// Compare puts sizes in the place of the model, side by side at one scale, and shows them
// all; none brings the model back. The values of the model stay where they are. Each
// configuration must be valid.
func (s *Scene) Compare(list []sizes.Size) {
	was := s.compared
	if was == nil && len(list) == 0 || was != nil && slices.Equal(was.Sizes, list) {
		return
	}
	s.compared = nil
	if len(list) > 0 {
		s.compared = sizes.New(slices.Clone(list))
	}
	s.origin, s.anchor.set = 0, false
	s.labels.ages = map[int]float64{}
	if (was == nil) != (s.compared == nil) { // another world: no way leads there
		s.flight, s.goal = nil, goal{held: true}
	} else if len(s.goal.names) == 1 && !s.compared.Has(s.goal.names[0]) {
		s.goal.names = nil
	}
	s.relayout()
}

// bakeCompared writes the ribbons of the residual streams and the ways between columns.
// Their widths are in pixels, so zooming leaves them as they are.
func (s *Scene) bakeCompared() {
	s.stale.lines, s.stale.quads = false, false
	quads := s.batch.Quads.Data[:0]
	w := &wire{lines: s.batch.Lines.Data[:0], heads: s.batch.Heads.Data[:0], unit: 1, alpha: 0.9, paper: s.colours.Paper}
	act := s.colours.Activation.Linear()
	for i := range s.compared.Towers {
		t := &s.compared.Towers[i]
		for k, r := range t.Columns {
			quads = s.quad(quads, camera.V(r.X-r.Half, r.Top, -layout.Depth-1), 2*r.Half, r.Top-r.Bottom, act.Alpha(s.colours.Ribbon), 0)
			for _, x := range []float64{r.X - r.Half, r.X + r.Half} {
				w.line(camera.V(x, r.Top, -layout.Depth-0.9), camera.V(x, r.Bottom, -layout.Depth-0.9), 1.5, act.Alpha(0.9), 0)
			}
			if k+1 < len(t.Columns) {
				w.onward(r, t.Columns[k+1], 0.05*t.Block, s.colours.Activation.Linear())
			}
		}
	}
	s.batch.Quads = paint.Array{Data: quads, Version: s.batch.Quads.Version + 1}
	s.batch.Lines = paint.Array{Data: w.lines, Version: s.batch.Lines.Version + 1}
	s.batch.Heads = paint.Array{Data: w.heads, Version: s.batch.Heads.Version + 1}
}

// onward leads from the lower end of a column to the upper end of the next.
func (w *wire) onward(from, to sizes.Ribbon, gap float64, c paint.RGB) {
	x := to.Left - 4*gap // between the columns
	w.unit = gap / 8
	w.pts = append(w.pts[:0], camera.V(from.X, from.Bottom, layout.LinkZ), camera.V(from.X, from.Bottom-gap, layout.LinkZ), camera.V(x, from.Bottom-gap, layout.LinkZ),
		camera.V(x, to.Top+2*gap, layout.LinkZ), camera.V(to.X, to.Top+2*gap, layout.LinkZ), camera.V(to.X, to.Top, layout.LinkZ))
	w.run(w.pts, 1.5, c, false)
}

// survey returns the pose that shows boxes of a comparison, with room for names above them,
// when all of it is seen at the span whole; 0: the boxes are all of it.
func (s *Scene) survey(boxes []camera.Box, whole float64) camera.Pose {
	f := s.free()
	room, below := min(float32(chipRoom), f.H/4), float32(0)
	if f.W >= narrow {
		below = min(legendRoom, f.H/4)
	}
	a := camera.Aim{Boxes: boxes, Az: towerAz, El: towerEl, Most: 40, Spread: 1, W: float64(f.W) * 0.9, H: float64(f.H-room-below) * 0.96}
	a.X, a.Y = float64(f.X)+float64(f.W)*0.05, float64(f.Y+room)
	return a.Pose(s.w, s.h, whole, s.plan.All)
}

// sized returns the pose that shows a size; without one, all.
func (s *Scene) sized(names []string) camera.Pose {
	for i, z := range s.compared.Sizes {
		if len(names) == 1 && sizes.Name(z.ID) == names[0] {
			t := s.compared.Towers[i]
			return s.survey(s.plan.Boxes[t.Rows[0]:t.Rows[1]], s.whole)
		}
	}
	return s.survey(s.plan.Boxes, 0)
}

// legendRoom is what the legend takes at the lower edge of a wide canvas, in CSS pixels.
const legendRoom = 70

// The side from which a row of towers is seen, in degrees: flatter than the model's own,
// for it is much wider than high.
const towerAz, towerEl = -9, 6

// least is the smallest height that may be seen: of a comparison there is nothing to read
// in single cells, and far out float32 has no fractions for them.
func (s *Scene) least() float64 {
	if s.compared != nil {
		return 60
	}
	return camera.LeastSpan
}

// labelSizes names the towers of a comparison, the largest first, and close by their panels.
func (s *Scene) labelSizes() {
	b, c := &s.labels, s.compared
	s.leads = s.leads[:0]
	taken := len(b.taken)
	s.standing()
	stood := len(b.taken)
	for i := len(c.Towers) - 1; i >= 0; i-- {
		s.labelTower(i)
	}
	b.taken = slices.Delete(b.taken, taken, stood)
	for i := range c.Towers {
		s.labelParts(&c.Towers[i])
	}
	if !slices.Equal(s.batch.Marks.Data, s.leads) {
		s.batch.Marks = paint.Array{Data: append(s.batch.Marks.Data[:0], s.leads...), Version: s.batch.Marks.Version + 1}
	}
	s.batch.Labels = b.out
}

// towerLine is the height of a line of towers' names, in CSS pixels.
const towerLine = 19

// labelTower puts the name of a tower above it, or further up where others stand, with a
// line that leads there.
func (s *Scene) labelTower(i int) {
	b, t, z := &s.labels, &s.compared.Towers[i], &s.compared.Sizes[i]
	top := camera.V((t.All.Min.X+t.All.Max.X)/2, t.All.Max.Y, 0)
	x, y, ok := b.lens.Project(top)
	if !ok || !s.inside(x, y+20) {
		return
	}
	chosen := len(s.goal.names) == 1 && s.goal.names[0] == sizes.Name(z.ID)
	ink := s.colours.Ink
	if chosen {
		ink = s.colours.Signal
	}
	l := paint.Label{Text: z.Label, Shape: z.Note, Size: s.size(13), Bold: true, Ink: ink.Alpha(1)}
	w := s.width(l.Text, l.Size, true, false) + 6 + s.width(l.Shape, l.Size-1, false, true)
	if w > float32(s.w)/2 {
		l.Shape, w = "", s.width(l.Text, l.Size, true, false)
	}
	flag := b.lens.Scale(top)*(t.All.Max.X-t.All.Min.X) < float64(w)
	if flag { // like a flag on its pole, so that no pole crosses the name of a larger one
		l.Align, x = -1, x+4
		if x+float64(w) > s.w-4 {
			l.Align, x = 1, x-8
		}
	}
	for k := range 24 {
		up := float64(8 + towerLine*k)
		if !b.put(&l, x, y-up, w, i) {
			continue
		}
		if flag {
			s.lead(top, up+float64(l.Size)*0.7)
		}
		return
	}
}

// standing takes the places of the towers, which no name may cover.
func (s *Scene) standing() {
	b := &s.labels
	for i := range s.compared.Towers {
		if x0, y0, x1, y1, ok := b.lens.Rect(s.compared.Towers[i].All); ok && x1 > 0 && y1 > 0 && x0 < s.w && y0 < s.h {
			b.taken = append(b.taken, camera.Rect{X: float32(x0), Y: float32(y0), W: float32(x1 - x0), H: float32(y1 - y0)})
		}
	}
}

// lead draws a line from the top of a tower to its name, up pixels above it.
func (s *Scene) lead(top camera.Vec, up float64) {
	l := &s.labels.lens
	end := top.Add(l.Up.Mul(up / l.Scale(top)))
	c := s.colours.Ink3.Linear()
	s.leads = append(s.leads, float32(top.X), float32(top.Y-s.origin), float32(top.Z),
		float32(end.X), float32(end.Y-s.origin), float32(end.Z), 1, c[0], c[1], c[2], 1, 0)
}

// labelParts names the panels of a tower that are large enough, with their sizes in cells.
func (s *Scene) labelParts(t *sizes.Tower) {
	b, p := &s.labels, s.compared.Plan
	if t.Block*b.unit < 70 {
		return
	}
	for r := t.Rows[0]; r < t.Rows[1]; r++ {
		if !s.visible(&b.lens, p.Boxes[r]) {
			continue
		}
		from := 0
		if r > 0 {
			from = p.Ends[r-1]
		}
		for i := from; i < p.Ends[r]; i++ {
			if p.Panels[i].Layer == 0 {
				s.labelPart(i, t)
			}
		}
	}
}

// labelPart puts a name above a panel.
func (s *Scene) labelPart(i int, t *sizes.Tower) {
	b, q := &s.labels, &s.compared.Plan.Panels[i]
	of := s.compared.Tensors[i]
	w, h := q.Size()
	narrow := float64(w)*b.unit < 40 || float64(h)*b.unit < 16
	if narrow && (b.unit < 4 || of.Rows == 1 && h > 1) {
		return
	}
	x, y, ok := crown(&b.lens, camera.V(q.X+float64(w)/2, q.Y, 0))
	if !ok || !s.inside(x, y) {
		return
	}
	l := paint.Label{Text: of.Title(), Shape: say.Shape(w, h), Size: s.size(11), Ink: s.colours.Ink2.Alpha(1),
		Swatch: s.colours.Kind(q.Kind).Alpha(1)}
	switch of {
	case t.Scores:
		l.Shape = say.Count(t.Sheets) + " × " + l.Shape
	case t.Stream:
		l.Text, l.Bold = say.Scene.Block(q.Block+1), true
	}
	width := s.width(l.Text, l.Size, l.Bold, false) + 11
	if more := 6 + s.width(l.Shape, l.Size-1, false, true); b.put(&l, x, y-5, width+more, 1000+i) {
		return
	}
	l.Shape = ""
	b.put(&l, x, y-5, width, 1000+i)
}
