// Package linked leads from a tower to another one that is drawn beside it: of another text, or of another model. Where a
// camera stands before the one, it says where a camera before the other has to stand to see the same. It knows neither
// values nor colours.
package linked

import (
	"iter"
	"math"
	"slices"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// A Tower is one of the two: its plan, the steps and weights that it shows, and the span at which all of it is seen.
type Tower struct {
	Plan  *layout.Plan
	Infos []model.Info
	Whole float64
}

// A Map leads from the places of a tower to those of another that mean the same. It holds as long as no panel of either moves.
type Map struct {
	pairs    []pair
	from, to whole
}

// whole is all of a tower.
type whole struct {
	box  camera.Box
	span float64
}

// A pair is a panel of the one and what stands for it in the other: the panel of the same name, or else one of its kind,
// or else all that belongs to the same part of the same block. The last block stands for later ones of a taller tower.
type pair struct {
	from, to side
	cells    bool // both are panels, whose cells can be told apart
}

// side is one of a pair: its place, and of a panel where its first cell would stand, were it shown, and how large a cell is.
type side struct {
	box          camera.Box
	x, y         float64
	cellW, cellH float64
}

// Same reports whether both towers have the same panels in the same places, so that a pose shows the same of both.
func Same(a, b Tower) bool {
	return a.Whole == b.Whole && slices.EqualFunc(a.Plan.Panels, b.Plan.Panels, func(p, q layout.Panel) bool { return p == q })
}

// New returns the map from a tower to another.
func New(a, b Tower) *Map {
	m := &Map{from: whole{a.Plan.All, a.Whole}, to: whole{b.Plan.All, b.Whole}}
	there := map[any]*layout.Panel{}
	last := -1 // block of the other tower: it stands for all later ones of this
	for p, keys := range b.fronts() {
		last = max(last, p.Block)
		for _, k := range keys {
			there[k] = p
		}
	}
	alone := map[stage]camera.Box{} // of those without a counterpart
	for p, keys := range a.fronts() {
		q, k := there[keys[0]], keys[1].(kin)
		k.block = min(k.block, last)
		if q == nil {
			q = there[k]
		}
		if q == nil {
			extend(alone, k.stage, p)
			continue
		}
		m.pairs = append(m.pairs, pair{sideOf(p), sideOf(q), p.Across == q.Across})
	}
	m.addStages(alone, b)
	return m
}

// addStages pairs what is left of a part of a block with all of that part in the other tower.
func (m *Map) addStages(alone map[stage]camera.Box, b Tower) {
	boxes := map[stage]camera.Box{}
	var order []stage
	for p, keys := range b.fronts() {
		at := keys[1].(kin).stage
		if _, has := boxes[at]; !has {
			order = append(order, at)
		}
		extend(boxes, at, p)
	}
	for _, at := range order {
		if from, has := alone[at]; has {
			m.pairs = append(m.pairs, pair{from: side{box: from}, to: side{box: boxes[at]}})
		}
	}
}

// extend adds a panel to the space of a part.
func extend(boxes map[stage]camera.Box, at stage, p *layout.Panel) {
	box, has := boxes[at]
	if !has {
		box = camera.NoBox()
	}
	boxes[at] = box.Union(p.Box())
}

// A stage is a part of a block.
type stage struct {
	block int
	part  model.Part
}

// A named panel is the n-th that shows a tensor beside a step.
type named struct {
	name, reader string
	n            int
}

// A kin is the n-th panel of its kind in a part: whichever head stands in front there, and whatever a family calls it.
type kin struct {
	stage
	op   model.Op
	kind model.Kind
	n    int
}

// fronts runs through the panels that stand in front, each with what it is found by: first its name, then its kin.
func (t Tower) fronts() iter.Seq2[*layout.Panel, [2]any] {
	infos := make(map[string]*model.Info, len(t.Infos))
	for i := range t.Infos {
		infos[t.Infos[i].Name] = &t.Infos[i]
	}
	return func(yield func(*layout.Panel, [2]any) bool) {
		names, kins := map[named]int{}, map[kin]int{}
		for i := range t.Plan.Panels {
			p := &t.Plan.Panels[i]
			info, reader := infos[p.Name], infos[p.Reader]
			if p.Layer > 0 || p.Empty() || info == nil || reader == nil {
				continue
			}
			n, k := named{p.Name, p.Reader, 0}, kin{stage{reader.Block, reader.Part}, info.Op, p.Kind, 0}
			names[n]++
			kins[k]++
			n.n, k.n = names[n]-1, kins[k]-1
			if !yield(p, [2]any{n, k}) {
				return
			}
		}
	}
}

// sideOf returns the panel as a side of a pair.
func sideOf(p *layout.Panel) side {
	u, v := p.Row, p.Col
	if p.Across {
		u, v = v, u
	}
	return side{box: p.Box(), x: p.X - float64(u)*p.CellW, y: p.Y + float64(v)*p.CellH, cellW: p.CellW, cellH: p.CellH}
}

// How near a panel the camera has to look for single cells to be what is looked at, and how far for all of it, as shares of
// its larger extent; and how much of the tower has to be in sight for the tower to be what is looked at.
const (
	cellsUpTo, panelFrom = 0.5, 1.2
	partUpTo, wholeFrom  = 0.3, 0.85
)

// vague is how far around the middle of the picture counts as looked at, as a share of its height.
const vague = 0.1

// Pose returns where to look at the other tower, from the same side.
func (m *Map) Pose(p camera.Pose) camera.Pose {
	if m.from.box.Empty() || m.to.box.Empty() {
		return p
	}
	p.At = onFronts(p)
	all := m.overview(p)
	far := share(p.Span/m.from.span, partUpTo, wholeFrom)
	if far == 1 || len(m.pairs) == 0 {
		return all
	}
	near := m.local(p)
	near.At = near.At.Lerp(all.At, far)
	near.Span = math.Exp(math.Log(near.Span)*(1-far) + math.Log(all.Span)*far)
	return near
}

// onFronts returns what of the plane of the fronts is seen where a pose looks: a reader may have come close to what stands behind.
func onFronts(p camera.Pose) camera.Vec {
	sa, ca := math.Sincos(p.Az * math.Pi / 180)
	return p.At.Sub(camera.V(sa/ca, math.Tan(p.El*math.Pi/180)/ca, 1).Mul(p.At.Z))
}

// overview maps a pose by the extent of both towers.
func (m *Map) overview(p camera.Pose) camera.Pose {
	p.At = across(m.from.box, m.to.box, p.At)
	p.Span *= m.to.span / m.from.span
	return p
}

// local maps a pose by the panels near what is looked at: each says where that is beside itself, and the nearer it is the
// more it counts.
func (m *Map) local(p camera.Pose) camera.Pose {
	var at camera.Vec
	var span, sum float64
	soft := vague * p.Span * vague * p.Span
	for i := range m.pairs {
		q := &m.pairs[i]
		d := distance(q.from.box, p.At)
		w := 1 / (d*d + soft)
		w *= w
		to, scale := q.pose(p)
		at, span, sum = at.Add(to.Mul(w)), span+math.Log(scale)*w, sum+w
	}
	p.At = at.Mul(1 / sum)
	p.Span *= math.Exp(span / sum)
	return p
}

// pose returns where a pair leads: by its cells where only some of them are seen, and by its extent where all of it is.
func (q *pair) pose(p camera.Pose) (at camera.Vec, scale float64) {
	w0, h0 := extent(q.from.box)
	w1, h1 := extent(q.to.box)
	at, scale = across(q.from.box, q.to.box, p.At), max(w1/w0, h1/h0)
	if !q.cells {
		return at, scale
	}
	far := share(p.Span/max(w0, h0), cellsUpTo, panelFrom)
	x, y := q.to.cellW/q.from.cellW, q.to.cellH/q.from.cellH
	cell := camera.V(q.to.x+(p.At.X-q.from.x)*x, q.to.y+(p.At.Y-q.from.y)*y, 0)
	cell.X = within(cell.X, q.to.box.Min.X, q.to.box.Max.X, p.At.X, q.from.box.Min.X, q.from.box.Max.X)
	cell.Y = within(cell.Y, q.to.box.Min.Y, q.to.box.Max.Y, p.At.Y, q.from.box.Min.Y, q.from.box.Max.Y)
	return cell.Lerp(at, far), math.Exp(math.Log(max(x, y))*(1-far) + math.Log(scale)*far)
}

// within returns v, or the nearest place of lo … hi where what it comes from lies in its own range: a cell that the other
// panel lacks is stood for by its last one.
func within(v, lo, hi, from, first, last float64) float64 {
	if from < first || from > last {
		return v
	}
	return min(max(v, lo), hi)
}

// across maps a point from one box to another: in it by shares of its extent, and beside it by as much as the boxes differ
// in size.
func across(from, to camera.Box, p camera.Vec) camera.Vec {
	return camera.V(along(p.X, from.Min.X, from.Max.X, to.Min.X, to.Max.X), along(p.Y, from.Min.Y, from.Max.Y, to.Min.Y, to.Max.Y), 0)
}

func along(v, a0, a1, b0, b1 float64) float64 {
	if a1 <= a0 {
		return v - a0 + b0
	}
	return b0 + (v-a0)*(b1-b0)/(a1-a0)
}

// extent returns the width and height of a box, which is never empty.
func extent(b camera.Box) (w, h float64) {
	return max(b.Max.X-b.Min.X, 1e-6), max(b.Max.Y-b.Min.Y, 1e-6)
}

// distance is how far a point lies beside a box, seen from the front.
func distance(b camera.Box, p camera.Vec) float64 {
	return math.Hypot(max(b.Min.X-p.X, p.X-b.Max.X, 0), max(b.Min.Y-p.Y, p.Y-b.Max.Y, 0))
}

// share returns how far v is from lo to hi on a scale of ratios, 0 … 1.
func share(v, lo, hi float64) float64 {
	t := min(max(math.Log(v/lo)/math.Log(hi/lo), 0), 1)
	return t * t * (3 - 2*t)
}
