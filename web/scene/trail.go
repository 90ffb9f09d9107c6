package scene

import "slices"

// SetTrail sets the way from the number where the reader began to the selected one, which
// is its last cell; each was made from the next. Fewer than two cells: there is none.
func (s *Scene) SetTrail(cells []Cell) {
	if slices.Equal(s.trail, cells) {
		return
	}
	s.trail = append(s.trail[:0], cells...)
	s.stale.marks = true
}

// trailMarks finds the places of the way. What the scene does not show, of a very long
// axis, leaves a gap.
func (s *Scene) trailMarks() (marks []mark) {
	if len(s.trail) < 2 {
		return nil
	}
	for _, c := range s.trail {
		m := mark{panel: s.panelOf(c, ""), w: 1, h: 1, cell: true, row: -1}
		if m.panel >= 0 {
			m.u, m.v, _ = s.plan.Panels[m.panel].Spot(c.Row, c.Col)
		}
		marks = append(marks, m)
	}
	return marks
}

// wireTrail draws a thin curve from each cell of the way to the next, and a ring round it.
func (s *Scene) wireTrail(w *wire, signal, paper [4]float32) {
	marks := s.trailMarks()
	for pass := range 2 {
		width, c := float32(4.5), paper
		if pass > 0 {
			width, c = 1.5, signal
		}
		for i := 1; i < len(marks); i++ {
			if a, b := marks[i-1], marks[i]; a.panel >= 0 && b.panel >= 0 {
				from, corner, to := s.bow(b, s.plan.Panels[a.panel].Centre(a.u, a.v))
				w.curve(from, corner, to, 16, width, c, 0)
			}
		}
	}
	for _, m := range marks {
		if m.panel >= 0 {
			w.ring(&s.plan.Panels[m.panel], m, 0, 0, 4, paper)
			w.ring(&s.plan.Panels[m.panel], m, 0, 0, 1.5, signal)
		}
	}
}
