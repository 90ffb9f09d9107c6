package gl

import "math"

// A raster is a picture in memory, with the nearness of what each pixel shows.
type raster struct {
	width, height int
	pix           []byte    // r g b a of each pixel, sRGB
	near          []float32 // 1/w of what was drawn last; 0: nothing yet
}

// reset makes an empty picture of that size.
func (p *raster) reset(width, height int, paper [3]float32) {
	if p.width != width || p.height != height {
		p.width, p.height = width, height
		p.pix, p.near = make([]byte, 4*width*height), make([]float32, width*height)
	}
	clear(p.near)
	if len(p.pix) == 0 {
		return
	}
	for k, c := range paper {
		p.pix[k] = toByte(c)
	}
	p.pix[3] = 255
	for done := 4; done < len(p.pix); done *= 2 {
		copy(p.pix[done:], p.pix[:done])
	}
}

// blend lays a colour, sRGB 0…255, over pixel i.
func (p *raster) blend(i int, c [3]float32, alpha float32) {
	q := p.pix[4*i : 4*i+3 : 4*i+3]
	for k := range 3 {
		was := float32(q[k])
		q[k] = byte(was + (c[k]-was)*alpha + 0.5)
	}
}

// put lays the colour of something solid over pixel i, of which it covers a share, unless
// something nearer is there.
func (p *raster) put(i int, c [3]float32, cover, near float32) {
	if near <= p.near[i] {
		return
	}
	if cover >= 0.5 {
		p.near[i] = near
	}
	p.blend(i, c, cover)
}

// toByte is the byte of a colour 0…1.
func toByte(c float32) byte { return byte(min(max(c, 0), 1)*255 + 0.5) }

// The steps of the tables between linear light and sRGB.
const gammaSteps = 4096

// gamma is a table from linear light, 0…1 in gammaSteps, to sRGB 0…255 (IEC 61966-2-1).
type gamma [gammaSteps + 1]float32

func newGamma() *gamma {
	g := new(gamma)
	for i := range g {
		g[i] = 255 * encodeSRGB(float32(i)/gammaSteps)
	}
	return g
}

// encode turns linear light into sRGB 0…255.
func (g *gamma) encode(c [3]float32) [3]float32 {
	for k, v := range c {
		c[k] = g[int(min(max(v, 0), 1)*gammaSteps+0.5)]
	}
	return c
}

// decodeSRGB turns sRGB 0…255 into linear light.
func decodeSRGB(c [3]float32) [3]float32 {
	for k, v := range c {
		v := float64(v) / 255
		if v <= 0.04045 {
			c[k] = float32(v / 12.92)
		} else {
			c[k] = float32(math.Pow((v+0.055)/1.055, 2.4))
		}
	}
	return c
}

// mix is the colour a share t of the way from a to b.
func mix(a, b [3]float32, t float32) [3]float32 {
	for k := range a {
		a[k] += (b[k] - a[k]) * t
	}
	return a
}
