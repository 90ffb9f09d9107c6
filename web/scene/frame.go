package scene

import "math"

// Frame returns what to draw at a time, in seconds, and whether something moves, so that
// another frame should follow. The batch is the scene's own: it holds until the next
// call. What did not change keeps its Version, and its array is not written again.
func (s *Scene) Frame(now float64) (b *Batch, moving bool) {
	if s.stale.layout {
		s.relayout()
	}
	if s.flight != nil {
		var on bool
		if s.pose, on = s.flight.pose(now); !on {
			s.flight = nil
		}
		if s.pose.spread != s.plan.spread {
			s.open(s.pose.spread)
		}
		moving = on
	}
	l := s.lens()
	s.look(&l)
	s.refresh()
	if s.label(l, now, moving) {
		moving = true
	}
	return &s.batch, moving
}

// look writes the camera of the frame.
func (s *Scene) look(l *lens) {
	v := &s.batch.View
	for i, x := range l.matrix {
		v.Matrix[i] = float32(x)
	}
	v.Eye = [3]float32{float32(l.eye.X), float32(l.eye.Y), float32(l.eye.Z)}
	v.Width, v.Height, v.Ratio = int(s.w), int(s.h), s.ratio
}

// refresh bakes what is out of date.
func (s *Scene) refresh() {
	unit := s.pose.span / s.h
	if level := quantized(unit); level != s.level || s.stale.lines {
		s.level = level
		s.bakeLines(math.Pow(1.25, float64(level)))
		s.stale.quads = true
	}
	if s.stale.boxes {
		s.bakeBoxes()
	}
	if s.stale.quads {
		s.bakeQuads()
	}
	if s.stale.marks {
		s.bakeMarks()
	}
	v, from := &s.batch.Values, &s.store.values
	v.Data, v.Version = from.Data, from.Version
	v.Changed, from.Changed = append(v.Changed, from.Changed...), from.Changed[:0]
}
