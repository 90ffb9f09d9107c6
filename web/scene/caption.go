package scene

import (
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
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
func captions(p *layout.Plan, info func(string) *model.Info) []caption {
	var caps []caption
	for r, sh := range p.Rows {
		for _, it := range sh.Places {
			caps = captionsOf(it, caps, p, r, info)
		}
	}
	for i := range caps {
		caps[i].id = i
	}
	return caps
}

// captionsOf appends the labels of one place: its body, its sides, what is above, and the
// heads behind.
func captionsOf(it *layout.Place, caps []caption, p *layout.Plan, row int, info func(string) *model.Info) []caption {
	b := it.Box(false)
	mid := (b.Min.X + b.Max.X) / 2
	body := caption{row: row, at: camera.V(mid, b.Max.Y, 0), over: camera.V(mid, p.Ceiling(it), 0), tall: b.Max.Y - b.Min.Y}
	body.describe(&it.Body, info)
	body.rank = rankOf(it, info)
	body.detail = isDetail(it, info)
	if row == 0 && it.Side != 0 && b.Max.Y-b.Min.Y > 1.5*(b.Max.X-b.Min.X) && it.Col == 1 {
		body.side, body.top = it.Side, body.over
		body.at = camera.V(map[int]float64{-1: b.Min.X, 1: b.Max.X}[it.Side], (b.Min.Y+b.Max.Y)/2, 0)
		body.over = body.at
	}
	caps = append(caps, body)
	x := b.Max.X + layout.GapSide
	if it.Outer == (it.Side < 0) {
		x = b.Min.X - it.Inset()
	}
	for i := range it.Sides {
		s := caption{row: row, at: camera.V(x+0.5, b.Max.Y, 0), rank: rankMinor, minor: true, beside: true, tall: b.Max.Y - b.Min.Y}
		s.over = s.at
		s.describe(&it.Sides[i], info)
		caps = append(caps, s)
		x += 1 + layout.GapSide
	}
	if len(it.Above) > 0 {
		caps = append(caps, captionAbove(it, row, body.over, info))
	}
	return captionHeads(it, caps, p, row, body)
}

// describe fills in name, shape, kind and tensors.
func (k *caption) describe(s *layout.Stack, info func(string) *model.Info) {
	p := s.Regions[0]
	k.kind = p.Kind
	if i := info(p.Name); i != nil {
		k.name, k.shape = title(i, info(p.Reader)), shape(i)+windowed(p, i)
	}
	for _, q := range s.Regions {
		k.tensors = append(k.tensors, q.Name)
	}
}

// windowed says which part of a long axis is shown: " · 0–4095 of 50257".
func windowed(p layout.Region, i *model.Info) string {
	from, n, of := p.Row, p.Rows, i.Rows
	if of <= layout.WindowCells {
		from, n, of = p.Col, p.Cols, i.Cols
	}
	if of <= layout.WindowCells || n < layout.WindowCells {
		return ""
	}
	return " · " + strconv.Itoa(from) + "–" + strconv.Itoa(from+n-1) + " of " + strconv.Itoa(of)
}

// captionAbove names all per-row numbers of a place together.
func captionAbove(it *layout.Place, row int, at camera.Vec, info func(string) *model.Info) caption {
	k := caption{row: row, at: at, over: at, rank: rankMinor, minor: true, tall: float64(len(it.Above))}
	names := make([]string, len(it.Above))
	for i := range it.Above {
		k.describe(&it.Above[i], info)
		names[i] = k.name
	}
	k.name = strings.Join(names, ", ")
	if len(names) > 1 {
		k.shape = strconv.Itoa(len(names)) + " × " + strings.TrimSuffix(k.shape, " × 1")
	}
	return k
}

// captionHeads names the heads that stand behind the scores.
func captionHeads(it *layout.Place, caps []caption, p *layout.Plan, row int, body caption) []caption {
	if len(it.Body.Regions) < 2 || body.rank != rankResult {
		return caps
	}
	for h, q := range it.Body.Regions {
		b := &p.Panels[p.ByName[q.Name][0]]
		if b.Layer == 0 || b.Layer > 3 {
			continue
		}
		at := camera.V(b.X+0.2*float64(it.Body.SlabW), b.Y, b.Z)
		caps = append(caps, caption{row: row, name: "head " + strconv.Itoa(h+1), rank: rankMinor, minor: true, back: true,
			at: at, over: at, tall: body.tall, tensors: []string{q.Name}})
	}
	return caps
}

// nearOnly are the parts whose steps are named close by only.
var nearOnly = map[model.Part]bool{model.PartToken: true, model.PartPosition: true, model.PartOutput: true, model.PartSample: true}

// isDetail reports whether a place is not named far away: the spine, which names itself, the
// lanes below the first, what only leads to the scores and the shares of a head, and the
// heads' results once more, side by side.
func isDetail(it *layout.Place, info func(string) *model.Info) bool {
	s := info(it.Step)
	if s == nil || it.Side == 0 {
		return true
	}
	if s.Head >= 0 {
		return !s.Op.Attends() && !s.Op.IsShare()
	}
	return it.Track > 0 || s.Kind != model.KindWeight && (nearOnly[s.Part] || s.ColAxis == model.AxisHeads)
}

// rankOf returns how important it is to name what stands in a place.
func rankOf(it *layout.Place, info func(string) *model.Info) int {
	s := info(it.Step)
	switch {
	case s == nil:
		return rankMinor
	case s.Kind == model.KindWeight && s.Block < 0:
		return rankFlow
	case s.Kind == model.KindWeight:
		return rankWeight
	case it.Side == 0:
		return rankSpine
	case s.Op == model.OpScores || s.Part == model.PartSoftmax:
		return rankResult
	case s.Op == model.OpNorm:
		return rankNorm
	}
	return rankFlow
}
