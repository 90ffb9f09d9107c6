package patching

import (
	"fmt"
	"strconv"
	"strings"

	"glassbox/model/lab"
	"glassbox/web/export"
	"glassbox/web/feature"
)

// Take saves all scores that have been computed, of every site.
func (c *Map) Take() {
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.Model, name, string(export.CSV)), Mime: export.CSV.Mime(), Text: c.csv()})
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
