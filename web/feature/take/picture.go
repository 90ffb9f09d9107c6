package take

import (
	"strconv"
	"strings"

	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/scene/paint"
)

// A Frame says how a panel is drawn as a picture.
type Frame struct {
	High, Wide int     // rows and columns of the tensor that a cell stands for
	Across     bool    // x runs along the columns, as the scene has it; else along the rows
	Norm       float32 // of the colours; 0: the largest value
}

// mostNamed is how many rows or columns are named in a picture.
const mostNamed = 64

// Picture returns the picture of a step or weight: v holds its blocks. Its colours are those of
// light paper, whatever the page's theme.
func Picture(s *feature.State, v engine.Values, f Frame) *export.Picture {
	info, _ := s.Info(v.Name)
	title, path, _ := s.View().About(info)
	p := &export.Picture{Title: strings.Join(append(path, title), " › "), W: v.Cols, H: v.Rows, Data: v.Data,
		Norm: f.Norm, Colours: paint.Light.Ramp(), Ink: "#191b1f", InkFaint: "#4d525a"}
	p.XNames, p.YNames = axisLabels(s, v.Name, true, v.Cols, f.Wide), axisLabels(s, v.Name, false, v.Rows, f.High)
	if !f.Across {
		p.Transpose()
	}
	if !(p.Norm > 0) {
		p.Norm = largest(v.Data)
	}
	p.Above, p.Plain = info.Op.NeverNegative(), info.Op.IsID()
	p.Low, p.High = endsOf(p.Norm, p.Above, largest(v.Data) > p.Norm)
	down, across := s.Axes(v.Name)
	if !f.Across {
		down, across = across, down
	}
	about := say.Take.PanelCaption(v.Name, say.Shape(info.Rows, info.Cols), across, down)
	if f.High*f.Wide > 1 {
		about = say.Take.MeansCaption(v.Name, say.Shape(info.Rows, info.Cols), across, down, f.High, f.Wide)
	}
	p.Caption = append([]string{about}, Caption(s)...)
	return p
}

// endsOf returns what a scale goes from and to; above, no value is negative, and beyond, some are larger than its end.
func endsOf(norm float32, above, beyond bool) (low, high string) {
	low, high = say.Minus("-")+say.ScaleEnd(norm), "+"+say.ScaleEnd(norm)
	if above {
		high = say.ScaleEnd(norm)
	}
	if beyond {
		low, high = "≤ "+low, "≥ "+high
	}
	if above {
		low = "0"
	}
	return low, high
}

// axisLabels returns what stands at the rows or columns of a picture, or nil where there are too
// many.
func axisLabels(s *feature.State, name string, columns bool, n, block int) (list []string) {
	if block > 1 || n > mostNamed {
		return nil
	}
	for i := range n {
		list = append(list, s.Heading(name, i, columns))
	}
	return list
}

// largest returns the largest size of a value, or 1.
func largest(data []float32) (m float32) {
	for _, v := range data {
		if v == v {
			m = max(m, v, -v)
		}
	}
	if m == 0 {
		return 1
	}
	return m
}

// mostQuoted is how much of a text stands in a caption, in characters.
const mostQuoted = 90

// Caption says below a picture where its numbers come from.
func Caption(s *feature.State) []string {
	c, set := s.Choice(), s.Sampling
	settings := []string{say.Take.Seed(strconv.FormatUint(set.Seed, 10)), say.Take.Temperature(say.Short(set.Temperature))}
	if set.TopK > 0 {
		settings = append(settings, say.Take.TopK(set.TopK))
	}
	if set.TopP > 0 && set.TopP < 1 {
		settings = append(settings, say.Take.TopP(say.Short(set.TopP)))
	}
	if set.MinP > 0 {
		settings = append(settings, say.Take.MinP(say.Short(set.MinP)))
	}
	model := say.Take.ModelCaption(c.Label, c.Size, strings.Join(settings, ", "))
	var text, wrote strings.Builder
	for _, t := range s.Tokens {
		if t.Generated {
			wrote.WriteString(t.Text)
		} else {
			text.WriteString(t.Text)
		}
	}
	prompt := say.Take.TextCaption(cut(text.String()))
	if wrote.Len() > 0 {
		prompt = say.Take.WrittenCaption(cut(text.String()), cut(wrote.String()))
	}
	return []string{model, prompt}
}

// cut shortens a long text.
func cut(s string) string {
	if r := []rune(s); len(r) > mostQuoted {
		return string(r[:mostQuoted]) + "…"
	}
	return s
}
