package gl

import "math"

// slim is half of the base of an arrow head, as a share of its length; as in head.glsl.
const slim = 0.45

// line draws a line of the layout that package scene defines; see line.glsl. With depth,
// what is nearer hides it.
func (p *raster) line(l *lens, g *gamma, f []float32, depth bool) {
	a, b := l.toClip(pointOf(f), 1), l.toClip(pointOf(f[3:]), 1)
	nearA, nearB := a[2]+a[3], b[2]+b[3]
	if max(nearA, nearB) <= 0 {
		return
	}
	if nearA < 0 {
		a = between(a, b, nearA/(nearA-nearB))
	}
	if nearB < 0 {
		b = between(b, a, nearB/(nearB-nearA))
	}
	s := stroke{colour: g.encode([3]float32(f[7:10])), alpha: f[10], depth: depth}
	s.alpha *= float32(min(float64(f[6])*l.ratio, 1))
	s.half = max(float64(f[6])*l.ratio, 1) / 2
	s.dash = float64(f[11]) * l.ratio
	from, to := l.toPixels(a), l.toPixels(b)
	s.x, s.y, s.near = from[0]/from[2], from[1]/from[2], 1/from[2]
	dx, dy := to[0]/to[2]-s.x, to[1]/to[2]-s.y
	s.long, s.steep = math.Hypot(dx, dy), 1/to[2]-s.near
	s.ux, s.uy = 1, 0
	if s.long > 1e-3 {
		s.ux, s.uy = dx/s.long, dy/s.long
	}
	p.stroke(&s)
}

// between is the clip place a share t of the way from a to b.
func between(a, b [4]float64, t float64) [4]float64 {
	for k := range a {
		a[k] += (b[k] - a[k]) * t
	}
	return a
}

// A stroke is a line on the raster.
type stroke struct {
	x, y, ux, uy, long float64 // where it begins, its direction, its length
	half, dash         float64 // half of the width; length of a dash, 0: solid
	near, steep        float64 // 1/w at the beginning, and how much more it is at the end
	colour             [3]float32
	alpha              float32
	depth              bool
}

func (p *raster) stroke(s *stroke) {
	reach := s.half + 1
	ex, ey := s.x+s.ux*s.long, s.y+s.uy*s.long
	top, bottom := int(max(0, min(s.y, ey)-reach)), int(min(float64(p.height), max(s.y, ey)+reach+1))
	for y := top; y < bottom; y++ {
		py := float64(y) + 0.5 - s.y
		low, high := min(s.x, ex)-reach, max(s.x, ex)+reach
		if math.Abs(s.uy) > 1e-3 { // the stripe along the line
			middle, wide := s.x+py*s.ux/s.uy, reach/math.Abs(s.uy)
			low, high = max(low, middle-wide), min(high, middle+wide)
		}
		for x := int(max(0, low)); x < int(min(float64(p.width), high+1)); x++ {
			px := float64(x) + 0.5 - s.x
			along, across := px*s.ux+py*s.uy, px*s.uy-py*s.ux
			cover := float32(s.coverage(along, across))
			i := y*p.width + x
			if cover > 0 && (!s.depth || s.nearness(along) >= p.near[i]) {
				p.blend(i, s.colour, s.alpha*cover)
			}
		}
	}
}

// nearness is 1/w at a place along the line, a little more than it is, so that a line
// that lies on a panel is not hidden by it.
func (s *stroke) nearness(along float64) float32 {
	t := 0.0
	if s.long > 0 {
		t = min(max(along/s.long, 0), 1)
	}
	return float32((s.near + s.steep*t) * 1.0001)
}

// coverage is the share of a pixel that the stroke covers.
func (s *stroke) coverage(along, across float64) float64 {
	low, high := 0.0, s.long
	if s.dash > 0 {
		start := 2 * s.dash * math.Floor(min(max(along, 0), s.long)/(2*s.dash))
		along -= start
		high = min(s.dash, s.long-start)
		capped := min(s.half, high/2) // the round ends are part of a dash's length
		low, high = capped, high-capped
	}
	away := math.Hypot(along-min(max(along, low), high), across)
	return min(max(s.half+0.5-away, 0), 1)
}

// head draws an arrow head; see head.glsl.
func (p *raster) head(l *lens, g *gamma, f []float32) {
	c, d := l.toClip(pointOf(f), 1), l.toClip(pointOf(f[3:]), 0)
	if c[2]+c[3] <= 0 {
		return
	}
	ux, uy := l.width*(d[0]*c[3]-c[0]*d[3]), -l.height*(d[1]*c[3]-c[1]*d[3])
	if n := math.Hypot(ux, uy); n > 1e-6 {
		ux, uy = ux/n, uy/n
	} else {
		ux, uy = 0, 1
	}
	at := l.toPixels(c)
	tipX, tipY, near := at[0]/at[2], at[1]/at[2], float32(1.0001/at[2])
	size := max(float64(f[6])*l.ratio, 1)
	colour := g.encode([3]float32(f[7:10]))
	for y := int(max(0, tipY-size-2)); y < int(min(float64(p.height), tipY+size+2)); y++ {
		for x := int(max(0, tipX-size-2)); x < int(min(float64(p.width), tipX+size+2)); x++ {
			px, py := float64(x)+0.5-tipX, float64(y)+0.5-tipY
			back, across := -(px*ux + py*uy), math.Abs(px*uy-py*ux)
			flank := (slim*back - across) / math.Sqrt(1+slim*slim)
			cover := float32(min(max(min(flank, size-back)+0.5, 0), 1))
			if i := y*p.width + x; cover > 0 && near >= p.near[i] {
				p.blend(i, colour, f[10]*cover)
			}
		}
	}
}
