package scene

import (
	"math"

	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// A Hit is what stands at a point of the canvas.
type Hit struct {
	Name     string
	Row, Col int
	Panel    int     // its number
	X, Y     float32 // where the middle of the cell stands on the canvas
	Cell     bool    // a cell of the front, rather than the side of a panel
}

// Pick returns what stands at (x, y), in CSS pixels.
func (s *Scene) Pick(x, y float32) (Hit, bool) {
	l := s.lens()
	i, p, front := s.plan.Hit(l.Eye, l.Ray(float64(x), float64(y)))
	if i < 0 {
		return Hit{}, false
	}
	panel := &s.plan.Panels[i]
	w, h := panel.Size()
	right, down := panel.Under(p)
	u := min(max(int(math.Floor(right)), 0), w-1)
	v := min(max(int(math.Floor(down)), 0), h-1)
	hit := Hit{Name: panel.Name, Panel: i, Cell: front && s.compared == nil}
	hit.Row, hit.Col = panel.Cell(u, v)
	cx, cy, _ := l.Project(panel.Centre(u, v))
	hit.X, hit.Y = float32(cx), float32(cy)
	return hit, true
}

// PickNear returns the cell nearest to (x, y) of those that a finger of that radius
// touches.
func (s *Scene) PickNear(x, y, radius float32) (Hit, bool) {
	if hit, ok := s.Pick(x, y); ok && (hit.Cell || s.compared != nil) {
		return hit, true
	}
	for r := float32(0.25); r <= 1; r += 0.25 {
		for a := range 16 {
			sin, cos := math.Sincos(float64(a) * math.Pi / 8)
			hit, ok := s.Pick(x+radius*r*float32(cos), y+radius*r*float32(sin))
			if ok && hit.Cell {
				return hit, true
			}
		}
	}
	return Hit{}, false
}

// Neighbour returns the cell dx to the right of and dy below c as the panel shows it;
// ok is false at the end of the tensor, or of what is shown of it.
func (s *Scene) Neighbour(c Cell, dx, dy int) (Cell, bool) {
	i := s.panelOf(c, "")
	if i < 0 {
		return c, false
	}
	if s.plan.Panels[i].Across {
		dx, dy = dy, dx
	}
	n := Cell{c.Name, c.Row + dx, c.Col + dy}
	return n, s.panelOf(n, "") >= 0
}

// panelOf returns the panel that shows a cell, or −1; of several the one beside reader,
// otherwise the first.
func (s *Scene) panelOf(c Cell, reader string) int {
	return s.plan.PanelOf(c.Name, c.Row, c.Col, reader)
}

// CellRect returns where a cell stands on the canvas; ok is false if it is not shown.
func (s *Scene) CellRect(c Cell) (camera.Rect, bool) {
	i := s.panelOf(c, "")
	if i < 0 {
		return camera.Rect{}, false
	}
	p := &s.plan.Panels[i]
	u, v, _ := p.Spot(c.Row, c.Col)
	l := s.lens()
	return area(&l, p, u, v, 1, 1)
}

// area returns the rectangle of the canvas round w × h cells of a front.
func area(l *camera.Lens, p *layout.Panel, u, v, w, h int) (camera.Rect, bool) {
	from, to := p.Corner(float64(u), float64(v)), p.Corner(float64(u+w), float64(v+h))
	x0, y0, x1, y1, ok := l.Rect(camera.Box{Min: camera.V(from.X, to.Y, p.Z), Max: camera.V(to.X, from.Y, p.Z)})
	return camera.Rect{X: float32(x0), Y: float32(y0), W: float32(x1 - x0), H: float32(y1 - y0)}, ok
}

// A Target is something written on the scene that leads somewhere when it is pressed.
type Target struct {
	Names []string // of a heading: the steps that stand under it
	Token int      // of the chip of a token; else −1
	Next  bool     // the chip of the predicted token
}

// target notes where it stands on the canvas.
func (s *Scene) target(at camera.Rect, t Target) {
	s.targets = append(s.targets, placed{at, t})
}

// placed is a target and where it was written in the last frame.
type placed struct {
	at camera.Rect
	Target
}

// TargetAt returns what is written at (x, y), in CSS pixels, and leads somewhere. Within reach pixels it counts as hit: a
// finger is not a point.
func (s *Scene) TargetAt(x, y, reach float32) (Target, bool) {
	point := camera.Rect{X: x - reach, Y: y - reach, W: 2 * reach, H: 2 * reach}
	for _, p := range s.targets {
		if p.at.Overlaps(point) {
			return p.Target, true
		}
	}
	return Target{}, false
}
