package camera

import "math"

// An Aim says what a pose must show: boxes, in which part of the canvas.
type Aim struct {
	Boxes      []Box
	X, Y, W, H float64 // the part of the canvas, in pixels
	Az, El     float64
	Most       float64 // most pixels per unit
	Spread     float64
}

// Pose returns the pose that shows all boxes as large as the part of a canvas of w × h pixels allows, in
// its middle. whole is the span of the whole tower, 0 if the boxes are that; scene is all there is.
func (a Aim) Pose(w, h, whole float64, scene Box) Pose {
	all := NoBox()
	for _, b := range a.Boxes {
		all = all.Union(b)
	}
	if all.Empty() {
		all = Box{Vec{-1, -1, 0}, Vec{1, 1, 0}}
	}
	p := Pose{At: all.Centre(), Span: max(all.Max.Y-all.Min.Y, 1), Az: a.Az, El: a.El, Spread: a.Spread}
	for range 8 {
		width := whole
		if whole == 0 {
			width = p.Span
		}
		l := p.Lens(w, h, width, scene)
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, b := range a.Boxes {
			if bx0, by0, bx1, by1, ok := l.Rect(b); ok {
				x0, y0, x1, y1 = min(x0, bx0), min(y0, by0), max(x1, bx1), max(y1, by1)
			}
		}
		if !finite(x0) {
			p.Span *= 2
			continue
		}
		px := p.Span / h
		p.At = p.At.Add(l.Right.Mul(((x0+x1)/2 - a.X - a.W/2) * px)).Add(l.Up.Mul((a.Y + a.H/2 - (y0+y1)/2) * px))
		p.Span = max(p.Span*max((x1-x0)/a.W, (y1-y0)/a.H), h/a.Most)
	}
	return p
}

// finite reports whether x is a number.
func finite(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }
