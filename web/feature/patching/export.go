package patching

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"glassbox/model/lab"
	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/scene/paint"
)

// Formats are those in which the map is saved.
func (c *Map) Formats() []export.Format { return []export.Format{export.CSV, export.SVG, export.PNG} }

// FormatID names the button of one.
func (c *Map) FormatID(f export.Format) string { return "patching-" + string(f) }

// FormatName is what is written on it.
func (c *Map) FormatName(f export.Format) string { return strings.ToUpper(string(f)) }

// FormatHint says what is saved.
func (c *Map) FormatHint(f export.Format) string {
	switch f {
	case export.SVG:
		return say.Patching.SvgHint()
	case export.PNG:
		return say.Patching.PngHint()
	}
	return say.Patching.CsvHint()
}

// Take saves the map: as CSV all scores that have been computed, of every site, as SVG or PNG a picture of what is shown.
func (c *Map) Take(f export.Format) {
	text := ""
	if f == export.PNG {
		c.Screen.Do(feature.SavePicture{Name: export.FileName(c.Screen.State.Model, name, string(f)), SVG: string(c.picture().SVG())})
		return
	}
	if f == export.SVG {
		text = string(c.picture().SVG())
	} else {
		text = c.csv()
	}
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.Model, name, string(f)), Mime: f.Mime(), Text: text})
}

// picture is one of all cells of the site. It is drawn in the colours of the light theme, for it stands on white paper.
func (c *Map) picture() *export.Picture {
	s, width := c.Screen.State, c.width()
	p := &export.Picture{Title: say.Patching.Picture(c.SiteName(c.state.Site)), W: width, H: c.Rows(), Norm: 1, Colours: paint.Light.Ramp(),
		Low: say.Units.Percent(c.Low()), High: say.Units.Percent(say.Fixed(100, 0)), Ink: "#191b1f", InkFaint: "#4d525a"}
	for i := range width {
		column := c.CleanToken(i)
		switch {
		case c.Heads():
			column = c.HeadName(i)
		case c.differ(i):
			column += " / " + c.CorruptToken(i)
		}
		p.XNames = append(p.XNames, column)
	}
	for l := range c.Rows() {
		p.YNames = append(p.YNames, c.RowName(l))
		for i := range width {
			v, ok := c.score(l, i)
			if !ok {
				v = math.NaN()
			}
			p.Data = append(p.Data, float32(v))
		}
	}
	p.Caption = []string{say.Patching.Caption(s.Choice().Label, text(c.CleanTokens()), text(c.CorruptTokens())), say.Patching.Scale()}
	return p
}

// text writes tokens behind one another, as they are shown.
func text(tokens []engine.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.Text)
	}
	return b.String()
}

// csv writes a line for each score.
func (c *Map) csv() string {
	s := c.Screen.State
	f := Of(s)
	var b strings.Builder
	b.WriteString("site,block,position,head,clean,corrupt,step,score\n")
	for _, site := range lab.Sites() {
		of := f.chart.scores[site]
		for i, x := range of.list {
			if !x.here || f.chart.stale {
				continue
			}
			fmt.Fprintf(&b, "%s,%d,%s,%s,%s\n", site, i/of.width, f.chart.column(site, i%of.width), x.place.Step, strconv.FormatFloat(x.value, 'g', -1, 64))
		}
	}
	return b.String()
}

// column writes the fields of a column of the map: of a token with its two texts, or of a head.
func (c chart) column(site lab.Site, at int) string {
	if site == lab.SiteHead {
		return fmt.Sprintf(",%d,,", at)
	}
	if at >= len(c.clean) || c.begun == nil || at >= len(c.begun.Tokens) {
		return fmt.Sprintf("%d,,,", at)
	}
	return fmt.Sprintf("%d,,%s,%s", at, quoted(c.clean[at].Text), quoted(c.begun.Tokens[at].Text))
}

// quoted writes a text as a field of CSV.
func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
