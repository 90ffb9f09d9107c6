package scene

import "math"

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
	i, p, front := s.hit(&l, x, y)
	if i < 0 {
		return Hit{}, false
	}
	panel := &s.plan.panels[i]
	w, h := panel.Size()
	u := min(max(int(math.Floor(p.X-panel.X)), 0), w-1)
	v := min(max(int(math.Floor(panel.Y-p.Y)), 0), h-1)
	hit := Hit{Name: panel.Name, Panel: i, Cell: front && s.compared == nil}
	hit.Row, hit.Col = panel.Cell(u, v)
	cx, cy, _ := l.project(panel.centre(u, v))
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

// hit returns the first panel that the ray through (x, y) meets, or −1, where it does,
// and whether that is on its front.
func (s *Scene) hit(l *lens, x, y float32) (panel int, p vec, front bool) {
	d := l.ray(float64(x), float64(y))
	best, panel := math.Inf(1), -1
	for r, from := 0, 0; r < len(s.plan.rows); r++ {
		to := s.plan.ends[r]
		if t, _ := s.plan.rows[r].meets(l.eye, d); t < best {
			for i := from; i < to; i++ {
				if t, face := s.plan.panels[i].bound().meets(l.eye, d); t < best {
					best, panel, front = t, i, face
				}
			}
		}
		from = to
	}
	if panel < 0 {
		return -1, vec{}, false
	}
	return panel, l.eye.add(d.mul(best)), front
}

// meets returns how far along d, from eye, the box begins (infinite if it is missed),
// and whether its front, the face of largest z, is met first.
func (b bound) meets(eye, d vec) (t float64, front bool) {
	near, far := 0.0, math.Inf(1)
	for axis := range 3 {
		var lo, hi, e, v float64
		switch axis {
		case 0:
			lo, hi, e, v = b.Min.X, b.Max.X, eye.X, d.X
		case 1:
			lo, hi, e, v = b.Min.Y, b.Max.Y, eye.Y, d.Y
		default:
			lo, hi, e, v = b.Min.Z, b.Max.Z, eye.Z, d.Z
		}
		if v == 0 {
			if e < lo || e >= hi {
				return math.Inf(1), false
			}
			continue
		}
		t0, t1 := (lo-e)/v, (hi-e)/v
		if t0 > t1 {
			t0, t1 = t1, t0
		}
		if t0 > near {
			near, front = t0, axis == 2 && v < 0
		}
		far = min(far, t1)
	}
	if near >= far {
		return math.Inf(1), false
	}
	return near, front
}

// Neighbour returns the cell dx to the right of and dy below c as the panel shows it;
// ok is false at the end of the tensor, or of what is shown of it.
func (s *Scene) Neighbour(c Cell, dx, dy int) (Cell, bool) {
	i := s.panelOf(c, "")
	if i < 0 {
		return c, false
	}
	if s.plan.panels[i].Across {
		dx, dy = dy, dx
	}
	n := Cell{c.Name, c.Row + dx, c.Col + dy}
	return n, s.panelOf(n, "") >= 0
}

// panelOf returns the panel that shows a cell, or −1; of several the one beside reader,
// otherwise the first.
func (s *Scene) panelOf(c Cell, reader string) int {
	first := -1
	for _, i := range s.plan.byName[c.Name] {
		p := &s.plan.panels[i]
		if _, _, ok := p.Spot(c.Row, c.Col); ok {
			if p.Reader == reader {
				return i
			}
			if first < 0 {
				first = i
			}
		}
	}
	return first
}

// CellRect returns where a cell stands on the canvas; ok is false if it is not shown.
func (s *Scene) CellRect(c Cell) (Rect, bool) {
	i := s.panelOf(c, "")
	if i < 0 {
		return Rect{}, false
	}
	p := &s.plan.panels[i]
	u, v, _ := p.Spot(c.Row, c.Col)
	l := s.lens()
	return l.area(p, u, v, 1, 1)
}

// area returns the rectangle of the canvas round w × h cells of a front.
func (l *lens) area(p *Panel, u, v, w, h int) (Rect, bool) {
	x, y := p.X+float64(u), p.Y-float64(v)
	x0, y0, x1, y1, ok := l.rect(bound{vec{x, y - float64(h), p.Z}, vec{x + float64(w), y, p.Z}})
	return Rect{float32(x0), float32(y0), float32(x1 - x0), float32(y1 - y0)}, ok
}
