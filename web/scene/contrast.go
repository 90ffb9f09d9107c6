package scene

// readable is the least contrast of text with its ground: WCAG 2.2, 1.4.3.
const readable = 4.5

// luminance returns the relative luminance of an sRGB colour, 0…1, as WCAG 2.2 defines it.
func (c rgb) luminance() float64 {
	c = c.linear()
	return 0.2126*float64(c[0]) + 0.7152*float64(c[1]) + 0.0722*float64(c[2])
}

// contrast returns the contrast ratio of two colours, 1…21.
func contrast(a, b rgb) float64 {
	x, y := a.luminance()+0.05, b.luminance()+0.05
	return max(x/y, y/x)
}

// inkOn returns a colour of text that can be read on a ground: ink or paper, or black or
// white where neither is far enough from a ground between them. One of these two always is.
func (p *palette) inkOn(ground rgb) rgb {
	best := p.ink
	for _, c := range []rgb{p.paper, {}, {1, 1, 1}} {
		if is := contrast(best, ground); is < readable && contrast(c, ground) > is {
			best = c
		}
	}
	return best
}
