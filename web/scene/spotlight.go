package scene

import (
	"slices"

	"glassbox/web/scene/camera"
)

// A spotlight has the panels of some tensors stand out: all others fade.
type spotlight struct {
	list  []string
	names map[string]bool // the same
	on    bool
	share float32 // of the way to being dimmed, 0 … 1
	last  float64 // time of the last frame in which that changed; below 0: none

	since  float64 // when it was turned on; below 0: in the next frame
	looked bool    // it is known whether the camera has to move
	away   bool    // it has, from
	from   camera.Pose
	goal   goal
}

// How far panels go towards paper beside those in the light, how long that takes, and after which time the camera goes to
// panels that are out of sight, in seconds.
const (
	dimmed    = 0.86
	dimTime   = 0.14
	dwellTime = 0.35
)

// Spotlight has the panels of these tensors stand out, as long as the others are dimmed; none: all are as they were. If
// none of them is in sight, the camera goes there after a moment, and comes back when the light goes out.
func (s *Scene) Spotlight(names []string) {
	l := &s.spot
	if len(names) == 0 && !l.on {
		return
	}
	if l.on = len(names) > 0; l.on {
		l.list, l.names = names, make(map[string]bool, len(names))
		for _, n := range names {
			l.names[n] = true
		}
	}
	l.last, l.since, l.looked = -1, -1, false
	s.stale.boxes, s.stale.lines, s.stale.marks = true, true, true
}

// SetTold marks the cells of which a text beside the scene tells, while the reader points at nothing. It returns whether they
// are others than before.
func (s *Scene) SetTold(cells []Cell) (changed bool) {
	if slices.Equal(cells, s.told) {
		return false
	}
	s.told, s.stale.marks = append(s.told[:0], cells...), true
	return true
}

// wireTold draws the rings round them, in the panels of the stage.
func (s *Scene) wireTold(w *wire, signal, paper [4]float32) {
	if s.hover != nil || s.flow != nil {
		return
	}
	for _, c := range s.told {
		i := s.panelOf(c, "")
		if i < 0 || s.plan.Panels[i].Layer > 0 || !s.looksAt(c.Name) {
			continue
		}
		p := &s.plan.Panels[i]
		u, v, _ := p.Spot(c.Row, c.Col)
		m := mark{panel: i, u: u, v: v, w: 1, h: 1}
		w.ring(p, m, s.leastRing(), 0, 5.5, paper)
		w.ring(p, m, s.leastRing(), 0, 2.5, signal)
	}
}

// shine turns the light up or down and moves the camera for it, and reports whether something is still to come.
func (s *Scene) shine(now float64) bool {
	waits := s.glance(now)
	return s.turnLight(now) || waits
}

// turnLight turns it up or down, and reports whether that goes on. Where nothing may move, and where there are so many
// panels that to send them again takes long, it is a switch.
func (s *Scene) turnLight(now float64) bool {
	l, goal := &s.spot, float32(0)
	if l.on {
		goal = 1
	}
	if l.share == goal {
		return false
	}
	step := float32(max(now-l.last, 0) / dimTime)
	switch {
	case s.still || !s.movable():
		step = 1
	case l.last < 0:
		step = 0
	}
	l.last = now
	if goal > l.share {
		l.share = min(l.share+step, goal)
	} else {
		l.share = max(l.share-step, goal)
	}
	s.stale.boxes, s.stale.lines = true, true
	return l.share != goal
}

// glance moves the camera to what is in the light, unless that is in sight, and back; it reports whether something is
// still to come. Whoever moves the camera meanwhile keeps it.
func (s *Scene) glance(now float64) (waits bool) {
	l := &s.spot
	if l.away && (!s.goal.held || !slices.Equal(s.goal.names, l.list)) {
		l.away = false
	}
	switch {
	case !l.on && l.away:
		l.away = false
		s.goal = l.goal
		if to := l.from; l.goal.held {
			s.flyTo(s.aimed(l.goal.names), now)
		} else {
			s.flyTo(to, now)
		}
		return true
	case !l.on || l.looked:
	case l.since < 0:
		l.since = now
		return true
	case now-l.since < dwellTime || s.flight != nil:
		return true
	default:
		if l.looked = true; s.flow == nil && s.compared == nil && !s.seesAny(l.list) {
			if !l.away {
				l.from, l.goal = s.pose, s.goal
			}
			l.away = true
			s.goal = goal{l.list, true}
			to := s.aimed(l.list)
			to.Span = max(to.Span, s.pose.Span) // what it comes from is to be seen, too
			s.flyTo(to, now)
			return true
		}
	}
	return false
}

// Glancing reports whether the camera is where words have led it for a moment.
func (s *Scene) Glancing() bool { return s.spot.away }

// seesAny reports whether at least half of a front panel of one of these tensors is on the free canvas.
func (s *Scene) seesAny(names []string) bool {
	l, f := s.lens(), s.free()
	for _, n := range names {
		for _, i := range s.plan.ByName[n] {
			p := &s.plan.Panels[i]
			w, h := p.Size()
			r, ok := area(&l, p, 0, 0, w, h)
			if !ok || p.Layer > 0 {
				continue
			}
			wide := min(r.X+r.W, f.X+f.W) - max(r.X, f.X)
			high := min(r.Y+r.H, f.Y+f.H) - max(r.Y, f.Y)
			if wide > 0 && high > 0 && wide*high >= r.W*r.H/2 {
				return true
			}
		}
	}
	return false
}

// dims reports how far what belongs to a tensor is dimmed, 0 … 1.
func (l *spotlight) dims(name string) float32 {
	if l.share == 0 || l.names[name] {
		return 0
	}
	return l.share
}
