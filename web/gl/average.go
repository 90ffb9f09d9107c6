package gl

import (
	"math"

	"glassbox/web/scene/paint"
)

// How many square cells along a pixel are read one by one; where it covers more, averages are read. MOST in box.glsl is as
// many. A coarse frame, whose pixels cover twice as many cells, reads fewer: it is seen for a moment only.
const (
	maxRead       = 5
	maxReadCoarse = 2.5
)

// A rectangle of a front: cells to the right and down.
type rectangle struct{ left, top, right, bottom float64 }

// A sum adds up the cells under a pixel, each weighted by its area.
type sum struct {
	value, size float32 // of values and of magnitudes, as shares of the norm
	area        float32 // of the cells with a number, and of masked ones
	odd         float32 // area of the cells that hold NaN or an infinity
}

// add adds a value, or the mean and mean magnitude of a block.
func (s *sum) add(mean, size, area, scale float32) {
	const most = 1e6
	switch {
	case size >= paint.Masked:
		s.area += area
	case size >= paint.NotFinite:
		s.odd += area
	default:
		s.value += area * min(max(mean*scale, -most), most)
		s.size += area * min(size*scale, most)
		s.area += area
	}
}

// blend is the colour of a sum, in linear light: the positive share of the magnitude has the colour of
// its mean, the negative one that of the opposite, so that numbers that cancel out don't look like zeros.
func (n *panel) blend(s sum) [3]float32 {
	size := s.size / max(s.area, 1e-6)
	share := min(max(0.5+0.5*s.value/max(s.size, 1e-6), 0), 1)
	c := mix(n.look.shade(-size), n.look.shade(size), share)
	whole, covered := float32(n.wide*n.tall), s.area+s.odd
	rest := max(whole-covered, 0)
	for k := range c {
		c[k] = (c[k]*s.area + n.look.odd[k]*s.odd + rest*n.look.ground[k]) / max(whole, covered, 1e-6)
	}
	return c
}

// averaged is the mean of a rectangle, from the averages of the coarsest level whose blocks are smaller
// than a pixel.
func (n *panel) averaged(r rectangle, most float64) [3]float32 {
	level := min(max(1+int(math.Floor(math.Log2(most/(maxRead*n.slim))/2)), 1, n.pyramid.Finest), paint.Levels)
	base, columns := n.pyramid.Level(level)
	side := math.Exp2(2 * float64(level))
	first := n.base - n.pyramid.Base
	right, down := float64(first/n.pyramid.Stride), float64(first%n.pyramid.Stride)
	if n.across {
		right, down = down, right
	}
	r = rectangle{r.left + right, r.top + down, r.right + right, r.bottom + down}
	var s sum
	for j := math.Floor(r.top / side); j*side < r.bottom; j++ {
		tall := min(r.bottom, (j+1)*side) - max(r.top, j*side)
		for i := math.Floor(r.left / side); i*side < r.right; i++ {
			row, col := int(i), int(j)
			if n.across {
				row, col = col, row
			}
			at := base + 2*(row*columns+col)
			area := tall * (min(r.right, (i+1)*side) - max(r.left, i*side))
			if at >= 0 && at+1 < len(n.values) {
				s.add(n.values[at], n.values[at+1], float32(area), n.scale)
			}
		}
	}
	return n.blend(s)
}
