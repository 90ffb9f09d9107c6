package scene

import (
	"slices"

	"glassbox/model"
)

// What the free canvas leaves around the tower, in CSS pixels: the chips above it.
const chipRoom = 66

// free returns the part of the canvas that the interface does not cover.
func (s *Scene) free() Rect {
	in := s.insets
	return Rect{in[0], in[1], max(float32(s.w)-in[0]-in[2], 60), max(float32(s.h)-in[1]-in[3], 60)}
}

// overview returns the pose that shows the whole tower.
func (s *Scene) overview() pose {
	if s.compared != nil {
		return s.survey(s.plan.rows, 0)
	}
	f := s.free()
	top := float32(chipRoom)
	share := 0.80
	if f.W < narrow {
		share = 0.92 // there are no labels at its sides
	}
	a := aim{az: farAz, el: farEl, most: 40, spread: 1, w: float64(f.W) * share, h: float64(f.H)*0.965 - float64(top)}
	a.x, a.y = float64(f.X)+float64(f.W)*(1-share)/2, float64(f.Y)+float64(f.H)*0.015+float64(top)
	a.boxes = append(a.boxes, s.plan.rows...)
	return a.pose(s.w, s.h, 0, s.plan.all)
}

// aimed returns the pose that shows the named tensors as large as 80 % of the free
// canvas allows; what they read and the spine are in the picture too where there is
// room for them. Without names it is the whole tower.
func (s *Scene) aimed(names []string) pose {
	if s.compared != nil {
		return s.sized(names)
	}
	spread := 1.0
	if len(names) > 0 && s.movable() {
		spread = 0
	}
	if was := s.plan.spread; was != spread {
		s.plan.open(spread)
		defer s.plan.open(was)
	}
	box := s.boundOf(names)
	if box.empty() {
		return s.overview()
	}
	if info := s.infoOf(names[0]); len(names) == 1 && info.Part == model.PartTokenize && len(s.tokens) > 0 {
		_, n := s.chipped() // the tokens' picture is that of their chips, too
		return s.closeUp(s.plan.rows[0].with(s.chip(0, n)).with(s.chip(n-1, n)), spread, chipsUpTo/s.perPixel())
	}
	p := s.closeUp(box, spread, mostClose)
	most := 3.2 * p.span
	if read := box.join(s.readBound(names)); read != box {
		if q := s.closeUp(read, spread, mostClose); s.h/q.span >= clearCell && q.span <= most {
			box, p = read, q
		}
	}
	box.Min.X, box.Max.X = min(box.Min.X, -s.plan.half), max(box.Max.X, s.plan.half)
	if q := s.closeUp(box, spread, mostClose); s.free().W >= narrow && q.span <= min(1.5*p.span, most) {
		p = q
	}
	return p
}

// clearCell is the size of a cell in CSS pixels, up to which a stage's picture may
// shrink so that more is in it.
const clearCell = 6

// mostClose is the size of a cell in CSS pixels to which flights come close.
const mostClose = 24

// closeUp returns the pose that shows a box from close by, but not closer than most
// pixels for a unit.
func (s *Scene) closeUp(box bound, spread, most float64) pose {
	f := s.free()
	a := aim{boxes: []bound{box}, spread: spread, az: nearAz, el: nearEl, most: most, w: float64(f.W) * 0.82, h: float64(f.H) * 0.80}
	a.x, a.y = float64(f.X)+float64(f.W)*0.09, float64(f.Y)+float64(f.H)*0.11
	return a.pose(s.w, s.h, s.whole, s.plan.all)
}

// readBound returns the space of the front panels that the named steps read, as far as
// they stand in the same row.
func (s *Scene) readBound(names []string) bound {
	box := nothing()
	for _, n := range names {
		info := s.infoOf(n)
		if info == nil || len(s.plan.byName[n]) == 0 {
			continue
		}
		row := s.plan.panels[s.plan.byName[n][0]].row
		for _, in := range info.Inputs {
			for _, i := range s.plan.byName[in.Name] {
				if p := &s.plan.panels[i]; p.Layer == 0 && p.row == row && (p.Kind != model.KindWeight || p.Reader == n) {
					box = box.join(p.bound())
				}
			}
		}
	}
	return box
}

// boundOf returns the space that the panels of the named tensors fill. A tied weight stands
// at both ends of the tower: it is meant where one of the others reads it, or else above.
func (s *Scene) boundOf(names []string) bound {
	box := nothing()
	for _, n := range names {
		panels := s.plan.byName[n]
		row := -1
		for _, i := range panels {
			if p := &s.plan.panels[i]; row < 0 || slices.Contains(names, p.Reader) {
				row = p.row
			}
		}
		for _, i := range panels {
			if p := &s.plan.panels[i]; p.row == row {
				box = box.join(p.bound())
			}
		}
	}
	return box
}

// Fit flies to the whole tower.
func (s *Scene) Fit(now float64) { s.FlyTo(nil, now) }

// FlyTo flies so that the named tensors fill the free canvas; none: the whole tower.
func (s *Scene) FlyTo(names []string, now float64) {
	if len(names) > 0 {
		s.bringForward(names[0])
	}
	if s.stale.layout {
		s.relayout()
	}
	s.goal, s.anchor.set = goal{append([]string(nil), names...), true}, false
	to := s.aimed(names)
	if s.flight = nil; s.still {
		s.pose = to
		s.open(to.spread)
		return
	}
	s.flight = newFlight(s.pose, to)
	s.flight.begun, s.flight.start = true, now
}

// Stop ends a flight where it is.
func (s *Scene) Stop() { s.flight, s.goal.held, s.anchor.set = nil, false, false }

// anchor is the point that zooming keeps in place while the cursor stays.
type anchor struct {
	x, y float32
	at   vec
	set  bool
}

// lens returns the projection of this moment.
func (s *Scene) lens() lens { return s.pose.lens(s.w, s.h, s.whole, s.plan.all) }

// Orbit turns the camera round what it looks at; dx and dy are CSS pixels.
func (s *Scene) Orbit(dx, dy float32) {
	s.Stop()
	s.pose.az = min(max(s.pose.az-float64(dx)*0.3, -mostAz), mostAz)
	s.pose.el = min(max(s.pose.el+float64(dy)*0.3, -mostEl), mostEl)
}

// Pan moves the scene by CSS pixels.
func (s *Scene) Pan(dx, dy float32) {
	s.Stop()
	l := s.lens()
	k := s.pose.span / s.h
	s.hold(s.pose.at.sub(l.right.mul(float64(dx) * k)).add(l.up.mul(float64(dy) * k)))
}

// hold looks at p, or at the nearest point of the tower's surroundings.
func (s *Scene) hold(p vec) {
	if !s.plan.all.empty() {
		s.pose.at = s.around(p)
	}
}

// around returns p, or the nearest point of the tower's surroundings.
func (s *Scene) around(p vec) vec {
	b, m := s.plan.all, max(s.plan.S, s.whole)
	return vec{min(max(p.X, b.Min.X-m), b.Max.X+m), min(max(p.Y, b.Min.Y-m), b.Max.Y+m), min(max(p.Z, b.Min.Z-m), b.Max.Z+m)}
}

// ZoomAt comes factor times closer; what is seen at (x, y) stays there.
func (s *Scene) ZoomAt(x, y, factor float32) {
	if !(factor > 0) {
		return
	}
	l := s.lens()
	held := s.anchor
	s.Stop()
	if !held.set || held.x != x || held.y != y {
		held = anchor{x, y, s.depthAt(&l, x, y), true}
	}
	s.anchor = held
	p := held.at
	further := p.sub(s.pose.at).dot(l.forward) // look at something as far away as p
	s.pose.at = s.pose.at.add(l.forward.mul(further))
	s.pose.span *= max(1+further/l.dist, 0.05)
	s.pose.span = min(max(s.pose.span/float64(factor), s.least()), max(s.whole*2.5, leastSpan))
	l = s.lens()
	s.hold(s.pose.at.add(p.sub(l.onPlane(float64(x), float64(y), p))))
}

// depthAt returns a point as far away as what stands at (x, y): the panel there, or the
// plane of the fronts.
func (s *Scene) depthAt(l *lens, x, y float32) vec {
	if i, p, _ := s.hit(l, x, y); i >= 0 {
		return p
	}
	d := l.ray(float64(x), float64(y))
	if t := -l.eye.Z / d.Z; d.Z != 0 && t > 0 && t < 4*l.dist {
		return l.eye.add(d.mul(t))
	}
	return s.pose.at
}
