package paint

import "sort"

// rampAt are the values, as shares of the norm, at which the colours of palette.ramp stand.
var rampAt = [7]float64{-1, -0.5, -0.12, 0, 0.12, 0.5, 1}

// Ramp returns the diverging value scale of the theme, interpolated in OKLab.
func (p *Palette) Ramp() Ramp {
	var r Ramp
	for i := range r {
		c := p.Value(2*float64(i)/255 - 1)
		for k := range 3 {
			r[i][k] = byte(c[k]*255 + 0.5)
		}
		r[i][3] = 255
	}
	return r
}

// Ramp returns the value scale of the theme.
func (t Theme) Ramp() Ramp {
	p := t.Palette()
	return p.Ramp()
}

// Value returns the colour of t = v/norm; beyond −1 and 1 it is that of the end.
func (p *Palette) Value(t float64) RGB {
	t = min(max(t, -1), 1)
	i := min(max(sort.SearchFloat64s(rampAt[:], t), 1), 6)
	a, b := rampAt[i-1], rampAt[i]
	return hex(p.ramp[i-1]).Mix(hex(p.ramp[i]), (t-a)/(b-a))
}
