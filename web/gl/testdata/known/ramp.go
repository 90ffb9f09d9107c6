// Package known makes batches whose picture is known, for the tests of package gl.
package known

import "glassbox/web/scene/paint"

// points are the colours of the value scale at t = −1, −0.5, −0.12, 0, 0.12, 0.5, 1.
var (
	lightPoints = [7]uint32{0xa8330a, 0xe58a55, 0xf3d9c8, 0xf1efea, 0xd0dcf0, 0x6f9be0, 0x15459f}
	darkPoints  = [7]uint32{0xffa066, 0xb25a2c, 0x49362d, 0x262a31, 0x27374f, 0x2f68c4, 0x86baff}
	places      = [7]float32{-1, -0.5, -0.12, 0, 0.12, 0.5, 1}
)

// Ramp returns the value scale of a theme, mixed in sRGB: near enough for a test.
func Ramp(t paint.Theme) (r paint.Ramp) {
	points := lightPoints
	if t == paint.Dark {
		points = darkPoints
	}
	for i := range r {
		at := float32(i)/127.5 - 1
		k := 0
		for k < 5 && at > places[k+1] {
			k++
		}
		f := (at - places[k]) / (places[k+1] - places[k])
		for c := range 3 {
			a, b := byte(points[k]>>(16-8*c)), byte(points[k+1]>>(16-8*c))
			r[i][c] = byte(float32(a) + f*(float32(b)-float32(a)) + 0.5)
		}
		r[i][3] = 255
	}
	return r
}

// Paper is the background of a theme, sRGB 0…1.
func Paper(t paint.Theme) [3]float32 {
	if t == paint.Dark {
		return Colour(0x111317)
	}
	return Colour(0xfaf9f6)
}

// Ink is the text colour of a theme, sRGB 0…1 and alpha.
func Ink(t paint.Theme) [4]float32 {
	if t == paint.Dark {
		return Opaque(0xeceef1)
	}
	return Opaque(0x191b1f)
}

// Colour splits #rrggbb into 0…1.
func Colour(rgb uint32) [3]float32 {
	return [3]float32{float32(rgb>>16&255) / 255, float32(rgb>>8&255) / 255, float32(rgb&255) / 255}
}

// Opaque is Colour with an alpha of 1.
func Opaque(rgb uint32) [4]float32 {
	c := Colour(rgb)
	return [4]float32{c[0], c[1], c[2], 1}
}
