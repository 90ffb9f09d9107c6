package paint

// Readable is the least contrast of text with its ground: WCAG 2.2, 1.4.3.
const Readable = 4.5

// luminance returns the relative luminance of an sRGB colour, 0…1, as WCAG 2.2 defines it.
func (c RGB) luminance() float64 {
	c = c.Linear()
	return 0.2126*float64(c[0]) + 0.7152*float64(c[1]) + 0.0722*float64(c[2])
}

// Contrast returns the contrast ratio of two colours, 1…21.
func Contrast(a, b RGB) float64 {
	x, y := a.luminance()+0.05, b.luminance()+0.05
	return max(x/y, y/x)
}

// InkOn returns a colour of text that can be read on a ground: ink or paper, or black or
// white where neither is far enough from a ground between them. One of these two always is.
func (p *Palette) InkOn(ground RGB) RGB {
	best := p.Ink
	for _, c := range []RGB{p.Paper, {}, {1, 1, 1}} {
		if is := Contrast(best, ground); is < Readable && Contrast(c, ground) > is {
			best = c
		}
	}
	return best
}
