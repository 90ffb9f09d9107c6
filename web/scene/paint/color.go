package paint

import (
	"math"

	"glassbox/model"
)

// An RGB is a colour: sRGB 0…1, unless a name says linear.
type RGB [3]float32

// hex is a colour as it stands in the design language, 0xRRGGBB.
func hex(c uint32) RGB {
	return RGB{float32(c>>16&255) / 255, float32(c>>8&255) / 255, float32(c&255) / 255}
}

// A Palette is what a theme paints the scene with; the names are those of the design language.
type Palette struct {
	Paper, Surface, Line, Line2, Ink, Ink2, Ink3 RGB
	Signal, Weight, Activation, Aggregate        RGB
	Ribbon                                       float32 // alpha of the spine
	Shadow                                       [4]float32
	ramp                                         [7]uint32
	TypeScale                                    float32 // factor of all font sizes
	Edge                                         float32 // width of panel edges, CSS pixels
}

// Palette returns the palette of a theme.
func (t Theme) Palette() Palette {
	switch t {
	case Dark:
		return Palette{hex(0x111317), hex(0x181b20), hex(0x2b3038), hex(0x444b56), hex(0xeceef1), hex(0xa9b0ba), hex(0x8b929d),
			hex(0xff6aa8), hex(0xa88cf4), hex(0x3cc4ad), hex(0xdcb352), 0.30, [4]float32{0, 0, 0, 0.55},
			[7]uint32{0xffa066, 0xb25a2c, 0x49362d, 0x262a31, 0x27374f, 0x2f68c4, 0x86baff}, 1, 1.5}
	case Projector:
		return Palette{hex(0xffffff), hex(0xffffff), hex(0xb9b9b2), hex(0x8a8a83), hex(0x000000), hex(0x2c3037), hex(0x4a4f57),
			hex(0xb00050), hex(0x552eb0), hex(0x00665a), hex(0x6b4d00), 0.30, [4]float32{0.157, 0.149, 0.118, 0.16},
			[7]uint32{0x8f2600, 0xe07a3c, 0xf5d3bd, 0xffffff, 0xc6d8f5, 0x4f86dd, 0x0b3587}, 1.35, 2}
	}
	return Palette{hex(0xfaf9f6), hex(0xffffff), hex(0xe1e0da), hex(0xc6c5bd), hex(0x191b1f), hex(0x4d525a), hex(0x666b74),
		hex(0xcc1462), hex(0x6f47c8), hex(0x0a7a6b), hex(0x8a6500), 0.24, [4]float32{0.157, 0.149, 0.118, 0.16},
		[7]uint32{0xa8330a, 0xe58a55, 0xf3d9c8, 0xf1efea, 0xd0dcf0, 0x6f9be0, 0x15459f}, 1, 1.5}
}

// Kind returns the hue of a kind of tensor.
func (p *Palette) Kind(k model.Kind) RGB {
	switch k {
	case model.KindWeight:
		return p.Weight
	case model.KindAggregate:
		return p.Aggregate
	}
	return p.Activation
}

// Linear returns the colour in linear light.
func (c RGB) Linear() RGB {
	for i, v := range c {
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = float32(math.Pow((float64(v)+0.055)/1.055, 2.4))
		}
	}
	return c
}

// Encoded is the inverse of Linear; it clips what no screen shows.
func (c RGB) Encoded() RGB {
	for i, v := range c {
		v = min(max(v, 0), 1)
		if v <= 0.0031308 {
			c[i] = v * 12.92
		} else {
			c[i] = float32(1.055*math.Pow(float64(v), 1/2.4) - 0.055)
		}
	}
	return c
}

// Alpha returns the colour with an opacity.
func (c RGB) Alpha(a float32) [4]float32 { return [4]float32{c[0], c[1], c[2], a} }

// lab is a colour in OKLab (Björn Ottosson, 2020), in which distances are as large as
// they look.
type lab [3]float64

// oklab returns an sRGB colour in OKLab.
func (c RGB) oklab() lab {
	c = c.Linear()
	r, g, b := float64(c[0]), float64(c[1]), float64(c[2])
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return lab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// rgb returns the colour in sRGB, clipped.
func (a lab) rgb() RGB {
	l := a[0] + 0.3963377774*a[1] + 0.2158037573*a[2]
	m := a[0] - 0.1055613458*a[1] - 0.0638541728*a[2]
	s := a[0] - 0.0894841775*a[1] - 1.2914855480*a[2]
	l, m, s = l*l*l, m*m*m, s*s*s
	return RGB{
		float32(4.0767416621*l - 3.3077115913*m + 0.2309699292*s),
		float32(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s),
		float32(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s),
	}.Encoded()
}

// Mix returns the colour a share t of the way from c to d, in OKLab.
func (c RGB) Mix(d RGB, t float64) RGB {
	a, b := c.oklab(), d.oklab()
	for i := range a {
		a[i] += (b[i] - a[i]) * t
	}
	return a.rgb()
}
