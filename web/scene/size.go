package scene

import (
	"slices"

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
