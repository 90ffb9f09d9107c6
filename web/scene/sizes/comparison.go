// Package sizes holds models as large structures side by side: what each consists of, and where its
// panels stand in a comparison, one cell for each number and no values.
package sizes

import (
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
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

// prefix begins the names of panels of a comparison; the ID of their size follows.
const prefix = "sizes/"

// Name returns the name of all panels of a size, for FlyTo.
func Name(id string) string { return prefix + id }

// IDOf returns the ID of the size that a panel belongs to; ok is false for a panel of
// the model.
func IDOf(name string) (id string, ok bool) { return strings.CutPrefix(name, prefix) }

// A Comparison is the sizes with their places.
type Comparison struct {
	Sizes   []Size
	Towers  []Tower
	Plan    *layout.Plan
	Tensors []*Tensor // that the panels of the plan stand for
}

// A Tower is one size: columns of blocks, the embeddings above them, the output below.
type Tower struct {
	All     camera.Box
	Columns []Ribbon
	Block   float64 // units, the width of a weight of a block: C
	Rows    [2]int  // of the plan: from … to−1
	Sheets  int     // how many heads' scores are drawn behind one another

	Stream, Scores *Tensor
}

// A Ribbon is the residual stream of a column.
type Ribbon struct {
	X, Half, Top, Bottom float64
	Left                 float64 // where the panels of its blocks begin
}

// Has reports whether the name is that of the panels of one of the sizes.
func (c *Comparison) Has(name string) bool {
	return slices.ContainsFunc(c.Sizes, func(z Size) bool { return Name(z.ID) == name })
}

// mostSheets bounds how many panels of attention scores a tower has.
const mostSheets = 20000

// towerGap is the free space beside a tower, as a share of its width.
const towerGap = 0.2

// New places the sizes from left to right, all standing on one ground.
func New(sizes []Size) *Comparison {
	c := &Comparison{Sizes: sizes}
	p := &layout.Plan{ByName: map[string][]int{}, Stretch: layout.Stretch{X: 1, Y: 1}, Spread: 1, S: 24, All: camera.NoBox(), Fixed: true}
	x, was := 0.0, 0.0
	for _, z := range sizes {
		b := newBuilder(z.Config)
		b.build()
		wide := b.all.Max.X - b.all.Min.X
		if x > 0 {
			x += towerGap * max(was, wide)
		}
		c.add(p, b, Name(z.ID), camera.V(x-b.all.Min.X, -b.all.Min.Y, 0))
		x, was = x+wide, wide
		p.S = max(p.S, layout.Extent(z.Config))
	}
	c.Plan = p
	return c
}

// add moves a tower to its place and takes its panels over.
func (c *Comparison) add(p *layout.Plan, b *builder, name string, by camera.Vec) {
	t := Tower{All: camera.Box{Min: b.all.Min.Add(by), Max: b.all.Max.Add(by)}, Block: b.width, Sheets: b.sheets, Stream: b.of.stream, Scores: b.of.scores}
	t.Rows[0] = len(p.Boxes)
	from := 0
	for _, end := range b.ends {
		box := camera.NoBox()
		for i := from; i < end; i++ {
			q := b.panels[i]
			q.Name, q.InRow = name, len(p.Boxes)
			q.X, q.Y = q.X+by.X, q.Y+by.Y
			box = box.Union(q.Box())
			p.ByName[name] = append(p.ByName[name], len(p.Panels))
			p.Panels = append(p.Panels, q)
		}
		from = end
		p.Boxes, p.Ends = append(p.Boxes, box), append(p.Ends, len(p.Panels))
		p.All = p.All.Union(box)
	}
	t.Rows[1] = len(p.Boxes)
	for _, r := range b.columns {
		t.Columns = append(t.Columns, Ribbon{r.X + by.X, r.Half, r.Top + by.Y, r.Bottom + by.Y, r.Left + by.X})
	}
	c.Tensors = append(c.Tensors, b.tensors...)
	c.Towers = append(c.Towers, t)
}
