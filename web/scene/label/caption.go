// Package label says what is written on the scene before it has a place on the canvas: captions of
// panels, titles, shapes and numbers. It knows the layout and what model says of a step.
package label

import (
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/say"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// A Caption is a label before it has a place on the canvas.
type Caption struct {
	ID          int
	Row         int
	Name, Shape string
	Drawn       string // the shape, and how it is drawn, where the drawing turns it
	Part        bool   // Shape says which part of a long axis is shown
	Kind        model.Kind
	Rank        int        // the lower, the sooner it gets a place
	Tensors     []string   // what it names
	At          camera.Vec // middle of the top edge; of the outer edge if Side ≠ 0
	Top         camera.Vec // middle of the top edge, if Side ≠ 0 and the edge is off the canvas
	Over        camera.Vec // the same, above everything that stands on the panel
	Tall        float64    // units, of the panel
	Side        int        // −1 or +1: stands beside the panel
	Minor       bool       // only near: narrow columns, per-row numbers, heads
	Back        bool       // of a panel behind
	Beside      bool       // of a narrow column beside a panel
	Detail      bool       // not named far away, where there is room for the landmarks only
}

// RankHover and its like are the ranks of captions, most important first; hovered and current ones come
// before all.
const (
	RankHover = iota
	RankCurrent
	RankSpine
	RankResult
	RankFlow
	RankWeight
	RankNorm
	RankMinor
)

// Captions returns the labels of all places of a plan.
func Captions(p *layout.Plan, info func(string) *model.Info) []Caption {
	var caps []Caption
	for r, sh := range p.Rows {
		for _, it := range sh.Places {
			caps = captionsOf(it, caps, p, r, info)
		}
	}
	for i := range caps {
		caps[i].ID = i
	}
	return caps
}

// captionsOf appends the labels of one place: its body, its sides, what is above, and the
// heads behind.
func captionsOf(it *layout.Place, caps []Caption, p *layout.Plan, row int, info func(string) *model.Info) []Caption {
	b := it.Box(false)
	mid := (b.Min.X + b.Max.X) / 2
	lift := it.Body.Lift(p.S)
	body := Caption{Row: row, At: camera.V(mid, b.Max.Y+lift, 0), Over: camera.V(mid, p.Ceiling(it)+lift, 0), Tall: b.Max.Y - b.Min.Y}
	body.describe(&it.Body, info)
	body.Rank = rankOf(it, info)
	body.Detail = isDetail(it, info)
	if row == 0 && it.Side != 0 && b.Max.Y-b.Min.Y > 1.5*(b.Max.X-b.Min.X) && it.Col == 1 {
		body.Side, body.Top = it.Side, body.Over
		body.At = camera.V(map[int]float64{-1: b.Min.X, 1: b.Max.X}[it.Side], (b.Min.Y+b.Max.Y)/2, 0)
		body.Over = body.At
	}
	caps = append(caps, body)
	x := b.Max.X + layout.GapSide
	if it.Outer == (it.Side < 0) {
		x = b.Min.X - it.Inset()
	}
	for i := range it.Sides {
		s := Caption{Row: row, At: camera.V(x+it.Sides[i].Wide/2, b.Max.Y, 0), Rank: RankMinor, Minor: true, Beside: true, Tall: b.Max.Y - b.Min.Y}
		s.Over = s.At
		s.describe(&it.Sides[i], info)
		caps = append(caps, s)
		x += it.Sides[i].Wide + layout.GapSide
	}
	if len(it.Above) > 0 {
		caps = append(caps, captionAbove(it, row, body.Over, info))
	}
	return captionHeads(it, caps, p, row, body)
}

// describe fills in name, shape, kind and tensors.
func (k *Caption) describe(s *layout.Stack, info func(string) *model.Info) {
	p := s.Regions[0]
	k.Kind = p.Kind
	if i := info(p.Name); i != nil {
		part := windowed(p, i)
		k.Name, k.Shape, k.Part = Title(i, info(p.Reader)), Shape(i)+part, part != ""
		if turned := Turned(i); s.Turned() && turned != Shape(i) {
			k.Drawn = say.Scene.Drawn(k.Shape, turned)
		}
	}
	for _, q := range s.Regions {
		k.Tensors = append(k.Tensors, q.Name)
	}
}

// windowed says which part of a long axis is shown: " · 0–4095 of 50257".
func windowed(p layout.Region, i *model.Info) string {
	from, n, of := p.Row, p.Rows, i.Rows
	if of <= layout.LongAxis {
		from, n, of = p.Col, p.Cols, i.Cols
	}
	if of <= layout.LongAxis || n < layout.WindowCells {
		return ""
	}
	return " · " + say.Scene.Window(from, from+n-1, of)
}

// captionAbove names all per-row numbers of a place together.
func captionAbove(it *layout.Place, row int, at camera.Vec, info func(string) *model.Info) Caption {
	k := Caption{Row: row, At: at, Over: at, Rank: RankMinor, Minor: true, Tall: float64(len(it.Above))}
	names := make([]string, len(it.Above))
	for i := range it.Above {
		k.describe(&it.Above[i], info)
		names[i] = k.Name
	}
	k.Name, k.Drawn = strings.Join(names, ", "), ""
	if len(names) > 1 {
		k.Shape = strconv.Itoa(len(names)) + " × " + strings.TrimSuffix(k.Shape, " × 1")
	}
	return k
}

// captionHeads names the heads that stand behind the scores.
func captionHeads(it *layout.Place, caps []Caption, p *layout.Plan, row int, body Caption) []Caption {
	if len(it.Body.Regions) < 2 || body.Rank != RankResult {
		return caps
	}
	for h, q := range it.Body.Regions {
		b := &p.Panels[p.ByName[q.Name][0]]
		if b.Layer == 0 || b.Layer > 3 {
			continue
		}
		at := camera.V(b.X+0.2*it.Body.Wide, b.Y, b.Z)
		caps = append(caps, Caption{Row: row, Name: say.Scene.Head(h + 1), Rank: RankMinor, Minor: true, Back: true,
			At: at, Over: at, Tall: body.Tall, Tensors: []string{q.Name}})
	}
	return caps
}

// nearOnly are the parts whose steps are named close by only.
var nearOnly = map[model.Part]bool{model.PartToken: true, model.PartPosition: true, model.PartRotary: true, model.PartOutput: true, model.PartSample: true}

// isDetail reports whether a place is not named far away: the spine, which names itself, the
// tracks below the first, whose names would lie over what stands above them, what only leads to the scores and the
// shares of a head, and the heads' results once more, side by side.
func isDetail(it *layout.Place, info func(string) *model.Info) bool {
	s := info(it.Step)
	if s == nil || it.Side == 0 {
		return true
	}
	if s.Head >= 0 {
		return it.Track > 0 || !s.Op.Attends() && !s.Op.IsShare()
	}
	return it.Track > 0 || s.Kind != model.KindWeight && (nearOnly[s.Part] || s.ColAxis == model.AxisHeads)
}

// rankOf returns how important it is to name what stands in a place.
func rankOf(it *layout.Place, info func(string) *model.Info) int {
	s := info(it.Step)
	switch {
	case s == nil:
		return RankMinor
	case s.Kind == model.KindWeight && s.Block < 0:
		return RankFlow
	case s.Kind == model.KindWeight:
		return RankWeight
	case it.Side == 0:
		return RankSpine
	case s.Op == model.OpScores || s.Part == model.PartSoftmax:
		return RankResult
	case s.Op == model.OpNorm:
		return RankNorm
	}
	return RankFlow
}
