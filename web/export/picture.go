package export

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Picture is a picture of a tensor: a square for each cell, a scale of colours, a caption.
type Picture struct {
	Title         string
	Caption       []string // a line each
	W, H          int      // cells along x and y
	Data          []float32
	XNames        []string // of the columns; nil: none are written
	YNames        []string // of the lines
	Norm          float32  // colours go from −Norm to +Norm
	Above         bool     // no value is negative: the scale begins at 0
	Plain         bool     // the values are ids: they are written, and there is no scale
	Colours       [256][4]byte
	Low, High     string // −Norm and +Norm as they are written
	Ink, InkFaint string // colours of text, as #rrggbb
}

// Sizes in pixels of the picture.
const (
	edge     = 24  // around everything
	widest   = 720 // of the cells, if they are large enough to be seen
	minCell  = 1
	maxCell  = 28
	letter   = 7  // about how wide one is
	line     = 18 // between two lines of text
	minWidth = 420
)

// layout holds the sizes and positions in a picture, in pixels.
type layout struct {
	cell, left, top, width, height int
}

func (p *Picture) layout() layout {
	n := min(max(widest/max(p.W, p.H, 1), minCell), maxCell)
	l := layout{cell: n, left: edge, top: edge + 2*line}
	if longest := longestName(p.YNames); longest > 0 {
		l.left += longest*letter + 8
	}
	if longest := longestName(p.XNames); longest > 0 {
		l.top += longest*letter + 4
	}
	l.width = max(l.left+p.W*n+edge, minWidth)
	for _, s := range append([]string{p.Title}, p.Caption...) {
		l.width = max(l.width, utf8.RuneCountInString(s)*letter+2*edge)
	}
	l.height = l.top + p.H*n + 2*line + 12 + len(p.Caption)*line + edge
	return l
}

func longestName(names []string) (n int) {
	for _, s := range names {
		n = max(n, utf8.RuneCountInString(s))
	}
	return n
}

// Size returns the size of the picture in pixels.
func (p *Picture) Size() (width, height int) {
	l := p.layout()
	return l.width, l.height
}

// SVG returns the picture as SVG 1.1: it needs nothing from outside, and its text is text.
func (p *Picture) SVG() []byte {
	l := p.layout()
	b := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">`+"\n",
		l.width, l.height, l.width, l.height)
	b = fmt.Appendf(b, "<title>%s</title>\n<desc>%s</desc>\n", EscapeXML(p.Title), EscapeXML(strings.Join(p.Caption, ". ")))
	b = fmt.Appendf(b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", l.width, l.height)
	b = p.appendText(b, edge, edge+line-4, p.Ink, ` font-weight="600" font-size="15"`, p.Title)
	b = p.appendNames(b, l)
	b = p.appendCells(b, l)
	y := l.top + p.H*l.cell + line + 8
	if p.Plain {
		b = p.appendIDs(b, l)
	} else {
		b = p.appendScale(b, y)
	}
	for i, s := range p.Caption {
		b = p.appendText(b, edge, y+2*line+i*line, p.InkFaint, "", s)
	}
	return append(b, "</svg>\n"...)
}

// appendText appends a text whose line begins at x, y.
func (p *Picture) appendText(b []byte, x, y int, colour, more, s string) []byte {
	return fmt.Appendf(b, `<text x="%d" y="%d" fill="%s"%s xml:space="preserve">%s</text>`+"\n", x, y, colour, more, EscapeXML(s))
}

// appendNames appends the names of columns and lines; those of columns are turned by 90°.
func (p *Picture) appendNames(b []byte, l layout) []byte {
	for i, s := range p.YNames {
		b = p.appendText(b, l.left-8, l.top+i*l.cell+l.cell/2+4, p.InkFaint, ` font-size="12" text-anchor="end"`, s)
	}
	for i, s := range p.XNames {
		x, y := l.left+i*l.cell+l.cell/2+4, l.top-6
		b = p.appendText(b, x, y, p.InkFaint, fmt.Sprintf(` font-size="12" transform="rotate(-90 %d %d)"`, x, y), s)
	}
	return b
}

// appendCells appends the squares, those of one colour as one path. A masked cell is a dot, or
// nothing where dots would not be seen.
func (p *Picture) appendCells(b []byte, l layout) []byte {
	var paths [256][]byte
	gap := 0
	if l.cell >= 8 {
		gap = 1
	}
	b = append(b, `<g shape-rendering="crispEdges">`+"\n"...)
	var dots []byte
	for i, v := range p.Data[:p.W*p.H] {
		x, y := l.left+i%p.W*l.cell, l.top+i/p.W*l.cell
		if v != v {
			if gap > 0 {
				dots = fmt.Appendf(dots, "M%d %dh2v2h-2z", x+l.cell/2-1, y+l.cell/2-1)
			}
			continue
		}
		at := p.colour(v)
		paths[at] = fmt.Appendf(paths[at], "M%d %dh%dv%dh-%dz", x, y, l.cell-gap, l.cell-gap, l.cell-gap)
	}
	for at, path := range paths {
		if path != nil {
			b = fmt.Appendf(b, `<path fill="%s" d="%s"/>`+"\n", p.hex(at), path)
		}
	}
	if dots != nil {
		b = fmt.Appendf(b, `<path fill="%s" d="%s"/>`+"\n", p.InkFaint, dots)
	}
	return append(b, "</g>\n"...)
}

// appendIDs writes the values into their squares, where these are large enough.
func (p *Picture) appendIDs(b []byte, l layout) []byte {
	const least, small = 20, 9
	for i, v := range p.Data[:p.W*p.H] {
		if l.cell >= least && v == v {
			x, y := l.left+i%p.W*l.cell+l.cell/2, l.top+i/p.W*l.cell+l.cell/2+small/3
			b = fmt.Appendf(b, `<text x="%d" y="%d" fill="%s" font-size="%d" text-anchor="middle">%d</text>`+"\n", x, y, p.Ink, small, int(v))
		}
	}
	return b
}

// colour returns where in Colours the colour of a value stands.
func (p *Picture) colour(v float32) int {
	t := float64(v / p.Norm)
	if math.IsNaN(t) {
		t = 0
	}
	return int(min(max((t+1)/2, 0), 1)*255 + 0.5)
}

func (p *Picture) hex(at int) string {
	c := p.Colours[at]
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// appendScale appends the scale that explains the colours.
func (p *Picture) appendScale(b []byte, y int) []byte {
	const steps, wide = 64, 2
	x := edge + utf8.RuneCountInString(p.Low)*letter + 12
	b = p.appendText(b, edge, y+10, p.InkFaint, "", p.Low)
	b = append(b, `<g shape-rendering="crispEdges">`+"\n"...)
	for i := range steps {
		b = fmt.Appendf(b, `<rect x="%d" y="%d" width="%d" height="12" fill="%s"/>`, x+i*wide, y, wide, p.hex(p.first()+i*(255-p.first())/(steps-1)))
	}
	b = append(b, "\n</g>\n"...)
	return p.appendText(b, x+steps*wide+8, y+10, p.InkFaint, "", p.High)
}

// first returns where in Colours the scale begins.
func (p *Picture) first() int {
	if p.Above {
		return 128
	}
	return 0
}

// EscapeXML returns s escaped for XML 1.0; characters that XML can't hold become U+FFFD.
func EscapeXML(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '&':
			b.WriteString("&amp;")
		case c == '\n' || c == '\t' || c == '\r':
			b.WriteString("&#" + strconv.Itoa(int(c)) + ";")
		case c < ' ' || c == 0xfffe || c == 0xffff:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// Transpose makes lines of columns and columns of lines.
func (p *Picture) Transpose() {
	data := make([]float32, len(p.Data))
	for i, v := range p.Data {
		data[i%p.W*p.H+i/p.W] = v
	}
	p.Data, p.W, p.H, p.XNames, p.YNames = data, p.H, p.W, p.YNames, p.XNames
}
