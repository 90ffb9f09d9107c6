package scene

import (
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

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
