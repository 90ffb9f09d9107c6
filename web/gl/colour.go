package gl

import (
	"math"

	"glassbox/web/scene/paint"
)

// themeColours are the colours of a theme that a shader needs and that no array carries, as #rrggbb.
type themeColours struct {
	ink, signal uint32
	tint        float32 // share of the kind in the paper of a panel
	shape       uint32  // of the shape behind a name
}

// themeColoursOf returns the colours of a theme.
func themeColoursOf(t paint.Theme) themeColours {
	switch t {
	case paint.Dark:
		return themeColours{ink: 0xeceef1, signal: 0xff6aa8, tint: 0.16, shape: 0x8b929d}
	case paint.Projector:
		return themeColours{ink: 0x000000, signal: 0xb00050, tint: 0.13, shape: 0x4a4f57}
	default:
		return themeColours{ink: 0x191b1f, signal: 0xcc1462, tint: 0.13, shape: 0x666b74}
	}
}

// linear is the linear light of an sRGB byte, 0…1 (IEC 61966-2-1).
func linear(b byte) float32 {
	c := float64(b) / 255
	if c <= 0.04045 {
		return float32(c / 12.92)
	}
	return float32(math.Pow((c+0.055)/1.055, 2.4))
}

// encodeSRGB is the sRGB, 0…1, of linear light.
func encodeSRGB(light float32) float32 {
	v := float64(light)
	if v <= 0.0031308 {
		return float32(12.92 * v)
	}
	return float32(1.055*math.Pow(v, 1/2.4) - 0.055)
}

// linearRGB is the linear light of #rrggbb.
func linearRGB(rgb uint32) [3]float32 {
	return [3]float32{linear(byte(rgb >> 16)), linear(byte(rgb >> 8)), linear(byte(rgb))}
}

// zeroColour is the colour of 0, sRGB 0…1: halfway between the two middle colours of a value scale.
func zeroColour(colours *paint.Ramp) (zero [3]float32) {
	for k := range zero {
		zero[k] = encodeSRGB((linear(colours[127][k]) + linear(colours[128][k])) / 2)
	}
	return zero
}

// ramp is the texture of the value scale: 256 colours in linear light, so that shaders mix them as
// they are.
type ramp struct {
	sent    bool
	colours paint.Ramp
	texels  [4 * len(paint.Ramp{})]float32
}

func (m *ramp) send(r *Renderer, colours *paint.Ramp) {
	if m.sent && m.colours == *colours {
		return
	}
	for i, c := range colours {
		for k := range 3 {
			m.texels[4*i+k] = linear(c[k])
		}
		m.texels[4*i+3] = 1
	}
	if !m.sent {
		r.dev.texture(rampUnit, 4, len(colours), 1)
		r.countCall(0)
	}
	m.sent, m.colours = true, *colours
	r.dev.texels(rampUnit, 0, len(colours), 1, m.texels[:])
	r.countCall(4 * len(m.texels))
}
