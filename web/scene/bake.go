package scene

import (
	"math"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// bakeBoxes writes the instances of all panels. rest is how much further panels that
// stand behind fade while a cell is hovered.
func (s *Scene) bakeBoxes() {
	s.stale.boxes = false
	out := s.batch.Boxes.Data[:0]
	pal := &s.colours
	hovering := s.hover != nil && s.movable()
	if !s.arranged {
		s.tiers.arrange(s.plan)
		s.arranged = true
	}
	for _, i := range s.tiers.order {
		p := &s.plan.Panels[i]
		w, h := p.Size()
		hue := pal.Kind(p.Kind).Linear()
		fade, edge := p.Fade(), pal.Edge
		if s.compared != nil {
			edge *= 0.6
		}
		if p.Layer > 0 {
			edge /= 1.5
			if hovering && !s.touched(p) {
				fade = min(fade+0.35, 0.9)
			}
		}
		fade = max(fade, dimmed*s.spot.dims(p.Name))
		c := s.cells(p)
		if s.edits.pale(p.Name) {
			fade, c = max(fade, paleness), cells{norm: 1, flags: paint.FlagEmpty}
		}
		if s.selected == p.Name {
			c.flags += paint.FlagSignal
		}
		t := s.timing(p)
		out = append(out, float32(p.X), float32(p.Y-s.origin), float32(p.Z), float32(w), float32(h), layout.Depth,
			hue[0], hue[1], hue[2], fade, c.base, c.du, c.dv, c.norm, edge, c.flags, c.origin, c.room,
			t.start, t.rate, t.from, t.to, s.tiers.ahead[i], float32(p.CellW), float32(p.CellH))
	}
	s.batch.Boxes = paint.Array{Data: out, Version: s.batch.Boxes.Version + 1}
}

// cells says where the values of a panel stand and how they are read; see BoxFloats.
type cells struct{ base, du, dv, norm, flags, origin, room float32 }

func (s *Scene) cells(p *layout.Panel) cells {
	sl := s.store.Slot(p.Name)
	of := paint.Pyramid{}
	if averages, ok := sl.Coarse(); ok {
		of = averages
	} else if !sl.Full() {
		return cells{norm: 1, flags: paint.FlagEmpty}
	} else {
		of = sl.Pyramid
	}
	first := of.Base + (p.Row-sl.FirstRow)*of.Stride + p.Col - sl.FirstCol
	c := cells{float32(first), float32(of.Stride), 1, s.store.Norm(p.Name), float32(of.Finest * paint.FlagCoarse), float32(of.Base), float32(of.Rows)}
	if p.Across {
		c.du, c.dv, c.flags = c.dv, c.du, c.flags+paint.FlagAcross
	}
	return c
}

// touched reports whether the hovered cell or one of its operands is in the panel.
func (s *Scene) touched(p *layout.Panel) bool {
	if s.hover.Name == p.Name {
		return true
	}
	for _, o := range s.operands {
		if o.Tensor == p.Name {
			return true
		}
	}
	return false
}

// bakeQuads writes the shadows of the front panels and the ribbon of the spine.
func (s *Scene) bakeQuads() {
	s.stale.quads = false
	out := s.batch.Quads.Data[:0]
	k := s.plan.S / 48
	unit := math.Pow(1.25, float64(s.level))
	grow, down := min(2.5*k, 9*unit), min(2*k, 5*unit)
	sh := s.colours.Shadow
	tint := paint.RGB{sh[0], sh[1], sh[2]}.Linear()
	for i := range s.plan.Panels {
		p := &s.plan.Panels[i]
		if w, h := p.Extent(); p.Layer == 0 && w > 0 && h > 0 {
			soft := 2 * grow / (min(w, h) + 2*grow)
			dark := tint.Alpha(sh[3] * (1 - s.spot.dims(p.Name)))
			out = s.quad(out, camera.V(p.X-grow, p.Y+grow-down, p.Z-layout.Depth), w+2*grow, h+2*grow, dark, float32(soft))
		}
	}
	pl := s.plan
	if pl.HasStream() {
		act := s.colours.Activation.Linear()
		out = s.streamQuads(out, -pl.Half, pl.Half, -layout.Depth-1, act.Alpha(s.colours.Ribbon))
		if t := s.marked(); t >= 0 {
			x := pl.ColumnX(t)
			out = s.streamQuads(out, x, x+pl.Column, -layout.Depth-0.9, s.colours.Signal.Linear().Alpha(0.22))
		}
	}
	s.batch.Quads = paint.Array{Data: out, Version: s.batch.Quads.Version + 1}
}

// streamQuads appends the pieces of the stream between two distances to the right of its middle.
func (s *Scene) streamQuads(out []float32, from, to, z float64, c [4]float32) []float32 {
	for _, b := range s.plan.Bands(from, to) {
		out = s.quad(out, camera.V(b.Min.X, b.Max.Y, z), b.Max.X-b.Min.X, b.Max.Y-b.Min.Y, c, 0)
	}
	return out
}

// quad appends a rectangle that faces the reader, given by its left-top corner.
func (s *Scene) quad(out []float32, at camera.Vec, w, h float64, c [4]float32, soft float32) []float32 {
	return append(out, float32(at.X), float32(at.Y-s.origin), float32(at.Z), float32(w), 0, 0, 0, float32(-h), 0,
		c[0], c[1], c[2], c[3], soft)
}

// marked returns the token whose column is emphasised: that of the hovered number, or
// the selected one; −1 none.
func (s *Scene) marked() int {
	t := s.token
	if s.hover != nil {
		if sl := s.store.Slot(s.hover.Name); sl != nil && perToken(sl.Info) {
			t = s.hover.Row
		}
	}
	if t >= s.plan.Count() {
		return -1
	}
	return t
}

// perToken reports whether row t of a step belongs to token t.
func perToken(i *model.Info) bool { return i.RowAxis.Tokens() }
