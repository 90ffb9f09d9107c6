package scene

import (
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/scene/camera"
)

// A caption is a label before it has a place on the canvas.
type caption struct {
	id          int
	row         int
	name, shape string
	kind        model.Kind
	rank        int        // the lower, the sooner it gets a place
	tensors     []string   // what it names
	at          camera.Vec // middle of the top edge; of the outer edge if side ≠ 0
	top         camera.Vec // middle of the top edge, if side ≠ 0 and the edge is off the canvas
	over        camera.Vec // the same, above everything that stands on the panel
	tall        float64    // units, of the panel
	side        int        // −1 or +1: stands beside the panel
	minor       bool       // only near: narrow columns, per-row numbers, heads
	back        bool       // of a panel behind
	beside      bool       // of a narrow column beside a panel
	detail      bool       // not named far away, where there is room for the landmarks only
}

// The ranks of captions, most important first; hovered and current ones come before all.
const (
	rankHover = iota
	rankCurrent
	rankSpine
	rankResult
	rankFlow
	rankWeight
	rankNorm
	rankMinor
)

// captions returns the labels of all places of a plan.
func captions(p *plan, info func(string) *model.Info) []caption {
	var caps []caption
	for r, sh := range p.shelves {
		for _, it := range sh.items {
			caps = it.captions(caps, p, r, info)
		}
	}
	for i := range caps {
		caps[i].id = i
	}
	return caps
}

// captions appends the labels of one place: its body, its sides, what is above, and the
// heads behind.
func (it *item) captions(caps []caption, p *plan, row int, info func(string) *model.Info) []caption {
	b := it.box(false)
	mid := (b.Min.X + b.Max.X) / 2
	body := caption{row: row, at: camera.V(mid, b.Max.Y, 0), over: camera.V(mid, p.ceil(it), 0), tall: b.Max.Y - b.Min.Y}
	body.describe(&it.body, info)
	body.rank = rankOf(it, info)
	body.detail = it.detail(info)
	if row == 0 && it.side != 0 && b.Max.Y-b.Min.Y > 1.5*(b.Max.X-b.Min.X) && it.col == 1 {
		body.side, body.top = it.side, body.over
		body.at = camera.V(map[int]float64{-1: b.Min.X, 1: b.Max.X}[it.side], (b.Min.Y+b.Max.Y)/2, 0)
		body.over = body.at
	}
	caps = append(caps, body)
	x := b.Max.X + gapSide
	if it.outer == (it.side < 0) {
		x = b.Min.X - it.inset()
	}
	for i := range it.sides {
		s := caption{row: row, at: camera.V(x+0.5, b.Max.Y, 0), rank: rankMinor, minor: true, beside: true, tall: b.Max.Y - b.Min.Y}
		s.over = s.at
		s.describe(&it.sides[i], info)
		caps = append(caps, s)
		x += 1 + gapSide
	}
	if len(it.above) > 0 {
		caps = append(caps, it.captionAbove(row, body.over, info))
	}
	return it.captionHeads(caps, p, row, body)
}

// describe fills in name, shape, kind and tensors.
func (k *caption) describe(s *stack, info func(string) *model.Info) {
	p := s.parts[0]
	k.kind = p.kind
	if i := info(p.name); i != nil {
		k.name, k.shape = title(i, info(p.reader)), shape(i)+windowed(p, i)
	}
	for _, q := range s.parts {
		k.tensors = append(k.tensors, q.name)
	}
}

// windowed says which part of a long axis is shown: " · 0–4095 of 50257".
func windowed(p part, i *model.Info) string {
	from, n, of := p.row, p.rows, i.Rows
	if of <= windowCells {
		from, n, of = p.col, p.cols, i.Cols
	}
	if of <= windowCells || n < windowCells {
		return ""
	}
	return " · " + strconv.Itoa(from) + "–" + strconv.Itoa(from+n-1) + " of " + strconv.Itoa(of)
}

// captionAbove names all per-row numbers of a place together.
func (it *item) captionAbove(row int, at camera.Vec, info func(string) *model.Info) caption {
	k := caption{row: row, at: at, over: at, rank: rankMinor, minor: true, tall: float64(len(it.above))}
	names := make([]string, len(it.above))
	for i := range it.above {
		k.describe(&it.above[i], info)
		names[i] = k.name
	}
	k.name = strings.Join(names, ", ")
	if len(names) > 1 {
		k.shape = strconv.Itoa(len(names)) + " × " + strings.TrimSuffix(k.shape, " × 1")
	}
	return k
}

// captionHeads names the heads that stand behind the scores.
func (it *item) captionHeads(caps []caption, p *plan, row int, body caption) []caption {
	if len(it.body.parts) < 2 || body.rank != rankResult {
		return caps
	}
	for h, q := range it.body.parts {
		b := &p.panels[p.byName[q.name][0]]
		if b.Layer == 0 || b.Layer > 3 {
			continue
		}
		at := camera.V(b.X+0.2*float64(it.body.sw), b.Y, b.Z)
		caps = append(caps, caption{row: row, name: "head " + strconv.Itoa(h+1), rank: rankMinor, minor: true, back: true,
			at: at, over: at, tall: body.tall, tensors: []string{q.name}})
	}
	return caps
}

// nearOnly are the parts whose steps are named close by only.
var nearOnly = map[model.Part]bool{model.PartToken: true, model.PartPosition: true, model.PartOutput: true, model.PartSample: true}

// detail reports whether a place is not named far away: the spine, which names itself, the
// lanes below the first, what only leads to the scores and the shares of a head, and the
// heads' results once more, side by side.
func (it *item) detail(info func(string) *model.Info) bool {
	s := info(it.step)
	if s == nil || it.side == 0 {
		return true
	}
	if s.Head >= 0 {
		return !s.Op.Attends() && !s.Op.IsShare()
	}
	return it.lane > 0 || s.Kind != model.KindWeight && (nearOnly[s.Part] || s.ColAxis == model.AxisHeads)
}

// rankOf returns how important it is to name what stands in a place.
func rankOf(it *item, info func(string) *model.Info) int {
	s := info(it.step)
	switch {
	case s == nil:
		return rankMinor
	case s.Kind == model.KindWeight && s.Block < 0:
		return rankFlow
	case s.Kind == model.KindWeight:
		return rankWeight
	case it.side == 0:
		return rankSpine
	case s.Op == model.OpScores || s.Part == model.PartSoftmax:
		return rankResult
	case s.Op == model.OpNorm:
		return rankNorm
	}
	return rankFlow
}
