package quality

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Point is the loss at one moment of the training, in nats per token; 0: not measured then.
type Point struct {
	Step, Tokens   int // taken, read so far
	Train, HeldOut float64
}

// A Mark is a loss to compare with, a dashed line in the picture: that of a baseline.
type Mark struct {
	Name string
	Loss float64
}

// The picture: sizes in units of its viewBox, and where the axes stand.
const (
	curveWidth, curveHeight = 760, 380
	plotLeft, plotRight     = 56, 630
	plotTop, plotBottom     = 24, 332
	lineHeight              = 15
	maxVertices             = 500 // of a line; more points than that are averaged
)

// curveStyle has the page's colours and type. The picture follows the reader's system, light or dark.
const curveStyle = `
svg { --paper: #faf9f6; --line: #e1e0da; --ink: #191b1f; --ink2: #4d525a; --train: #8a8f98; --held: #0a7a6b }
@media (prefers-color-scheme: dark) {
svg { --paper: #111317; --line: #2b3038; --ink: #eceef1; --ink2: #a9b0ba; --train: #8b929d; --held: #3cc4ad } }
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink2) }
.grid { stroke: var(--line) } .mark { stroke: var(--ink2); stroke-dasharray: 4 4 }
path.train { fill: none; stroke: var(--train); stroke-width: 1.5; stroke-linejoin: round }
path.held { fill: none; stroke: var(--held); stroke-width: 2.5; stroke-linejoin: round }
text.held { fill: var(--held); font-weight: 600 }
.right { text-anchor: end } .middle { text-anchor: middle }
`

// Curve draws the loss over the tokens read (over steps, if no point says tokens) as an SVG image: training and held-out
// loss on a logarithmic axis, and the marks. Values that are not positive numbers are left out.
func Curve(points []Point, marks ...Mark) []byte {
	c := newCurve(points, marks)
	fmt.Fprintf(&c.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="t d">
<title id="t">Loss during training</title>
<desc id="d">%s</desc>
<style>%s</style>
<rect width="%[1]d" height="%[2]d" fill="var(--paper)"/>
`, curveWidth, curveHeight, c.description(), curveStyle)
	c.axes()
	c.lines()
	c.labels()
	c.b.WriteString("</svg>\n")
	return c.b.Bytes()
}

// vertex is a value at a place on the x axis, in tokens or steps.
type vertex struct{ x, loss float64 }

// A curve is a picture that is being drawn.
type curve struct {
	b              bytes.Buffer
	train, held    []vertex
	marks          []Mark
	unit           string // of the x axis
	most           float64
	lowest, uppest float64 // losses at the ends of the y axis
}

func newCurve(points []Point, marks []Mark) *curve {
	c := &curve{unit: "steps", lowest: math.Inf(1), uppest: math.Inf(-1)}
	if slices.ContainsFunc(points, func(p Point) bool { return p.Tokens > 0 }) {
		c.unit = "tokens"
	}
	for _, p := range points {
		x := float64(p.Step)
		if c.unit == "tokens" {
			x = float64(p.Tokens)
		}
		c.most = max(c.most, x)
		if c.include(p.Train) {
			c.train = append(c.train, vertex{x, p.Train})
		}
		if c.include(p.HeldOut) {
			c.held = append(c.held, vertex{x, p.HeldOut})
		}
	}
	for _, m := range marks {
		if c.include(m.Loss) {
			c.marks = append(c.marks, m)
		}
	}
	c.train, c.held = downsample(c.train), downsample(c.held)
	c.most = max(c.most, 1)
	if c.lowest > c.uppest {
		c.lowest, c.uppest = 1, 10
	}
	c.lowest, c.uppest = c.lowest/1.1, c.uppest*1.1
	return c
}

// include reports whether a loss can be drawn, and makes room for it.
func (c *curve) include(loss float64) bool {
	if !(loss > 0) || math.IsInf(loss, 0) {
		return false
	}
	c.lowest, c.uppest = min(c.lowest, loss), max(c.uppest, loss)
	return true
}

// downsample returns at most maxVertices vertices, each the mean of as many neighbours.
func downsample(line []vertex) (thin []vertex) {
	each := (len(line) + maxVertices - 1) / maxVertices
	if each <= 1 {
		return line
	}
	for group := range slices.Chunk(line, each) {
		var mean vertex
		for _, v := range group {
			mean.x += v.x / float64(len(group))
			mean.loss += v.loss / float64(len(group))
		}
		thin = append(thin, mean)
	}
	return thin
}

func (c *curve) x(v float64) float64 { return plotLeft + v/c.most*(plotRight-plotLeft) }

func (c *curve) y(loss float64) float64 {
	return plotBottom - math.Log(loss/c.lowest)/math.Log(c.uppest/c.lowest)*(plotBottom-plotTop)
}

// axes draws the grid with its numbers.
func (c *curve) axes() {
	for _, loss := range c.lossTicks() {
		y := c.y(loss)
		fmt.Fprintf(&c.b, `<path class="grid" d="M%d %.1fH%d"/><text class="right" x="%d" y="%.1f">%v</text>`+"\n",
			plotLeft, y, plotRight, plotLeft-8, y+4, loss)
	}
	step := niceStep(c.most / 5)
	for i := 0; float64(i)*step <= c.most; i++ {
		x := c.x(float64(i) * step)
		fmt.Fprintf(&c.b, `<path class="grid" d="M%.1f %dv5"/><text class="middle" x="%.1f" y="%d">%s</text>`+"\n",
			x, plotBottom, x, plotBottom+19, formatCount(float64(i)*step))
	}
	fmt.Fprintf(&c.b, `<path class="grid" d="M%d %dH%d"/><text class="middle" x="%d" y="%d">%s</text>`+"\n",
		plotLeft, plotBottom, plotRight, (plotLeft+plotRight)/2, plotBottom+38, c.unit)
	fmt.Fprintf(&c.b, `<text x="8" y="14">nats per token</text>`+"\n")
}

// lossTicks returns round losses of the y axis, far enough apart for their numbers.
func (c *curve) lossTicks() (ticks []float64) {
	last := math.Inf(1)
	for e := math.Floor(math.Log10(c.lowest)); e <= math.Log10(c.uppest); e++ {
		for _, n := range []float64{10, 12, 15, 20, 25, 30, 40, 50, 60, 80} {
			loss := n * math.Pow(10, e-1)
			if loss = math.Round(loss*1e6) / 1e6; loss < c.lowest || loss > c.uppest {
				continue
			}
			if y := c.y(loss); last-y >= 1.5*lineHeight {
				ticks, last = append(ticks, loss), y
			}
		}
	}
	return ticks
}

// niceStep returns the smallest of 1, 2 and 5 times a power of ten that is at least x, and at least 1.
func niceStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(x, 1))))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= x {
			return n * power
		}
	}
	return 10 * power
}

// formatCount writes a number of tokens or steps.
func formatCount(n float64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%g G", n/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%g M", n/1e6)
	case n >= 1e4:
		return fmt.Sprintf("%g k", n/1e3)
	}
	return fmt.Sprintf("%g", n)
}

func (c *curve) lines() {
	for _, m := range c.marks {
		fmt.Fprintf(&c.b, `<path class="mark" d="M%d %.1fH%d"/>`+"\n", plotLeft, c.y(m.Loss), plotRight)
	}
	for _, line := range []struct {
		class    string
		vertices []vertex
	}{{"train", c.train}, {"held", c.held}} {
		var path strings.Builder
		for i, v := range line.vertices {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(i, 1)], c.x(v.x), c.y(v.loss))
		}
		if path.Len() > 0 {
			fmt.Fprintf(&c.b, `<path class="%s" d="%s"/>`+"\n", line.class, &path)
		}
	}
}

// A label stands right of the plot, at the height of what it names or a little lower.
type label struct {
	class, text string
	y           float64
}

// ends returns the labels: each line's last loss, and the marks.
func (c *curve) ends() (list []label) {
	for _, m := range c.marks {
		list = append(list, label{"", fmt.Sprintf("%s %.2f", m.Name, m.Loss), c.y(m.Loss)})
	}
	if n := len(c.train); n > 0 {
		list = append(list, label{"train", fmt.Sprintf("training %.2f", c.train[n-1].loss), c.y(c.train[n-1].loss)})
	}
	if n := len(c.held); n > 0 {
		list = append(list, label{"held", fmt.Sprintf("held-out %.2f", c.held[n-1].loss), c.y(c.held[n-1].loss)})
	}
	slices.SortStableFunc(list, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	for i := 0; i+1 < len(list); i++ {
		list[i+1].y = max(list[i+1].y, list[i].y+lineHeight)
	}
	return list
}

func (c *curve) labels() {
	for _, l := range c.ends() {
		fmt.Fprintf(&c.b, `<text class="%s" x="%d" y="%.1f">%s</text>`+"\n", l.class, plotRight+8, l.y+4, escapeXML(l.text))
	}
}

// description says in words what the picture shows.
func (c *curve) description() string {
	var parts []string
	for _, l := range c.ends() {
		parts = append(parts, l.text)
	}
	return escapeXML(fmt.Sprintf("Loss in nats per token after %s %s: %s.", formatCount(c.most), c.unit, strings.Join(parts, ", ")))
}

func escapeXML(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(text)
}
