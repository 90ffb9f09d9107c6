package cost

import (
	"fmt"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// csv writes a line for each step of the network, in its order: what all its rows cost, and what the last one does.
func csv(s *feature.State) string {
	f := Of(s)
	var b strings.Builder
	b.WriteString(export.Line("step", "block", "part", "head", "parameters", "shared", "flops", "read", "kept", "written", "ns",
		"last_flops", "last_read", "last_kept", "last_written", "last_ns"))
	for n, c := range f.costs.All {
		if n >= len(s.Steps) || s.Steps[n].Name != c.Name {
			break
		}
		i := s.Steps[n]
		fields := []string{c.Name, place(i.Block), string(i.Part), place(i.Head)}
		for _, v := range append([]int{c.Parameters, c.Shared}, append(f.counts(c), f.counts(f.costs.Last[n])...)...) {
			fields = append(fields, place(v))
		}
		b.WriteString(export.Line(fields...))
	}
	return b.String()
}

// counts returns what differs from row to row; a time that is not known is −1.
func (f State) counts(c model.StepCost) []int {
	nanos := -1
	if f.Renewed() {
		nanos = int(c.Time)
	}
	return []int{c.FLOPs, c.Read, c.Kept, c.Written, nanos}
}

// place writes a number, and leaves out what is not there.
func place(n int) string {
	if n < 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// fills are the colours of the parts on paper.
func fills(class string) string {
	return map[string]string{"embedding": "#e6d9b3", "attention": "#c5b4ec", "projection": "#ddd3f5", "forward": "#a9d6cf", "output": "#bccdea"}[class]
}

// svg draws the map as it is, for paper.
func (c *Map) svg() string {
	const edge, top, bottom = 20, 52, 32
	const ink, faint = "#191b1f", "#4d525a"
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">`+"\n"+`<rect width="100%%" height="100%%" fill="#ffffff"/>`+"\n",
		int(Wide)+2*edge, int(High)+top+bottom)
	write := func(x, y float64, weight int, colour, s string) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" font-weight="%d" fill="%s">%s</text>`+"\n", x, y, weight, colour, export.EscapeXML(s))
	}
	write(edge, 28, 600, ink, say.Cost.Caption(say.Cost.Measure(string(c.f.Measure)), feature.Choose(c.f.Last, say.Cost.LastToken(), say.Cost.WholeText()), c.f.Measure.write(c.f.Measure.of(c.total))))
	for _, a := range c.areas {
		fill := fills(a.Class)
		if fill == "" {
			fill = "#ecebe6"
		}
		fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" stroke="#ffffff"><title>%s</title></rect>`+"\n", a.X+edge, a.Y+top, a.W, a.H, fill, export.EscapeXML(c.Tip(a)))
		if a.Fits != "" {
			write(a.X+edge+5, a.Y+top+14, 400, ink, a.Name)
			if a.H >= 2*line {
				write(a.X+edge+5, a.Y+top+29, 400, faint, percent(a.Share))
			}
		}
	}
	for _, l := range c.labels {
		write(l.X+edge+3, l.Y+top+12, 600, ink, l.Text)
	}
	write(edge, High+top+20, 400, faint, c.Screen.State.Choice().Label+" · "+c.Screen.State.Choice().Size)
	b.WriteString("</svg>\n")
	return b.String()
}
