package camera

import "math"

// A Lens is a pose on a canvas, ready to project.
type Lens struct {
	Eye, Right, Up, Forward Vec
	Dist, Focal             float64 // Dist: from the eye to the point looked at; Focal: pixels per unit at distance 1
	W, H                    float64 // of the canvas, in CSS pixels
	Matrix                  Mat
}

// Lens returns the projection of a pose on a canvas of w × h CSS pixels, where the whole tower has the
// span whole. What it cuts off, near and far, follows the scene, so that coming close never cuts it away.
func (p Pose) Lens(w, h, whole float64, scene Box) Lens {
	sa, ca := math.Sincos(p.Az * math.Pi / 180)
	se, ce := math.Sincos(p.El * math.Pi / 180)
	l := Lens{W: w, H: h, Forward: Vec{-sa * ce, -se, -ca * ce}, Right: Vec{ca, 0, -sa}}
	l.Up = Vec{-sa * se, ce, -ca * se}
	f := fov(p.Span, whole)
	l.Dist = p.Span / 2 / math.Tan(f/2)
	l.Focal = h / 2 / math.Tan(f/2)
	l.Eye = p.At.Sub(l.Forward.Mul(l.Dist))
	near, far := l.reach(scene)
	view, proj := looking(l.Eye, l.Right, l.Up, l.Forward), perspective(f, w/h, near, far)
	l.Matrix = proj.Mul(&view)
	return l
}

// reach returns the distances between which everything lies that can be seen.
func (l *Lens) reach(scene Box) (near, far float64) {
	near, far = math.Inf(1), l.Dist*1.5
	if !scene.Empty() {
		for i := range 8 {
			d := scene.Corner(i).Sub(l.Eye).Dot(l.Forward)
			near, far = min(near, d), max(far, d)
		}
	}
	return max(min(near, l.Dist)*0.9, l.Dist*0.02), far * 1.1
}

// Project returns where a point stands on the canvas; ok is false behind the eye.
func (l *Lens) Project(p Vec) (x, y float64, ok bool) {
	d := p.Sub(l.Eye)
	z := d.Dot(l.Forward)
	if z <= l.Dist*0.01 {
		return 0, 0, false
	}
	k := l.Focal / z
	return l.W/2 + d.Dot(l.Right)*k, l.H/2 - d.Dot(l.Up)*k, true
}

// Scale returns how many pixels a unit at p has.
func (l *Lens) Scale(p Vec) float64 {
	z := p.Sub(l.Eye).Dot(l.Forward)
	if z <= l.Dist*0.01 {
		return 0
	}
	return l.Focal / z
}

// Ray returns the direction in which the eye sees a point of the canvas.
func (l *Lens) Ray(x, y float64) Vec {
	return l.Forward.Add(l.Right.Mul((x - l.W/2) / l.Focal)).Add(l.Up.Mul((l.H/2 - y) / l.Focal)).Unit()
}

// OnPlane returns the point seen at (x, y) on the plane through p that faces the eye.
func (l *Lens) OnPlane(x, y float64, p Vec) Vec {
	d := l.Ray(x, y)
	t := p.Sub(l.Eye).Dot(l.Forward) / d.Dot(l.Forward)
	return l.Eye.Add(d.Mul(t))
}

// Rect returns the rectangle of the canvas that a box covers.
func (l *Lens) Rect(b Box) (x0, y0, x1, y1 float64, ok bool) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i := range 8 {
		x, y, front := l.Project(b.Corner(i))
		if !front {
			return 0, 0, 0, 0, false
		}
		x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
	}
	return x0, y0, x1, y1, true
}

// Outside reports whether a box lies wholly beyond one side of the canvas, more than room pixels
// from it, or behind the eye. The sides are planes through the eye, so this also holds for boxes that
// reach behind it.
func (l *Lens) Outside(b Box, room float64) bool {
	var beyond [5]int
	for i := range 8 {
		d := b.Corner(i).Sub(l.Eye)
		x, y, z := d.Dot(l.Right)*l.Focal, d.Dot(l.Up)*l.Focal, d.Dot(l.Forward)
		wide, high := z*(l.W/2+room), z*(l.H/2+room)
		for k, out := range [5]bool{x > wide, x < -wide, y > high, y < -high, z <= 0} {
			if out {
				beyond[k]++
			}
		}
	}
	for _, n := range beyond {
		if n == 8 {
			return true
		}
	}
	return false
}
