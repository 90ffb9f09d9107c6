package gl

import (
	"math"

	"glassbox/web/scene/paint"
)

// The measures of box.glsl.
const (
	margin = 0.3  // of paper around the cells, in units
	inset  = 0.07 // of a cell's shorter side, at each side
)

// A look is the colours of the panels of one kind, in linear light.
type look struct {
	hue, ground [3]float32
	ink         [3]float32      // of hatching
	trace, odd  [3]float32      // the dot of a masked cell; a cell that holds no number
	stripe      [3]float32      // the stronger line each 16 cells
	scale       [256][3]float32 // from −norm to +norm
}

// newLook mixes the colours of a kind, given as linear light, as box.glsl does.
func newLook(g *gamma, b *paint.Batch, hue [3]float32) *look {
	t := themeColoursOf(b.Theme)
	at := func(i int) [3]float32 {
		return [3]float32{linear(b.Ramp[i][0]), linear(b.Ramp[i][1]), linear(b.Ramp[i][2])}
	}
	zero := mix(at(127), at(128), 0.5)
	ground := mix(g.encode(zero), g.encode(hue), t.tint)
	k := &look{hue: hue, ground: decodeSRGB(ground), trace: decodeSRGB(mix(ground, g.encode(hue), 0.38))}
	k.ink = linearRGB(t.ink)
	k.odd = mix(k.ground, k.ink, 0.45)
	k.stripe = mix(k.ground, hue, 0.3)
	for i := range k.scale {
		share := math.Abs(float64(i)-127.5) / 127.5
		k.scale[i] = mix(at(i), k.ground, float32(0.35*max(1-share/0.12, 0)))
	}
	return k
}

// colour is that of a cell with this value, of which scale·value is −1 … 1.
func (k *look) colour(value, scale float32) [3]float32 {
	switch {
	case value >= paint.Masked:
		return k.ground
	case value >= paint.NotFinite:
		return k.odd
	}
	return k.shade(value * scale)
}

// shade is the colour of a share of the norm.
func (k *look) shade(t float32) [3]float32 {
	return k.scale[min(int(min(max(t, -1), 1)*127.5+128), 255)]
}

// A panel is the front of a box that is drawn into a raster.
type panel struct {
	look          *look
	values        []float32
	base, du, dv  int
	pyramid       paint.Pyramid // without rows there are no averages
	across        bool
	cols, rows    float64
	roomX, roomY  float64 // of a cell, in units
	slim          float64 // how many more cells are read along the shorter side of long ones
	scale         float32
	empty         bool
	done          float64    // rows of the tensor that are computed, with the share of the next one
	edge          [3]float32 // linear light
	fade          float32
	paper         [3]float32 // sRGB 0…255
	grown         float64    // how far the front reaches beyond the cells, in units
	px            float64    // CSS pixels per cell, in the row that is drawn
	wide, tall    float64    // cells per pixel, in the row that is drawn
	insetX        float64
	insetY        float64
	perCSS        float64
	width, height float64 // of the front, in units
}

// there reports whether a cell is computed by now; see box.glsl.
func (n *panel) there(col, row int) bool {
	if n.across {
		return float64(row)+(float64(col)+0.5)/n.cols < n.done
	}
	return float64(col)+(float64(row)+0.5)/n.rows < n.done
}

// value returns the number of a cell; one that is not computed yet looks as if masked.
func (n *panel) value(col, row int) float32 {
	if !n.there(col, row) {
		return paint.Masked
	}
	i := n.base + col*n.du + row*n.dv
	if i < 0 || i >= len(n.values) {
		return 0
	}
	return n.values[i]
}

// front draws a panel onto its face, row by row.
func (p *raster) front(g *gamma, f *face, n *panel) {
	for y := f.top; y < f.bottom; y++ {
		x0, x1 := f.span(y, p.width)
		py := float64(y) + 0.5
		if x0 >= x1 {
			continue
		}
		n.measure(f, float64(x0+x1)/2, py)
		for x := x0; x < x1; x++ {
			px := float64(x) + 0.5
			q := f.q.at(px, py)
			i := y*p.width + x
			if float32(q) <= p.near[i] {
				continue
			}
			c := n.at((f.u.at(px, py)/q*n.width-n.grown)/n.roomX, (f.v.at(px, py)/q*n.height-n.grown)/n.roomY)
			p.put(i, mix(g.encode(c), n.paper, n.fade), float32(f.coverage(px, py)), float32(q))
		}
	}
}

// measure sets how large cells are in a row of pixels: as in its middle, since their size
// changes slowly along it.
func (n *panel) measure(f *face, x, y float64) {
	w := 1 / f.q.at(x, y)
	s, t := f.u.at(x, y)*w, f.v.at(x, y)*w
	n.wide = max(math.Hypot(f.u.x-s*f.q.x, f.u.y-s*f.q.y)*w*n.width/n.roomX, 1e-4)
	n.tall = max(math.Hypot(f.v.x-t*f.q.x, f.v.y-t*f.q.y)*w*n.height/n.roomY, 1e-4)
	n.px = 1 / (max(n.wide, n.tall) * n.perCSS)
	least := inset * min(n.roomX, n.roomY) * smoothstep((n.px-3.2)/0.8)
	n.insetX, n.insetY = least/n.roomX, least/n.roomY
}

// at is the colour, in linear light, of the pixel whose middle lies at a place of the
// front: cells to the right and down.
func (n *panel) at(x, y float64) [3]float32 {
	c := n.look.ground
	if !n.empty {
		c = n.mean(x, y)
		if n.px > 3.2 && n.pyramid.Finest == 0 {
			c = n.marked(c, x, y)
		}
	}
	if n.px > 4 {
		line := max(n.sixteenth(x, n.cols, n.wide), n.sixteenth(y, n.rows, n.tall))
		c = mix(c, n.look.stripe, float32(line))
	}
	aside, above := margin/n.roomX, margin/n.roomY
	within := clamp01((x+aside)/n.wide+0.5) * clamp01((n.cols+aside-x)/n.wide+0.5) *
		clamp01((y+above)/n.tall+0.5) * clamp01((n.rows+above-y)/n.tall+0.5)
	return mix(n.edge, c, float32(within))
}

func clamp01(t float64) float64 { return min(max(t, 0), 1) }

// mean is the mean of what lies under a pixel; see box.glsl.
func (n *panel) mean(x, y float64) [3]float32 {
	r := rectangle{clampTo(x-n.wide/2, n.cols), clampTo(y-n.tall/2, n.rows), clampTo(x+n.wide/2, n.cols), clampTo(y+n.tall/2, n.rows)}
	most := max(n.wide, n.tall)
	bound := maxRead * n.slim
	if n.pyramid.Rows > 0 && (most > bound || n.pyramid.Finest > 0) {
		if !n.there(int(clampTo(x, n.cols-1)), int(clampTo(y, n.rows-1))) {
			return n.look.ground
		}
		return n.averaged(r, most)
	}
	colours, s := n.read(r)
	if n.pyramid.Rows > 0 && most > bound/2 {
		colours = mix(colours, n.blend(s), float32(smoothstep(2*most/bound-1)))
	}
	return colours
}

// read is the mean of cells, of which at most 6 × 6 are read, of long ones more along their shorter side, and ground.
func (n *panel) read(r rectangle) (c [3]float32, s sum) {
	stepX, stepY := stride(n.wide/n.slim), stride(n.tall/n.slim)
	covered := 0.0
	for j := math.Floor(r.top/stepY) * stepY; j < r.bottom; j += stepY {
		high := min(r.bottom, j+stepY-n.insetY) - max(r.top, j+n.insetY)
		if high <= 0 {
			continue
		}
		for i := math.Floor(r.left/stepX) * stepX; i < r.right; i += stepX {
			area := high * (min(r.right, i+stepX-n.insetX) - max(r.left, i+n.insetX))
			if area <= 0 {
				continue
			}
			covered += area
			col, row := min(i+math.Floor(stepX/2), n.cols-1), min(j+math.Floor(stepY/2), n.rows-1)
			value := n.value(int(col), int(row))
			s.add(value, float32(math.Abs(float64(value))), float32(area), n.scale)
			q := n.look.colour(value, n.scale)
			for k := range c {
				c[k] += float32(area) * q[k]
			}
		}
	}
	whole := n.wide * n.tall
	rest, all := float32(max(whole-covered, 0)), float32(max(whole, covered))
	for k := range c {
		c[k] = (c[k] + rest*n.look.ground[k]) / all
	}
	return c, s
}

func clampTo(t, most float64) float64 { return min(max(t, 0), most) }

// stride is how many cells one that is read stands for, where so many lie along a pixel: a power
// of two.
func stride(cells float64) float64 {
	if cells <= maxRead {
		return 1
	}
	return math.Exp2(math.Ceil(math.Log2(cells / maxRead)))
}

// marked lays a dot into a masked cell, and hatching into one without a number.
func (n *panel) marked(under [3]float32, x, y float64) [3]float32 {
	col, row := min(max(math.Floor(x), 0), n.cols-1), min(max(math.Floor(y), 0), n.rows-1)
	value := n.value(int(col), int(row))
	if value < paint.NotFinite || !n.there(int(col), int(row)) {
		return under
	}
	short := min(n.roomX, n.roomY)
	shapeX, shapeY := n.roomX/short, n.roomY/short // of a cell, whose shorter side is 1
	x, y = (x-col-0.5)*shapeX, (y-row-0.5)*shapeY
	if value < paint.Masked {
		return n.hatched(under, x, y, shapeX, shapeY)
	}
	one := max(n.wide*shapeX, n.tall*shapeY)
	r := max(0.09, 0.6*one)
	thin := min(0.09/r, 1)
	away := math.Hypot(x, y)
	return mix(under, n.look.trace, float32(clamp01((r-away)/one+0.5)*thin*thin*smoothstep((n.px-3.2)/1.8)))
}

// hatched lays stripes into a cell, at a place as seen from its middle; see marked of box.glsl.
func (n *panel) hatched(under [3]float32, x, y, shapeX, shapeY float64) [3]float32 {
	if math.Abs(x) >= 0.5*shapeX-inset || math.Abs(y) >= 0.5*shapeY-inset {
		return under
	}
	often := math.Exp2(math.Floor(math.Log2(max(n.px/4, 1))))
	_, fraction := math.Modf((x+y)*often + 64) // above 0
	line := clamp01((0.2-math.Abs(fraction-0.5))/(often*(n.wide*shapeX+n.tall*shapeY)) + 0.5)
	return mix(under, mix(n.look.ground, n.look.ink, float32(line)), float32(smoothstep((n.px-3.2)/1.8)))
}

// sixteenth is the strength of the line each 16 cells at a place along one axis.
func (n *panel) sixteenth(at, end, size float64) float64 {
	k := 16 * math.Round(at/16)
	if k < 0.5 || k > end-0.5 {
		return 0
	}
	reach := max(inset, size/2)
	return clamp01((reach-math.Abs(at-k))/size+0.5) * min(2*reach/size, 1) * smoothstep(n.px-4)
}
