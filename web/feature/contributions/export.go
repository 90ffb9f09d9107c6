package contributions

import (
	"fmt"
	"math"
	"strings"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Take saves the parts: "csv" all of them, in the order of the network, "svg" the bars as they stand there, "png" the same.
func (c *Chart) Take(format string) {
	if !c.Here() {
		return
	}
	if format == string(export.PNG) {
		c.Screen.Do(feature.SavePicture{Name: export.FileName(c.Screen.State.Model, name, format), SVG: c.svg()})
		return
	}
	text := c.csv()
	if format == string(export.SVG) {
		text = c.svg()
	}
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.Model, name, format), Mime: export.Format(format).Mime(), Text: text})
}

// csv writes a line for each part.
func (c *Chart) csv() string {
	var b strings.Builder
	b.WriteString("part,step,contribution\n")
	for _, p := range c.state.parts.Parts {
		fmt.Fprintf(&b, "%s,%s,%v\n", p.Name, p.Step, p.Logit)
	}
	fmt.Fprintf(&b, "sum,,%v\nlogit,,%v\n", c.state.parts.Sum, c.state.parts.Logit)
	return b.String()
}

// The sizes of the picture, in pixels.
const (
	axisWide = 50
	barWide  = 36
	plotTop  = 60
	plotHigh = 260
	plotFoot = 70
)

// svg draws the bars, with the colours of light paper.
func (c *Chart) svg() string {
	var b strings.Builder
	wide := axisWide + barWide*(len(c.bars)+1) + 20
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11"><rect width="100%%" height="100%%" fill="#faf9f6"/>`, wide, plotTop+plotHigh+plotFoot)
	write(&b, 8, 20, "start", "#191b1f", c.Title())
	write(&b, 8, 38, "start", "#4d525a", c.Check())
	at := func(v float64) int { return plotTop + int(math.Round(c.at(v)*plotHigh)) }
	for i, bar := range append(c.bars[:len(c.bars):len(c.bars)], Bar{Value: c.sum(), Kind: KindRest}) {
		x, colour, label := axisWide+barWide*i, feature.Choose(bar.Value < 0, "#a8330a", "#15459f"), bar.label()
		if i == len(c.bars) {
			colour, label = "#191b1f", say.Contributions.Sum()
		}
		top, end := at(max(bar.From, bar.To())), at(min(bar.From, bar.To()))
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, x+4, top, barWide-8, max(end-top, 1), colour)
		y := top - 4
		if bar.Value < 0 {
			y = end + 12
		}
		write(&b, x+barWide/2, y, "middle", colour, signed(bar.Value, 2))
		write(&b, x+barWide/2, plotTop+plotHigh+16, "middle", "#191b1f", label)
		write(&b, x+barWide/2, plotTop+plotHigh+30, "middle", "#4d525a", bar.Look)
		if i < len(c.bars) {
			write(&b, x+4, plotTop+plotHigh+48, "start", "#191b1f", c.Group(i))
		}
	}
	fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="#6a6f78"/>`, axisWide, at(0), wide-20)
	b.WriteString("</svg>\n")
	return b.String()
}

// write writes a line of text.
func write(b *strings.Builder, x, y int, anchor, colour, text string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="%s" fill="%s">%s</text>`, x, y, anchor, colour, export.EscapeXML(text))
}
