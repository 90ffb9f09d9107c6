package scene

import "math"

// vec is a point or a direction in world space, in float64: the world of a large model
// is millions of units high.
type vec struct{ X, Y, Z float64 }

func (a vec) add(b vec) vec             { return vec{a.X + b.X, a.Y + b.Y, a.Z + b.Z} }
func (a vec) sub(b vec) vec             { return vec{a.X - b.X, a.Y - b.Y, a.Z - b.Z} }
func (a vec) mul(k float64) vec         { return vec{a.X * k, a.Y * k, a.Z * k} }
func (a vec) dot(b vec) float64         { return a.X*b.X + a.Y*b.Y + a.Z*b.Z }
func (a vec) length() float64           { return math.Sqrt(a.dot(a)) }
func (a vec) lerp(b vec, t float64) vec { return a.add(b.sub(a).mul(t)) }

// unit returns the direction of a, or zero if a has none.
func (a vec) unit() vec {
	n := a.length()
	if n == 0 {
		return vec{}
	}
	return a.mul(1 / n)
}

// bound is an axis-parallel box, empty unless Min ≤ Max.
type bound struct{ Min, Max vec }

func nothing() bound {
	inf := math.Inf(1)
	return bound{vec{inf, inf, inf}, vec{-inf, -inf, -inf}}
}

func (b bound) empty() bool { return b.Min.X > b.Max.X }

// with returns the smallest box that holds b and p.
func (b bound) with(p vec) bound {
	b.Min = vec{min(b.Min.X, p.X), min(b.Min.Y, p.Y), min(b.Min.Z, p.Z)}
	b.Max = vec{max(b.Max.X, p.X), max(b.Max.Y, p.Y), max(b.Max.Z, p.Z)}
	return b
}

// join returns the smallest box that holds both.
func (b bound) join(c bound) bound {
	if c.empty() {
		return b
	}
	return b.with(c.Min).with(c.Max)
}

// corner returns one of the eight corners, i = 0 … 7.
func (b bound) corner(i int) vec {
	p := b.Min
	if i&1 != 0 {
		p.X = b.Max.X
	}
	if i&2 != 0 {
		p.Y = b.Max.Y
	}
	if i&4 != 0 {
		p.Z = b.Max.Z
	}
	return p
}

func (b bound) centre() vec { return b.Min.lerp(b.Max, 0.5) }

// overlaps reports whether the insides of the boxes have a point in common.
func (b bound) overlaps(c bound) bool {
	return b.Min.X < c.Max.X && c.Min.X < b.Max.X && b.Min.Y < c.Max.Y && c.Min.Y < b.Max.Y &&
		b.Min.Z < c.Max.Z && c.Min.Z < b.Max.Z
}

// Rect is a rectangle of the canvas in CSS pixels, y downwards.
type Rect struct{ X, Y, W, H float32 }

// Overlaps reports whether the rectangles have more than an edge in common.
func (r Rect) Overlaps(q Rect) bool {
	return r.X < q.X+q.W && q.X < r.X+r.W && r.Y < q.Y+q.H && q.Y < r.Y+r.H
}

// Grow returns r with a margin of d on each side.
func (r Rect) Grow(d float32) Rect { return Rect{r.X - d, r.Y - d, r.W + 2*d, r.H + 2*d} }

// Contains reports whether the point lies in r.
func (r Rect) Contains(x, y float32) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}
