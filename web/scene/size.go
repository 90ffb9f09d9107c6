package scene

import (
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/web/scene/camera"
)

// A Size is a model that stands beside others to compare how large they are. It is drawn
// as structure: every weight and every tensor of a block as an empty panel of one cell for
// each number, and no values.
type Size struct {
	ID     string // letters, digits and dashes
	Label  string // "GPT-2 small"
	Note   string // beside it: "124 M, structure only"
	Config model.Config
}

// sizePrefix begins the names of panels of a comparison; the ID of their size follows.
const sizePrefix = "sizes/"

// SizeName returns the name of all panels of a size, for FlyTo.
func SizeName(id string) string { return sizePrefix + id }

// SizeID returns the ID of the size that a panel belongs to; ok is false for a panel of
// the model.
func SizeID(name string) (id string, ok bool) { return strings.CutPrefix(name, sizePrefix) }

// Compare puts sizes in the place of the model, side by side at one scale, and shows them
// all; none brings the model back. The values of the model stay where they are. Each
// configuration must be valid.
func (s *Scene) Compare(sizes []Size) {
	was := s.compared
	if was == nil && len(sizes) == 0 || was != nil && slices.Equal(was.sizes, sizes) {
		return
	}
	s.compared = nil
	if len(sizes) > 0 {
		s.compared = newComparison(slices.Clone(sizes))
	}
	s.origin, s.anchor.set = 0, false
	s.labels.ages = map[int]float64{}
	if (was == nil) != (s.compared == nil) { // another world: no way leads there
		s.flight, s.goal = nil, goal{held: true}
	} else if len(s.goal.names) == 1 && !s.compared.has(s.goal.names[0]) {
		s.goal.names = nil
	}
	s.relayout()
}

// A comparison is the sizes with their places.
type comparison struct {
	sizes   []Size
	towers  []tower
	plan    *plan
	tensors []*tensor // that the panels of the plan stand for
	leads   []float32
}

// A tower is one size: columns of blocks, the embeddings above them, the output below.
type tower struct {
	all     camera.Box
	columns []ribbon
	block   float64 // units, the width of a weight of a block: C
	rows    [2]int  // of the plan: from … to−1
	sheets  int     // how many heads' scores are drawn behind one another

	stream, scores *tensor
}

// A ribbon is the residual stream of a column.
type ribbon struct {
	x, half, top, bottom float64
	left                 float64 // where the panels of its blocks begin
}

func (c *comparison) has(name string) bool {
	return slices.ContainsFunc(c.sizes, func(z Size) bool { return SizeName(z.ID) == name })
}

// mostSheets bounds how many panels of attention scores a tower has.
const mostSheets = 20000

// towerGap is the free space beside a tower, as a share of its width.
const towerGap = 0.2

// newComparison places the sizes from left to right, all standing on one ground.
func newComparison(sizes []Size) *comparison {
	c := &comparison{sizes: sizes}
	p := &plan{byName: map[string][]int{}, stretch: stretch{1, 1}, spread: 1, S: 24, all: camera.NoBox(), fixed: true}
	x, was := 0.0, 0.0
	for _, z := range sizes {
		b := newTower(z.Config)
		b.build()
		wide := b.all.Max.X - b.all.Min.X
		if x > 0 {
			x += towerGap * max(was, wide)
		}
		c.add(p, b, SizeName(z.ID), camera.V(x-b.all.Min.X, -b.all.Min.Y, 0))
		x, was = x+wide, wide
		p.S = max(p.S, extent(z.Config))
	}
	c.plan = p
	return c
}

// add moves a tower to its place and takes its panels over.
func (c *comparison) add(p *plan, b *towerBuilder, name string, by camera.Vec) {
	t := tower{all: camera.Box{Min: b.all.Min.Add(by), Max: b.all.Max.Add(by)}, block: b.width, sheets: b.sheets, stream: b.of.stream, scores: b.of.scores}
	t.rows[0] = len(p.rows)
	from := 0
	for _, end := range b.ends {
		box := camera.NoBox()
		for i := from; i < end; i++ {
			q := b.panels[i]
			q.Name, q.row = name, len(p.rows)
			q.X, q.Y = q.X+by.X, q.Y+by.Y
			box = box.Union(q.bound())
			p.byName[name] = append(p.byName[name], len(p.panels))
			p.panels = append(p.panels, q)
		}
		from = end
		p.rows, p.ends = append(p.rows, box), append(p.ends, len(p.panels))
		p.all = p.all.Union(box)
	}
	t.rows[1] = len(p.rows)
	for _, r := range b.columns {
		t.columns = append(t.columns, ribbon{r.x + by.X, r.half, r.top + by.Y, r.bottom + by.Y, r.left + by.X})
	}
	c.tensors = append(c.tensors, b.tensors...)
	c.towers = append(c.towers, t)
}

// bakeCompared writes the ribbons of the residual streams and the ways between columns.
// Their widths are in pixels, so zooming leaves them as they are.
func (s *Scene) bakeCompared() {
	s.stale.lines, s.stale.quads = false, false
	quads := s.batch.Quads.Data[:0]
	w := &wire{lines: s.batch.Lines.Data[:0], heads: s.batch.Heads.Data[:0], unit: 1, alpha: 0.9, paper: s.colours.paper}
	act := s.colours.activation.linear()
	for i := range s.compared.towers {
		t := &s.compared.towers[i]
		for k, r := range t.columns {
			quads = s.quad(quads, camera.V(r.x-r.half, r.top, -depth-1), 2*r.half, r.top-r.bottom, act.alpha(s.colours.ribbon), 0)
			for _, x := range []float64{r.x - r.half, r.x + r.half} {
				w.line(camera.V(x, r.top, -depth-0.9), camera.V(x, r.bottom, -depth-0.9), 1.5, act.alpha(0.9), 0)
			}
			if k+1 < len(t.columns) {
				w.onward(r, t.columns[k+1], 0.05*t.block, s.colours.activation.linear())
			}
		}
	}
	s.batch.Quads = Array{quads, s.batch.Quads.Version + 1}
	s.batch.Lines = Array{w.lines, s.batch.Lines.Version + 1}
	s.batch.Heads = Array{w.heads, s.batch.Heads.Version + 1}
}

// onward leads from the lower end of a column to the upper end of the next.
func (w *wire) onward(from, to ribbon, gap float64, c rgb) {
	x := to.left - 4*gap // between the columns
	w.unit = gap / 8
	w.pts = append(w.pts[:0], camera.V(from.x, from.bottom, linkZ), camera.V(from.x, from.bottom-gap, linkZ), camera.V(x, from.bottom-gap, linkZ),
		camera.V(x, to.top+2*gap, linkZ), camera.V(to.x, to.top+2*gap, linkZ), camera.V(to.x, to.top, linkZ))
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
	return a.Pose(s.w, s.h, whole, s.plan.all)
}

// sized returns the pose that shows a size; without one, all.
func (s *Scene) sized(names []string) camera.Pose {
	for i, z := range s.compared.sizes {
		if len(names) == 1 && SizeName(z.ID) == names[0] {
			t := s.compared.towers[i]
			return s.survey(s.plan.rows[t.rows[0]:t.rows[1]], s.whole)
		}
	}
	return s.survey(s.plan.rows, 0)
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
