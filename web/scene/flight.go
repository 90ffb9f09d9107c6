package scene

import (
	"slices"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// What the free canvas leaves around the tower, in CSS pixels: the chips above it.
const chipRoom = 66

// free returns the part of the canvas that the interface does not cover.
func (s *Scene) free() camera.Rect {
	in := s.insets
	return camera.Rect{X: in[0], Y: in[1], W: max(float32(s.w)-in[0]-in[2], 60), H: max(float32(s.h)-in[1]-in[3], 60)}
}

// The side from which a folded tower is seen, in degrees: flatter, so that its last column is as large as its first.
const foldedAz, foldedEl = -12, 7

// overview returns the pose that shows the whole tower.
func (s *Scene) overview() camera.Pose {
	if s.compared != nil {
		return s.survey(s.plan.Boxes, 0)
	}
	f := s.free()
	top := float32(chipRoom)
	share, az, el := 0.86, float64(camera.FarAz), float64(camera.FarEl)
	if f.W < narrow || s.plan.Folded() {
		share = 0.92 // there are no labels at its sides
	}
	if s.plan.Folded() {
		share, az, el = 0.94, foldedAz, foldedEl
	}
	a := camera.Aim{Az: az, El: el, Most: 40, Spread: 1, W: float64(f.W) * share, H: float64(f.H)*0.965 - float64(top)}
	a.X, a.Y = float64(f.X)+float64(f.W)*(1-share)/2, float64(f.Y)+float64(f.H)*0.015+float64(top)
	a.Boxes = append(a.Boxes, s.plan.Boxes...)
	if s.plan.Folded() {
		a.Boxes = append(a.Boxes, s.plan.Bands(-s.plan.Half, s.plan.Half)...)
	}
	return a.Pose(s.w, s.h, 0, s.plan.All)
}

// aimed returns the pose that shows the named tensors as large as 80 % of the free
// canvas allows; what they read and the spine are in the picture too where there is
// room for them. Without names it is the whole tower.
func (s *Scene) aimed(names []string) camera.Pose {
	if s.compared != nil {
		return s.sized(names)
	}
	spread := 1.0
	if len(names) > 0 && s.movable() {
		spread = 0
	}
	if was := s.plan.Spread; was != spread {
		s.plan.Open(spread)
		defer s.plan.Open(was)
	}
	box := s.boundOf(names)
	if box.Empty() {
		return s.overview()
	}
	if info := s.infoOf(names[0]); len(names) == 1 && info.Part == model.PartTokenize && len(s.tokens) > 0 {
		first, n := s.chipped() // the tokens' picture is that of their chips, too, whole, and of the count of those without one
		n += min(first, 1)
		half := camera.V(s.chipPitch()*s.perPixel()/2, 0, 0)
		return s.closeUp(s.plan.Boxes[0].Extend(s.chip(0, n).Sub(half)).Extend(s.chip(n-1, n).Add(half)), spread, chipsUpTo/s.perPixel())
	}
	if p, ok := s.aimedAtPairs(names, spread); ok {
		return p
	}
	nearest, clear := mostClose, float64(clearCell)
	if info := s.infoOf(names[0]); len(names) == 1 && info != nil && layout.IsPairs(info) {
		nearest, clear = mostPair/s.plan.PairSize(), pairCell/s.plan.PairSize()
	}
	p := s.closeUp(box, spread, nearest)
	most := 3.2 * p.Span
	if read := box.Union(s.readBound(names)); read != box {
		if q := s.closeUp(read, spread, nearest); s.h/q.Span >= clear && q.Span <= most {
			box, p = read, q
		}
	}
	stream := s.plan.StreamAt(box.Centre())
	box.Min.X, box.Max.X = min(box.Min.X, stream-s.plan.Half), max(box.Max.X, stream+s.plan.Half)
	if q := s.closeUp(box, spread, nearest); s.free().W >= narrow && q.Span <= min(1.5*p.Span, most) {
		p = q
	}
	if info := s.infoOf(names[0]); info != nil && info.Part == model.PartNorm {
		return s.aside(p, names)
	}
	return p
}

// aside moves a pose that shows the named tensors, the narrow ones of the final norm, to the side where a larger panel
// behind them in the flow, which isn't meant, would take much of the picture.
func (s *Scene) aside(p camera.Pose, names []string) camera.Pose {
	own := s.boundOf(names)
	l, f := p.Lens(s.w, s.h, s.whole, s.plan.All), s.free()
	x0, _, x1, _, ok := l.Rect(own)
	if !ok || s.beside > 0 {
		return p
	}
	for i := range s.plan.Panels {
		q := &s.plan.Panels[i]
		b := q.Box()
		if q.Layer > 0 || b.Min.X < own.Max.X || b.Min.Y >= own.Max.Y || b.Max.Y <= own.Min.Y || b.Max.X-b.Min.X < own.Max.X-own.Min.X || slices.Contains(names, q.Name) {
			continue
		}
		at, _, _, _, seen := l.Rect(b)
		over := float64(f.X+f.W) - mostBehind*float64(f.W) - at
		room := float64(f.X+f.W)*0.94 - x1
		if move := min(over, room); seen && at > x0 && move > 0 {
			p.At = p.At.Sub(l.Right.Mul(move * p.Span / s.h))
			return p
		}
	}
	return p
}

// mostBehind is how much of the picture of a stage such a panel takes, a share of its width.
const mostBehind = 0.12

// clearCell is the size of a cell in CSS pixels, up to which a stage's picture may
// shrink so that more is in it.
const clearCell = 6

// mostClose is the size of a cell in CSS pixels to which flights come close.
const mostClose = 24.0

// closeUp returns the pose that shows a box from close by, but not closer than most
// pixels for a unit.
func (s *Scene) closeUp(box camera.Box, spread, most float64) camera.Pose {
	f := s.free()
	if most <= mostClose {
		f = s.besides(f)
	}
	a := camera.Aim{Boxes: []camera.Box{box}, Spread: spread, Az: camera.NearAz, El: camera.NearEl, Most: most, W: float64(f.W) * closeShare, H: float64(f.H) * closeTall}
	a.X, a.Y = float64(f.X)+float64(f.W)*0.09, float64(f.Y)+float64(f.H)*0.11
	return s.centred(a.Pose(s.w, s.h, s.whole, s.plan.All), box, f)
}

// readBound returns the space of the front panels that the named steps read, as far as
// they stand in the same row.
func (s *Scene) readBound(names []string) camera.Box {
	box := camera.NoBox()
	for _, n := range names {
		info := s.infoOf(n)
		if info == nil || len(s.plan.ByName[n]) == 0 {
			continue
		}
		row := s.plan.Panels[s.plan.ByName[n][0]].InRow
		for _, in := range info.Inputs {
			for _, i := range s.plan.ByName[in.Name] {
				if p := &s.plan.Panels[i]; p.Layer == 0 && p.InRow == row && (p.Kind != model.KindWeight || p.Reader == n) {
					box = box.Union(p.Box())
				}
			}
		}
	}
	return box
}

// boundOf returns the space that the panels of the named tensors fill.
func (s *Scene) boundOf(names []string) camera.Box { return s.plan.BoundOf(names) }

// Fit flies to the whole tower.
func (s *Scene) Fit(now float64) { s.FlyTo(nil, now) }

// FlyTo flies so that the named tensors fill the free canvas; none: the whole tower.
func (s *Scene) FlyTo(names []string, now float64) {
	if len(names) == 1 { // of a stage, which has all heads, those in front stay there
		s.bringForward(names[0])
	}
	if s.stale.layout {
		s.relayout()
	}
	s.goal, s.anchor.set = goal{append([]string(nil), names...), true}, false
	s.flyTo(s.aimed(names), now)
}

// flyTo flies to a pose.
func (s *Scene) flyTo(to camera.Pose, now float64) {
	if s.flight = nil; s.still || !s.drawn {
		s.pose = to
		s.open(to.Spread)
		return
	}
	s.flight = camera.NewFlight(s.pose, to, now)
}

// Stop ends a flight where it is.
func (s *Scene) Stop() { s.flight, s.goal.held, s.anchor.set = nil, false, false }

// steer ends a flight, for the reader moves the camera.
func (s *Scene) steer() {
	s.Stop()
	s.steered = true
}

// InMotion reports whether the camera moved in the last frame and goes on: in a flight, or steered by the reader. It does
// not where the camera stands elsewhere at once.
func (s *Scene) InMotion() bool { return s.inMotion }

// anchor is the point that zooming keeps in place while the cursor stays.
type anchor struct {
	x, y float32
	at   camera.Vec
	set  bool
}

// lens returns the projection of this moment.
func (s *Scene) lens() camera.Lens { return s.pose.Lens(s.w, s.h, s.whole, s.plan.All) }

// Orbit turns the camera round what it looks at; dx and dy are CSS pixels.
func (s *Scene) Orbit(dx, dy float32) {
	s.steer()
	s.pose.Az = min(max(s.pose.Az-float64(dx)*0.3, -camera.MostAz), camera.MostAz)
	s.pose.El = min(max(s.pose.El+float64(dy)*0.3, -camera.MostEl), camera.MostEl)
}

// Pan moves the scene by CSS pixels.
func (s *Scene) Pan(dx, dy float32) {
	s.steer()
	l := s.lens()
	k := s.pose.Span / s.h
	s.hold(s.pose.At.Sub(l.Right.Mul(float64(dx) * k)).Add(l.Up.Mul(float64(dy) * k)))
}

// hold looks at p, or at the nearest point of the tower's surroundings.
func (s *Scene) hold(p camera.Vec) {
	if !s.plan.All.Empty() {
		s.pose.At = s.around(p)
	}
}

// around returns p, or the nearest point of the tower's surroundings.
func (s *Scene) around(p camera.Vec) camera.Vec {
	b, m := s.plan.All, max(s.plan.S, s.whole)
	return camera.V(min(max(p.X, b.Min.X-m), b.Max.X+m), min(max(p.Y, b.Min.Y-m), b.Max.Y+m), min(max(p.Z, b.Min.Z-m), b.Max.Z+m))
}

// ZoomAt comes factor times closer; what is seen at (x, y) stays there.
func (s *Scene) ZoomAt(x, y, factor float32) {
	if !(factor > 0) {
		return
	}
	l := s.lens()
	held := s.anchor
	s.steer()
	if !held.set || held.x != x || held.y != y {
		held = anchor{x, y, s.depthAt(&l, x, y), true}
	}
	s.anchor = held
	p := held.at
	further := p.Sub(s.pose.At).Dot(l.Forward) // look at something as far away as p
	s.pose.At = s.pose.At.Add(l.Forward.Mul(further))
	s.pose.Span *= max(1+further/l.Dist, 0.05)
	s.pose.Span = min(max(s.pose.Span/float64(factor), s.least()), max(s.whole*2.5, camera.LeastSpan))
	l = s.lens()
	s.hold(s.pose.At.Add(p.Sub(l.OnPlane(float64(x), float64(y), p))))
}

// depthAt returns a point as far away as what stands at (x, y): the panel there, or the
// plane of the fronts.
func (s *Scene) depthAt(l *camera.Lens, x, y float32) camera.Vec {
	if i, p, _ := s.plan.Hit(l.Eye, l.Ray(float64(x), float64(y))); i >= 0 {
		return p
	}
	d := l.Ray(float64(x), float64(y))
	if t := -l.Eye.Z / d.Z; d.Z != 0 && t > 0 && t < 4*l.Dist {
		return l.Eye.Add(d.Mul(t))
	}
	return s.pose.At
}

// CameraState returns where the camera is, as if the tower were not folded: a canvas of another size folds it otherwise.
func (s *Scene) CameraState() camera.State {
	p := s.pose
	p.At = s.plan.Unfold(p.At)
	return p.State()
}

// Goal returns what the camera keeps in view since a flight, none being the whole tower.
// It no longer does once the reader has moved it.
func (s *Scene) Goal() (names []string, held bool) { return s.goal.names, s.goal.held }

// WasDrawn reports whether a frame has been asked for.
func (s *Scene) WasDrawn() bool { return s.drawn }

// Flying reports whether the camera is on its way somewhere.
func (s *Scene) Flying() bool { return s.flight != nil }

// SetCameraState puts the camera there, or as near as the tower allows. A state that is
// not valid is ignored.
func (s *Scene) SetCameraState(c camera.State) {
	if !c.Valid() {
		return
	}
	to := s.poseOf(c)
	s.Stop()
	s.open(to.Spread)
	s.pose = to
}

// FlyToState flies there.
func (s *Scene) FlyToState(c camera.State, now float64) {
	if s.still || !c.Valid() {
		s.SetCameraState(c)
		return
	}
	to := s.poseOf(c)
	s.Stop()
	s.flight = camera.NewFlight(s.pose, to, now)
}

// poseOf returns the pose of a state, in the space that the camera may move in.
func (s *Scene) poseOf(c camera.State) camera.Pose {
	if s.stale.layout {
		s.relayout()
	}
	to := camera.Pose{At: camera.V(float64(c[0]), float64(c[1]), float64(c[2])), Spread: 1,
		Span: min(max(float64(c[3]), camera.LeastSpan), max(s.whole*2.5, camera.LeastSpan)),
		Az:   min(max(float64(c[4]), -camera.MostAz), camera.MostAz), El: min(max(float64(c[5]), -camera.MostEl), camera.MostEl)}
	if s.movable() {
		to.Spread = min(max(float64(c[6]), 0), 1)
	}
	if was := s.plan.Spread; was != to.Spread { // the surroundings are those of the tower as it will stand
		s.plan.Open(to.Spread)
		defer s.plan.Open(was)
	}
	if to.At = s.plan.Fold(to.At); !s.plan.All.Empty() {
		to.At = s.around(to.At)
	}
	return to
}

// cellClose is the size of a cell in CSS pixels to which a flight to it comes: its number
// and those beside it can be read. A long one has to be as high as lineClose only.
const (
	cellClose = 56
	lineClose = 22
)

// FlyToCell flies so close to a cell that its number can be read. The reader may have it
// anywhere on the canvas afterwards: a new layout does not bring the camera back.
func (s *Scene) FlyToCell(c Cell, now float64) {
	if s.stale.layout {
		s.relayout()
	}
	s.bringForward(c.Name)
	s.bringSlab(c)
	if s.stale.layout {
		s.relayout()
	}
	to, ok := s.aimedAt(c)
	if !ok {
		s.FlyTo([]string{c.Name}, now)
		return
	}
	s.Stop()
	s.goal.names = []string{c.Name}
	if s.still {
		s.pose = to
		s.open(to.Spread)
		return
	}
	s.flight = camera.NewFlight(s.pose, to, now)
}

// bringSlab turns the slabs of a folded tensor, or the parts of a weight that its heads read, so that the one that holds
// the cell stands in front, and those of its row with it.
func (s *Scene) bringSlab(c Cell) {
	if s.compared != nil {
		return
	}
	for k, i := range s.plan.ByName[c.Name] {
		p := &s.plan.Panels[i]
		before := s.front[p.InRow]
		if _, _, ok := p.Spot(c.Row, c.Col); ok && p.Layer > 0 {
			if s.front[p.InRow] = (layout.Front{Head: p.Head}); p.Head < 0 {
				s.front[p.InRow] = layout.Front{Head: before.Head, Slab: k}
			}
			s.stale.layout = true
			return
		}
	}
}

// aimedAt returns the pose that shows a cell from close by; ok is false if it is not shown.
func (s *Scene) aimedAt(c Cell) (to camera.Pose, ok bool) {
	if s.compared != nil {
		return to, false
	}
	spread := 1.0
	if s.movable() {
		spread = 0
	}
	if was := s.plan.Spread; was != spread {
		s.plan.Open(spread)
		defer s.plan.Open(was)
	}
	i := s.panelOf(c, "")
	if i < 0 {
		return to, false
	}
	p := &s.plan.Panels[i]
	u, v, _ := p.Spot(c.Row, c.Col)
	low, high := p.Corner(float64(u), float64(v)), p.Corner(float64(u+1), float64(v+1))
	most := max(cellClose/max(p.CellW, p.CellH), lineClose/min(p.CellW, p.CellH))
	return s.closeUp(camera.Box{Min: camera.V(low.X, high.Y, p.Z), Max: camera.V(high.X, low.Y, p.Z)}, spread, most), true
}
