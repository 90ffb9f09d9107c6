package gl

import (
	"math"

	"glassbox/web/scene/paint"
)

// A point in space, or a direction.
type point [3]float64

func pointOf(f []float32) point { return point{float64(f[0]), float64(f[1]), float64(f[2])} }

// A lens projects points in space onto a raster.
type lens struct {
	matrix        [16]float64
	eye           point
	width, height float64 // of the raster
	ratio         float64 // pixels of the raster per CSS pixel
}

// newLens returns the lens of a view on a raster with that many pixels per CSS pixel.
func newLens(v *paint.View, ratio float32, width, height int) lens {
	l := lens{eye: pointOf(v.Eye[:]), width: float64(width), height: float64(height), ratio: float64(ratio)}
	for i, x := range v.Matrix {
		l.matrix[i] = float64(x)
	}
	return l
}

// toClip returns the clip coordinates of a point (one is 1) or of a direction (one is 0).
func (l *lens) toClip(p point, one float64) (c [4]float64) {
	for r := range c {
		c[r] = l.matrix[r]*p[0] + l.matrix[4+r]*p[1] + l.matrix[8+r]*p[2] + l.matrix[12+r]*one
	}
	return c
}

// toPixels turns clip coordinates into homogeneous pixels: x·w, y·w, w, with y downwards.
func (l *lens) toPixels(c [4]float64) [3]float64 {
	return [3]float64{(c[0] + c[3]) * l.width / 2, (c[3] - c[1]) * l.height / 2, c[3]}
}

// unit is how much of a unit along an axis one pixel covers at a depth w of 1, as the
// function of that name in frame.glsl.
func (l *lens) unit(axis int) float64 {
	d := point{}
	d[axis] = 1
	c := l.toClip(d, 0)
	return 1 / max(math.Hypot(l.width*c[0], l.height*c[1])/2, 1e-4)
}

// A slope is a number that is linear on the raster: x·X + y·Y + c.
type slope struct{ x, y, c float64 }

func (s slope) at(x, y float64) float64 { return s.x*x + s.y*y + s.c }
func (s slope) sub(t slope) slope       { return slope{s.x - t.x, s.y - t.y, s.c - t.c} }

// perPixel scales s so that it grows by 1 per pixel, straight away from where it is 0.
func (s slope) perPixel() slope {
	n := math.Hypot(s.x, s.y)
	if n == 0 {
		return s
	}
	return slope{s.x / n, s.y / n, s.c / n}
}

// A face is a parallelogram in space as a raster sees it. At a pixel, q is 1/w, and u/q
// and v/q say how far along its two edges the pixel lies, 0…1.
type face struct {
	u, v, q     slope
	sides       [4]slope // distance to each side in pixels, above 0 inside
	top, bottom int      // the rows that it may touch
}

// face returns the parallelogram from a corner along two edges as the raster sees it; ok is
// false if it is edge-on, or outside.
func (l *lens) face(corner, u, v point) (f face, ok bool) {
	a, b, c := l.toPixels(l.toClip(u, 0)), l.toPixels(l.toClip(v, 0)), l.toPixels(l.toClip(corner, 1))
	bc, ca, ab := cross(b, c), cross(c, a), cross(a, b)
	det := a[0]*bc[0] + a[1]*bc[1] + a[2]*bc[2]
	if math.Abs(det) < 1e-12*math.Abs(a[0]*bc[0])+1e-300 {
		return f, false
	}
	row := func(r [3]float64) slope { return slope{r[0] / det, r[1] / det, r[2] / det} }
	f.u, f.v, f.q = row(bc), row(ca), row(ab)
	f.sides = [4]slope{f.u.perPixel(), f.q.sub(f.u).perPixel(), f.v.perPixel(), f.q.sub(f.v).perPixel()}
	f.top, f.bottom = l.rows(a, b, c)
	return f, f.top < f.bottom
}

func cross(a, b [3]float64) [3]float64 {
	return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// rows returns the rows from top to bottom−1 between which the corners lie; all rows if
// one lies behind the eye.
func (l *lens) rows(u, v, c [3]float64) (top, bottom int) {
	low, high := math.Inf(1), math.Inf(-1)
	behind := 0
	for i := range 4 {
		s, t := float64(i&1), float64(i>>1)
		w := c[2] + s*u[2] + t*v[2]
		if w <= 0 {
			behind++
			continue
		}
		y := (c[1] + s*u[1] + t*v[1]) / w
		low, high = min(low, y), max(high, y)
	}
	switch behind {
	case 0:
		return int(max(0, math.Floor(low-1))), int(min(l.height, math.Ceil(high+1)))
	case 4:
		return 0, 0
	}
	return 0, int(l.height)
}

// span returns the pixels x0 … x1−1 of a row that the face may touch.
func (f *face) span(y, width int) (x0, x1 int) {
	py := float64(y) + 0.5
	low, high := 0.5, float64(width)-0.5
	limit := func(s slope, least float64) {
		switch rest := s.y*py + s.c - least; {
		case s.x > 0:
			low = max(low, -rest/s.x)
		case s.x < 0:
			high = min(high, -rest/s.x)
		case rest < 0:
			high = -1
		}
	}
	for _, s := range f.sides {
		limit(s, -0.5)
	}
	limit(f.q, 1e-12)
	if high < low {
		return 0, 0
	}
	return int(math.Ceil(low - 0.5)), int(math.Floor(high-0.5)) + 1
}

// coverage is the share of the pixel at (x, y) that lies inside.
func (f *face) coverage(x, y float64) float64 {
	least := 0.5
	for i := range f.sides {
		least = min(least, f.sides[i].at(x, y))
	}
	return max(least+0.5, 0)
}

// fillFace fills the face with one colour, sRGB 0…255.
func (p *raster) fillFace(f *face, c [3]float32) {
	for y := f.top; y < f.bottom; y++ {
		x0, x1 := f.span(y, p.width)
		py := float64(y) + 0.5
		for x := x0; x < x1; x++ {
			px := float64(x) + 0.5
			p.put(y*p.width+x, c, float32(f.coverage(px, py)), float32(f.q.at(px, py)))
		}
	}
}

// blendQuad draws a quad over the picture without regard to depth. It fades out towards its
// sides, over the shares soft of its edges; see quad.glsl.
func (p *raster) blendQuad(f *face, c [3]float32, alpha float32, soft [2]float64) {
	for y := f.top; y < f.bottom; y++ {
		x0, x1 := f.span(y, p.width)
		py := float64(y) + 0.5
		for x := x0; x < x1; x++ {
			px := float64(x) + 0.5
			share := f.coverage(px, py)
			if w := 1 / f.q.at(px, py); soft[0] > 0 {
				s, t := f.u.at(px, py)*w, f.v.at(px, py)*w
				share = smoothstep(min(s, 1-s)/soft[0]) * smoothstep(min(t, 1-t)/soft[1])
			}
			p.blend(y*p.width+x, c, alpha*float32(share))
		}
	}
}

// smoothstep is GLSL's smoothstep from 0 to 1.
func smoothstep(t float64) float64 {
	t = min(max(t, 0), 1)
	return t * t * (3 - 2*t)
}
