package scene

import (
	"math"

	"glassbox/web/scene/camera"
	"glassbox/web/scene/paint"
)

// Frame returns what to draw at a time, in seconds, and whether something moves, so that
// another frame should follow. The batch is the scene's own: it holds until the next
// call. What did not change keeps its Version, and its array is not written again.
func (s *Scene) Frame(now float64) (b *paint.Batch, moving bool) {
	if s.stale.layout {
		s.relayout()
	}
	if s.flight != nil {
		var on bool
		if s.pose, on = s.flight.Pose(now); !on {
			s.flight = nil
		}
		if s.pose.Spread != s.plan.Spread {
			s.open(s.pose.Spread)
		}
		moving = on
	}
	s.inMotion, s.steered, s.drawn = moving || s.steered, false, true
	if s.flow != nil && s.flowing(now) {
		moving = true
	}
	if s.shine(now) {
		moving = true
	}
	if s.fly(now) {
		moving = true
	}
	s.stay()
	l := s.lens()
	s.look(&l)
	s.refresh()
	s.batch.Seen = s.seen(&l, s.batch.Seen[:0])
	if s.label(l, now, moving) {
		moving = true
	}
	return &s.batch, moving
}

// mostAway is how far the camera goes from the origin before it takes it along: the
// arrays are float32, which a tower of a million units would leave no fractions.
const mostAway = 1 << 16

// stay keeps the origin of the arrays near what is looked at.
func (s *Scene) stay() {
	if s.compared == nil && math.Abs(s.pose.At.Y-s.origin) > mostAway {
		s.origin = math.Round(s.pose.At.Y)
		s.stale.boxes, s.stale.lines, s.stale.marks = true, true, true
	}
}

// look writes the camera of the frame.
func (s *Scene) look(l *camera.Lens) {
	v := &s.batch.View
	m := l.Matrix
	for r := range 4 {
		m[12+r] += m[4+r] * s.origin
	}
	for i, x := range m {
		v.Matrix[i] = float32(x)
	}
	v.Eye = [3]float32{float32(l.Eye.X), float32(l.Eye.Y - s.origin), float32(l.Eye.Z)}
	v.Width, v.Height, v.Ratio = int(s.w), int(s.h), s.ratio
}

// refresh bakes what is out of date.
func (s *Scene) refresh() {
	unit := s.pose.Span / s.h
	if level := quantized(unit); s.compared != nil {
		if s.level = level; s.stale.lines || s.stale.quads {
			s.bakeCompared()
		}
	} else if level != s.level || s.stale.lines {
		s.level = level
		s.bakeLines(math.Pow(1.25, float64(level)))
		s.stale.quads = true
		s.stale.marks = s.stale.marks || s.hover != nil || s.inUse.ID >= 0 || len(s.told) > 0 // a ring is never too small to be seen
	}
	if s.stale.boxes {
		s.bakeBoxes()
	}
	if s.stale.quads {
		s.bakeQuads()
	}
	s.bakeStrips()
	if s.stale.marks && s.compared == nil {
		s.bakeMarks()
	}
	v, from := &s.batch.Values, &s.store.Values
	v.Data, v.Version, v.Room = from.Data, from.Version, from.Room
	v.Changed, from.Changed = append(v.Changed, from.Changed...), from.Changed[:0]
}
