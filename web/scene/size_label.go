package scene

import (
	"slices"

	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/sizes"
)

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
