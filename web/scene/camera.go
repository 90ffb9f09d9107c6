package scene

import "math"

// A pose is where the camera looks and from which side. The distance follows from span:
// the height of what is seen at the point looked at.
type pose struct {
	at     vec
	span   float64 // world units
	az, el float64 // degrees; az < 0 stands left of the middle, el > 0 above
	spread float64 // how far the gaps of the tower open: 1 far away, 0 at a stage
}

// Angles and fields of view of the design language, in degrees.
const (
	farAz, nearAz   = -17, -15.5
	farEl, nearEl   = 9, 8.5
	farFov, nearFov = 20, 10
	mostAz, mostEl  = 80, 80
	leastSpan       = 3 // units: a screenful of three cells
)

// lens is a pose on a canvas, ready to project.
type lens struct {
	eye, right, up, forward vec
	dist, focal             float64 // focal: pixels per unit at distance 1
	w, h                    float64
	matrix                  mat
}

// fov returns the vertical field of view in radians at a span, when the whole tower
// has the span whole: the closer, the flatter.
func fov(span, whole float64) float64 {
	t := 1.0
	if whole > span {
		t = max(0, 1-math.Log(whole/span)/math.Log(6))
	}
	return (nearFov + (farFov-nearFov)*t) * math.Pi / 180
}

// lens returns the projection of a pose. near and far follow the scene, so that coming
// close never cuts it away.
func (p pose) lens(w, h, whole float64, scene bound) lens {
	sa, ca := math.Sincos(p.az * math.Pi / 180)
	se, ce := math.Sincos(p.el * math.Pi / 180)
	l := lens{w: w, h: h, forward: vec{-sa * ce, -se, -ca * ce}, right: vec{ca, 0, -sa}}
	l.up = vec{-sa * se, ce, -ca * se}
	f := fov(p.span, whole)
	l.dist = p.span / 2 / math.Tan(f/2)
	l.focal = h / 2 / math.Tan(f/2)
	l.eye = p.at.sub(l.forward.mul(l.dist))
	near, far := l.reach(scene)
	view, proj := looking(l.eye, l.right, l.up, l.forward), perspective(f, w/h, near, far)
	l.matrix = proj.mul(&view)
	return l
}

// reach returns the distances between which everything lies that can be seen.
func (l *lens) reach(scene bound) (near, far float64) {
	near, far = math.Inf(1), l.dist*1.5
	if !scene.empty() {
		for i := range 8 {
			d := scene.corner(i).sub(l.eye).dot(l.forward)
			near, far = min(near, d), max(far, d)
		}
	}
	return max(min(near, l.dist)*0.9, l.dist*0.02), far * 1.1
}

// project returns where a point stands on the canvas; ok is false behind the eye.
func (l *lens) project(p vec) (x, y float64, ok bool) {
	d := p.sub(l.eye)
	z := d.dot(l.forward)
	if z <= l.dist*0.01 {
		return 0, 0, false
	}
	k := l.focal / z
	return l.w/2 + d.dot(l.right)*k, l.h/2 - d.dot(l.up)*k, true
}

// scale returns how many pixels a unit at p has.
func (l *lens) scale(p vec) float64 {
	z := p.sub(l.eye).dot(l.forward)
	if z <= l.dist*0.01 {
		return 0
	}
	return l.focal / z
}

// ray returns the direction in which the eye sees a point of the canvas.
func (l *lens) ray(x, y float64) vec {
	return l.forward.add(l.right.mul((x - l.w/2) / l.focal)).add(l.up.mul((l.h/2 - y) / l.focal)).unit()
}

// onPlane returns the point seen at (x, y) on the plane through p that faces the eye.
func (l *lens) onPlane(x, y float64, p vec) vec {
	d := l.ray(x, y)
	t := p.sub(l.eye).dot(l.forward) / d.dot(l.forward)
	return l.eye.add(d.mul(t))
}

// rect returns the rectangle of the canvas that a box covers.
func (l *lens) rect(b bound) (x0, y0, x1, y1 float64, ok bool) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i := range 8 {
		x, y, front := l.project(b.corner(i))
		if !front {
			return 0, 0, 0, 0, false
		}
		x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
	}
	return x0, y0, x1, y1, true
}

// An aim says what a pose must show: boxes, in which part of the canvas.
type aim struct {
	boxes      []bound
	x, y, w, h float64 // the part of the canvas, in pixels
	az, el     float64
	most       float64 // most pixels per unit
	spread     float64
}

// pose returns the pose that shows all boxes as large as the part allows, in its middle.
func (a aim) pose(w, h, whole float64, scene bound) pose {
	all := nothing()
	for _, b := range a.boxes {
		all = all.join(b)
	}
	if all.empty() {
		all = bound{vec{-1, -1, 0}, vec{1, 1, 0}}
	}
	p := pose{at: all.centre(), span: max(all.Max.Y-all.Min.Y, 1), az: a.az, el: a.el, spread: a.spread}
	for range 8 {
		width := whole
		if whole == 0 {
			width = p.span
		}
		l := p.lens(w, h, width, scene)
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, b := range a.boxes {
			if bx0, by0, bx1, by1, ok := l.rect(b); ok {
				x0, y0, x1, y1 = min(x0, bx0), min(y0, by0), max(x1, bx1), max(y1, by1)
			}
		}
		if !finite(x0) {
			p.span *= 2
			continue
		}
		px := p.span / h
		p.at = p.at.add(l.right.mul(((x0+x1)/2 - a.x - a.w/2) * px)).add(l.up.mul((a.y + a.h/2 - (y0+y1)/2) * px))
		p.span = max(p.span*max((x1-x0)/a.w, (y1-y0)/a.h), h/a.most)
	}
	return p
}

// flight is a way from one pose to another.
type flight struct {
	from, to    pose
	start, time float64 // seconds
	begun       bool
}

// newFlight returns the flight between two poses: 450 to 900 ms, by distance.
func newFlight(from, to pose) *flight {
	far := from.at.sub(to.at).length()/max(from.span, to.span) + math.Abs(math.Log(from.span/to.span))/2
	return &flight{from: from, to: to, time: 0.45 + 0.45*min(1, far/1.5)}
}

// pose returns the pose at a time, and whether the flight goes on.
func (f *flight) pose(now float64) (pose, bool) {
	if !f.begun {
		f.begun, f.start = true, now
	}
	t := (now - f.start) / f.time
	if t >= 1 {
		return f.to, false
	}
	return f.from.towards(f.to, ease(max(t, 0))), true
}

// towards returns the pose a share t of the way to q. What is seen scales evenly.
func (p pose) towards(q pose, t float64) pose {
	span := p.span * math.Pow(q.span/p.span, t)
	k := t
	if r := q.span / p.span; math.Abs(r-1) > 1e-3 {
		k = (span - p.span) / (q.span - p.span) // the point between the two keeps its place
	}
	return pose{p.at.lerp(q.at, k), span, p.az + (q.az-p.az)*t, p.el + (q.el-p.el)*t, p.spread + (q.spread-p.spread)*t}
}

// ease is cubic-bezier(.22, .8, .24, 1) of the design language.
func ease(t float64) float64 {
	curve := func(a, b, u float64) float64 { return 3*a*u*(1-u)*(1-u) + 3*b*u*u*(1-u) + u*u*u }
	lo, hi := 0.0, 1.0
	for range 30 {
		if u := (lo + hi) / 2; curve(.22, .24, u) < t {
			lo = u
		} else {
			hi = u
		}
	}
	return curve(.8, 1, lo)
}
