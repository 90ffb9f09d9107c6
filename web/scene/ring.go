package scene

import "glassbox/web/scene/layout"

// ringBeside is how far beside the cells of a selected panel its ring runs, in units: on the
// edge of the paper round them, so that neither cells nor the numbers beside them are covered.
const ringBeside = layout.Margin

// leastRing is half the least side of the ring round a cell, in CSS pixels: from afar a
// cell is smaller than the line of its ring.
const leastRing = 5

// ringSelected draws a ring round the front panels of the selected tensor: the focus of the
// scene, which has to be seen in every theme, on any ground and without colours.
func (s *Scene) ringSelected(w *wire, signal, paper [4]float32) {
	if s.selected == "" {
		return
	}
	for pass := range 2 {
		width, c := float32(2.5), signal
		if pass == 0 {
			width, c = 6, paper
		}
		for _, i := range s.plan.ByName[s.selected] {
			p := &s.plan.Panels[i]
			if p.Layer == 0 {
				wide, high := p.Size()
				w.ring(p, mark{w: wide, h: high}, 0, ringBeside, width, c)
			}
		}
	}
}

// leastRing returns half the least side of the ring round the hovered cell, in units, so that it can be
// seen from afar.
func (s *Scene) leastRing() float64 { return leastRing * s.pose.Span / s.h }
