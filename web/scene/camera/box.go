package camera

import "math"

// A Box is an axis-parallel box, empty unless Min ≤ Max.
type Box struct{ Min, Max Vec }

// NoBox returns the empty box, which adds nothing to a union.
func NoBox() Box {
	inf := math.Inf(1)
	return Box{Vec{inf, inf, inf}, Vec{-inf, -inf, -inf}}
}

// Empty reports whether no point lies in b.
func (b Box) Empty() bool { return b.Min.X > b.Max.X }

// Extend returns the smallest box that holds b and p.
func (b Box) Extend(p Vec) Box {
	b.Min = Vec{min(b.Min.X, p.X), min(b.Min.Y, p.Y), min(b.Min.Z, p.Z)}
	b.Max = Vec{max(b.Max.X, p.X), max(b.Max.Y, p.Y), max(b.Max.Z, p.Z)}
	return b
}

// Union returns the smallest box that holds both.
func (b Box) Union(c Box) Box {
	if c.Empty() {
		return b
	}
	return b.Extend(c.Min).Extend(c.Max)
}

// Corner returns one of the eight corners, i = 0 … 7.
func (b Box) Corner(i int) Vec {
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

// Centre returns the middle of b.
func (b Box) Centre() Vec { return b.Min.Lerp(b.Max, 0.5) }

// Overlaps reports whether the insides of the boxes have a point in common.
func (b Box) Overlaps(c Box) bool {
	return b.Min.X < c.Max.X && c.Min.X < b.Max.X && b.Min.Y < c.Max.Y && c.Min.Y < b.Max.Y &&
		b.Min.Z < c.Max.Z && c.Min.Z < b.Max.Z
}

// Meet returns how far along d, from eye, the box begins (infinite if it is missed),
// and whether its front, the face of largest z, is met first.
func (b Box) Meet(eye, d Vec) (t float64, front bool) {
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
