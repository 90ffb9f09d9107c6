package scene

import (
	"math"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
)

// bakeLines writes the spine, the connections and what leads to the chips. unit is the
// world length of a pixel, roughly, for what has its size in pixels.
func (s *Scene) bakeLines(unit float64) {
	s.stale.lines = false
	s.bakeQuads()
	w := &wire{lines: s.batch.Lines.Data[:0], heads: s.batch.Heads.Data[:0], unit: unit, origin: s.origin, paper: s.colours.Paper}
	if w.alpha = 0.95; unit > 0.5 {
		w.alpha = 0.8
	}
	w.alpha *= 1 - 0.7*s.spot.share
	if s.plan.HasStream() {
		s.wireSpine(w)
		s.wireChips(w)
	}
	for r, sh := range s.plan.Rows {
		s.wireRow(w, sh, r)
	}
	s.wireReach(w)
	s.wireEdits(w)
	s.wireHeadings(w)
	s.wireNext(w)
	s.wireEmpty(w)
	s.batch.Lines = paint.Array{Data: w.lines, Version: s.batch.Lines.Version + 1}
	s.batch.Heads = paint.Array{Data: w.heads, Version: s.batch.Heads.Version + 1}
}

// wire collects lines and heads.
type wire struct {
	lines, heads []float32
	unit         float64
	origin       float64
	alpha        float32
	paper        paint.RGB
	pts          []camera.Vec
}

// line appends a segment.
func (w *wire) line(a, b camera.Vec, width float32, c [4]float32, dash float32) {
	w.lines = append(w.lines, float32(a.X), float32(a.Y-w.origin), float32(a.Z), float32(b.X), float32(b.Y-w.origin), float32(b.Z),
		width, c[0], c[1], c[2], c[3], dash)
}

// arrow appends a filled head of size pixels with its tip at b, coming from a.
func (w *wire) arrow(a, b camera.Vec, size float32, c [4]float32) {
	d := b.Sub(a).Unit()
	w.heads = append(w.heads, float32(b.X), float32(b.Y-w.origin), float32(b.Z), float32(d.X), float32(d.Y), float32(d.Z), size,
		c[0], c[1], c[2], c[3])
}

// leastApart is how far apart the hairlines of tokens are at least in a folded tower, in CSS pixels: closer ones would fill its stream.
const leastApart = 2

// wireSpine draws the rails of the ribbon and a hairline per token or, of a long text, per some tokens, and where it leads from one column to the next its
// direction.
func (s *Scene) wireSpine(w *wire) {
	p := s.plan
	act := s.colours.Activation.Linear()
	for _, x := range []float64{-p.Half, p.Half} {
		w.course(p.Course(x), -layout.Depth-0.9, 2.5, act.Alpha(0.95))
	}
	n, every := p.Count(), 1
	if p.Folded() {
		every = max(int(math.Ceil(leastApart*w.unit/p.Column)), 1)
	}
	for t := 0; t < n && n <= 512*every; t += every {
		w.course(p.Course(p.ColumnX(t)+p.Column/2), -layout.Depth-0.95, 1, act.Alpha(0.35))
	}
	pts := p.Course(0)
	for i := 1; i+2 < len(pts); i++ {
		from, to := pts[i], pts[i+1]
		from.Z, to.Z = layout.LinkZ, layout.LinkZ
		w.arrow(from, from.Lerp(to, 0.5), 10, w.pale(act))
	}
}

// course draws a line along the stream.
func (w *wire) course(pts []camera.Vec, z, width float64, c [4]float32) {
	for i := range pts {
		if pts[i].Z = z; i > 0 {
			w.line(pts[i-1], pts[i], float32(width), c, 0)
		}
	}
}

// wireRow draws the connections of a row, and its way back to the spine.
func (s *Scene) wireRow(w *wire, sh *layout.Row, row int) {
	for _, j := range sh.Links {
		pts := s.plan.Route(w.pts[:0], sh, j)
		w.pts = pts
		w.run(pts, 1.5, s.colours.Kind(j.Kind).Linear(), true)
	}
	last := s.plan.Last(sh, s.infoOf(sh.Adds))
	if last == nil || row == 0 {
		return
	}
	b := last.Box(false)
	x := (b.Min.X + b.Max.X) / 2
	edge := sh.X + float64(last.Side)*(s.plan.Half+0.8*s.plan.S/48)
	w.pts = append(w.pts[:0], camera.V(x, b.Min.Y-0.5, layout.LinkZ), camera.V(x, sh.Meet, layout.LinkZ), camera.V(edge, sh.Meet, layout.LinkZ))
	w.run(w.pts, 2, s.colours.Activation.Linear(), true)
}

// infoOf returns the description of a step, or nil.
func (s *Scene) infoOf(name string) *model.Info {
	if sl := s.store.Slot(name); sl != nil {
		return sl.Info
	}
	return nil
}

// pale returns a colour as it would look with the alpha of connections on paper. It is
// opaque: where the pieces of a curve overlap, a transparent one shows dots.
func (w *wire) pale(c paint.RGB) [4]float32 {
	c = c.Encoded()
	for i := range c {
		c[i] = w.paper[i] + (c[i]-w.paper[i])*w.alpha
	}
	return c.Linear().Alpha(1)
}

// run draws a connection along its corners, which it rounds, with a head at the end.
func (w *wire) run(pts []camera.Vec, width float32, c paint.RGB, head bool) {
	col := w.pale(c)
	from := pts[0]
	for i := 1; i < len(pts); i++ {
		to := pts[i]
		if i+1 < len(pts) {
			r := min(8*w.unit, to.Sub(pts[i-1]).Length()/2, pts[i+1].Sub(to).Length()/2)
			a, b := to.Add(pts[i-1].Sub(to).Unit().Mul(r)), to.Add(pts[i+1].Sub(to).Unit().Mul(r))
			w.line(from, a, width, col, 0)
			w.curve(a, to, b, 6, width, col, 0)
			from = b
			continue
		}
		w.line(from, to, width, col, 0)
		if head {
			w.arrow(from, to, 4+1.25*width, col)
		}
	}
}

// curve draws a parabola from a to b that heads for the corner c.
func (w *wire) curve(a, c, b camera.Vec, n int, width float32, col [4]float32, dash float32) {
	from := a
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		to := a.Lerp(c, t).Lerp(c.Lerp(b, t), t)
		w.line(from, to, width, col, dash)
		from = to
	}
}

// fan draws a hairline that leaves a and reaches b vertically.
func (w *wire) fan(a, b camera.Vec, n int, col [4]float32) {
	m := (a.Y + b.Y) / 2
	from := a
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		to := camera.Vec{X: a.X + (b.X-a.X)*t*t*(3-2*t), Y: u*u*u*a.Y + 3*u*u*t*m + 3*u*t*t*m + t*t*t*b.Y, Z: a.Z}
		w.line(from, to, 1, col, 0)
		from = to
	}
}

// wireChips draws a hairline from each token's chip into its column.
func (s *Scene) wireChips(w *wire) {
	if w.unit < s.perPixel()/(1.5*chipsUpTo) {
		return // the chips are out of sight
	}
	ink := s.colours.Ink3.Linear()
	first, n := s.chipped()
	hidden := min(first, 1)
	for i := range n {
		a, b := s.chip(i+hidden, n+hidden), s.column(first+i)
		a.Y -= 15 * w.unit
		b.Y += 0.5
		w.fan(a, b, 12, ink.Alpha(0.6))
	}
}

// lineUnit returns the world length of a pixel for which the lines were baked.
func (s *Scene) lineUnit() float64 { return math.Pow(1.25, float64(s.level)) }

// perPixel returns the world length of a pixel when the whole tower is seen.
func (s *Scene) perPixel() float64 { return s.whole / s.h }

// column returns the top of a token's column.
func (s *Scene) column(t int) camera.Vec {
	return camera.V(s.plan.ColumnX(t)+s.plan.Column/2, s.plan.All.Max.Y, layout.LinkZ)
}

// chipped returns which tokens have a chip: the last ones that there is room for.
func (s *Scene) chipped() (first, n int) {
	n = min(len(s.tokens), s.plan.Count())
	share := 0.9
	if s.plan.Folded() {
		share -= 2 * chipWiden
	}
	room := max(int(float64(s.free().W)*share/s.chipPitch()), 1)
	if n > room { // one says how many there is no room for
		room = max(room-1, 1)
	}
	return max(0, n-room), min(n, room)
}

// chipsUpTo is how many times closer than the overview the chips are seen.
const chipsUpTo = 2.5

// chipPitch returns the distance of the chips far away, in CSS pixels: letters stand
// close, words have room.
func (s *Scene) chipPitch() float64 {
	if s.pitch == 0 { // all of a long text are measured once, not in every frame
		wide := float32(0)
		for i := range s.tokens {
			wide = max(wide, s.width(s.tokens[i].Text, s.size(15), true, false))
		}
		s.pitch = float64(min(max(wide+13, 30), 78))
	}
	return s.pitch
}

// chip returns where the middle of chip i of n stands: they stand in the middle above the stream, unless the canvas ends there.
func (s *Scene) chip(i, n int) camera.Vec {
	u, pitch := s.chipUnit(), s.chipPitch()
	half := float64(n) * pitch / 2
	aside := max(min(0, s.beyond[1]-half), half-s.beyond[0])
	return camera.V(((float64(i)-float64(n-1)/2)*pitch+aside)*u, s.plan.All.Max.Y+42*u, layout.LinkZ)
}

// wireNext leads from the last panel of probabilities to the chip of the predicted token.
func (s *Scene) wireNext(w *wire) {
	at, ok := s.nextChip()
	if !ok || s.flow != nil && !s.flow.hasDrawn() {
		return
	}
	from := camera.V(s.boundOf([]string{s.predicts}).Max.X+0.5, at.Y, layout.LinkZ)
	w.run([]camera.Vec{from, camera.V(at.X-6*s.perPixel(), at.Y, layout.LinkZ)}, 2, s.colours.Activation.Linear(), false)
}

// chipUnit returns the world length of a pixel at the chips when the whole tower is seen. A folded tower begins nearer to the
// eye than its middle is.
func (s *Scene) chipUnit() float64 {
	if s.plan.Folded() {
		return s.nearUnit
	}
	return s.perPixel()
}

// nextChip returns the left end of the predicted token's chip.
func (s *Scene) nextChip() (camera.Vec, bool) {
	box := s.boundOf([]string{s.predicts})
	if box.Empty() || s.next.text == "" {
		return camera.Vec{}, false
	}
	x := s.plan.Boxes[len(s.plan.Boxes)-1].Max.X
	return camera.V(x+0.4*layout.GapColumn*s.plan.S*s.plan.Wide(), (box.Min.Y+box.Max.Y)/2, layout.LinkZ), true
}

// wireEmpty draws a thin line where a tensor has no columns yet.
func (s *Scene) wireEmpty(w *wire) {
	for i := range s.plan.Panels {
		p := &s.plan.Panels[i]
		if pw, ph := p.Extent(); p.Layer == 0 && pw == 0 && ph > 0 {
			c := s.colours.Kind(p.Kind).Linear().Alpha(0.5)
			w.line(camera.V(p.X, p.Y, p.Z), camera.V(p.X, p.Y-ph, p.Z), 1.5, c, 0)
		}
	}
}

// quantized rounds the world length of a pixel to a step, so that lines are only baked
// again when their sizes in pixels would be off by a fifth.
func quantized(unit float64) int { return int(math.Round(math.Log(unit) / math.Log(1.25))) }
