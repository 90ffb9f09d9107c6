package lens

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Take saves what has been computed: "csv" all of it, "svg" the tokens that are shown, "png" the same.
func (c *Grid) Take(format string) {
	if c.Empty() {
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

// csv writes a line for each of the most likely tokens of each place.
func (c *Grid) csv() string {
	var b strings.Builder
	b.WriteString("step,position,token,rank,id,predicted,logit,probability\n")
	for step, stream := range c.names {
		for t, at := range c.Screen.State.Tokens {
			x, ok := c.cell(step, t)
			if !ok || !x.fresh {
				continue
			}
			for rank, top := range x.Top {
				fmt.Fprintf(&b, "%s,%d,%s,%d,%d,%s,%s,%s\n", stream, t, quoted(at.Text), rank+1, top.ID, quoted(top.Text), say.Exact(top.Logit), say.Exact(top.Probability))
			}
		}
	}
	return b.String()
}

// quoted writes a text as a field of CSV.
func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// The sizes of the picture, in pixels.
const (
	labelWide = 150
	cellWide  = 84
	cellHigh  = 26
	rankWide  = 130
	headHigh  = 64
)

// svg draws the grid, and the plot beside it.
func (c *Grid) svg() string {
	var b strings.Builder
	wide, high := labelWide+cellWide*len(c.cols)+rankWide, headHigh+cellHigh*len(c.names)+28
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12"><rect width="100%%" height="100%%" fill="#faf9f6"/>`, wide, high)
	write(&b, 8, 20, "start", "#191b1f", say.Lens.Title())
	write(&b, wide-8, headHigh-24, "end", "#191b1f", c.RankTitle())
	for i, t := range c.cols {
		write(&b, labelWide+cellWide*i+cellWide/2, headHigh-8, "middle", "#191b1f", c.Token(t))
	}
	for step := range c.names {
		c.drawRow(&b, step)
	}
	write(&b, 8, high-8, "start", "#4d525a", say.Lens.Caption(c.Screen.State.Choice().Label))
	b.WriteString("</svg>\n")
	return b.String()
}

// drawRow draws a row of it.
func (c *Grid) drawRow(b *strings.Builder, step int) {
	y := headHigh + cellHigh*step
	write(b, labelWide-8, y+17, "end", "#4d525a", strings.TrimSpace(c.Block(step)+" "+c.Half(step)))
	for i, t := range c.cols {
		x, ok := c.cell(step, t)
		if !ok || len(x.Top) == 0 {
			continue
		}
		p := float64(of(x.Top[0].Probability, 1000)) / 1000
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#0a7a6b" fill-opacity="%s"/>`, labelWide+cellWide*i+1, y+1, cellWide-2, cellHigh-2, strconv.FormatFloat(0.06+0.94*p, 'f', 3, 64))
		ink := feature.Choose(p > 0.8, "#ffffff", "#191b1f")
		write(b, labelWide+cellWide*i+6, y+17, "start", ink, clipped(x.Top[0].Text))
		write(b, labelWide+cellWide*(i+1)-6, y+17, "end", ink, c.Percent(step, t))
	}
	if rank, ok := c.rank(step); ok {
		at := func(step, rank int) (x, y float64) {
			return float64(labelWide+cellWide*len(c.cols)) + c.place(rank)*(rankWide-40), float64(headHigh+cellHigh*step) + cellHigh/2
		}
		x1, y1 := at(step, rank)
		if c.Joins(step, 1) {
			next, _ := c.rank(step + 1)
			x2, y2 := at(step+1, next)
			fmt.Fprintf(b, `<path d="M%s %sL%s %s" stroke="#191b1f"/>`, view.Unit(x1), view.Unit(y1), view.Unit(x2), view.Unit(y2))
		}
		fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="3.5" fill="#191b1f"/>`, view.Unit(x1), view.Unit(y1))
		write(b, labelWide+cellWide*len(c.cols)+rankWide-8, int(math.Round(y1))+4, "end", "#191b1f", c.Rank(step))
	}
}

// clipped shortens a long token.
func clipped(s string) string {
	const most = 9
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// write writes a line of text.
func write(b *strings.Builder, x, y int, anchor, colour, text string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="%s" fill="%s">%s</text>`, x, y, anchor, colour, export.EscapeXML(text))
}
