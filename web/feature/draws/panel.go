package draws

import (
	"math"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Panel shows the chances behind each filter, where the random number falls, and how often each token came.
type Panel struct{ Screen *feature.Screen }

// Button opens it.
type Button struct{ Screen *feature.Screen }

// Open opens the view, and takes the focus along.
func (c *Button) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

func (c *Panel) state() State { return Of(c.Screen.State) }

// Close goes back to the panels.
func (c *Panel) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Some reports whether there is something to show.
func (c *Panel) Some() bool { return len(c.state().Answer.Bars) > 0 }

// Class greys what is no answer to what is asked.
func (c *Panel) Class() string {
	return feature.Choose(c.state().Fresh(c.Screen.State), "draws", "draws stale")
}

// Why says why there is nothing new; "" there is.
func (c *Panel) Why() string {
	d := c.state()
	switch {
	case d.Error != "":
		return d.Error
	case !d.Fresh(c.Screen.State):
		return say.Draws.Coming()
	case !c.Some():
		return say.Draws.NoText()
	}
	return ""
}

// Told says what was drawn.
func (c *Panel) Told() string {
	d := c.state().Answer
	if c.Greedy() {
		return say.Draws.Greedy(d.Tokens[d.Drawn].Text)
	}
	return say.Draws.Told(say.Brief(d.Random), d.Tokens[d.Drawn].Text)
}

// Greedy reports whether nothing is left to chance.
func (c *Panel) Greedy() bool { return c.Some() && c.Screen.State.Sampling.Temperature == 0 }

// Warm draws at temperature 1.
func (c *Panel) Warm() {
	set := c.Screen.State.Sampling
	set.Temperature = 1
	c.Screen.Send(feature.SamplingChanged{Sampling: set})
}

// A Row of bars is what the chances are behind a step.
type Row struct {
	engine.Bar
	Last  bool
	draw  engine.Drawing
	model bool
}

// Bars are the rows, from the model to the draw.
func (c *Panel) Bars() (list []Row) {
	d := c.state().Answer
	for i, b := range d.Bars {
		list = append(list, Row{Bar: b, Last: i == len(d.Bars)-1, draw: d, model: i == 0})
	}
	return list
}

// Class marks the last one.
func (r Row) Class() string { return feature.Choose(r.Last, "last", "") }

// Title names the step.
func (r Row) Title() string {
	switch title := say.Title(model.Info{Name: r.Step, Block: -1, Head: -1}.Base()); {
	case r.model:
		return say.Draws.Model()
	case r.Last:
		return say.Draws.Left()
	case r.Setting != 0:
		return say.Draws.Step(title, say.Short(r.Setting))
	default:
		return title
	}
}

// Note says how many tokens it leaves, and how much of the chances.
func (r Row) Note() string {
	cut := 0.0
	for _, p := range r.Bar.Parts {
		if p.Token == -2 {
			cut += p.Share
		}
	}
	if cut == 0 {
		return say.Draws.Leaves(r.Left, say.Exactly(1))
	}
	return say.Draws.Leaves(r.Left, say.Percent(float32(1-cut)))
}

// Says reads a bar aloud.
func (r Row) Says() string {
	says := []string{r.Title() + ": " + r.Note()}
	for i, t := range r.draw.Tokens {
		for _, p := range r.Bar.Parts {
			if p.Token == i {
				says = append(says, t.Text+" "+say.Percent(float32(p.Share)))
			}
		}
	}
	return strings.Join(says, ", ")
}

// Needle is where the random number falls.
func (r Row) Needle() string { return view.Share(float64(r.draw.Random)) }

// A Part is a piece of a bar.
type Part struct {
	engine.BarPart
	from  float64
	drawn bool
}

// Parts are those of a bar, from left to right.
func (r Row) Parts() (list []Part) {
	from := 0.0
	for _, p := range r.Bar.Parts {
		list = append(list, Part{p, from, p.Token == r.draw.Drawn && r.Last})
		from += p.Share
	}
	return list
}

// X is where it begins, and Width how long it is.
func (p Part) X() string { return view.Share(p.from) }

// Width is how long it is.
func (p Part) Width() string { return view.Share(p.Share) }

// Class is its colour.
func (p Part) Class() string {
	return hue(p.Token) + feature.Choose(p.drawn, " drawn", "")
}

// hue is the colour of a token; of those behind the likeliest there is one for all.
func hue(token int) string {
	switch {
	case token == -2:
		return "cut"
	case token < 0:
		return "others"
	}
	return "hue-" + strconv.Itoa(min(token, hues))
}

// hues is how many colours there are, less 1.
const hues = 8

// A Line of the table is a token, or all others.
type Line struct {
	Text, Class, Hue, Translate string
	Probability, Sampled        float64
	Count, of                   int
}

// Given writes the chance that the model gave.
func (l Line) Given() string { return view.Small(float32(l.Probability)) }

// Chance writes the one that is drawn from.
func (l Line) Chance() string {
	if l.Sampled == 0 {
		return say.Draws.IsCut()
	}
	return view.Small(float32(l.Sampled))
}

// Came writes how often it came.
func (l Line) Came() string { return say.Count(l.Count) }

// Share is how often, of all draws.
func (l Line) Share() float64 { return float64(l.Count) / float64(max(l.of, 1)) }

// Rows are the tokens, and all others together.
func (c *Panel) Rows() (list []Line) {
	d := c.state()
	rest := Line{Text: say.Draws.Others(d.Answer.Left), Hue: hue(-1), Translate: "yes", Probability: 1, Sampled: 1, of: d.of.n, Count: d.of.n}
	for i, t := range d.Answer.Tokens {
		l := Line{t.Text, feature.Choose(i == d.Answer.Drawn, "drawn", ""), hue(i), "no", float64(t.Probability), float64(t.Sampled), t.Count, d.of.n}
		rest.Probability, rest.Sampled, rest.Count = rest.Probability-l.Probability, rest.Sampled-l.Sampled, rest.Count-l.Count
		list = append(list, l)
	}
	if len(d.Answer.Tokens) == c.Screen.State.Config.Vocab {
		return list
	}
	if rest.Probability = max(rest.Probability, 0); d.Answer.Left == 0 {
		rest.Sampled = 0
	}
	return append(list, rest)
}

// Width is that of a bar: the longest is as long as the column.
func (c *Panel) Width(share float64) string {
	most := 1e-9
	for _, l := range c.Rows() {
		most = max(most, l.Sampled, l.Share())
	}
	return view.Share(share / most)
}

// Pressed reports whether so many draws are counted.
func (c *Panel) Pressed(n int) string { return feature.Choose(n == c.state().Count(), "true", "false") }

// Set counts so many.
func (c *Panel) Set(n int) { c.Screen.Send(Counted{n}) }

// SpreadNote says how far from its chance a count lies by chance alone: of the drawn token, one standard deviation.
func (c *Panel) SpreadNote() string {
	d := c.state()
	t, n := d.Answer.Tokens[d.Answer.Drawn], float64(d.of.n)
	p := float64(t.Sampled)
	return say.Draws.Spread(t.Text, say.Fixed(n*p, 1), d.of.n, say.Fixed(math.Sqrt(n*p*(1-p)), 1))
}

// Save writes the table into a file.
func (c *Panel) Save() {
	var text strings.Builder
	text.WriteString(export.Line("id", "token", "model", "chance", "draws"))
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 32) }
	for i, l := range c.Rows() {
		id := ""
		if tokens := c.state().Answer.Tokens; i < len(tokens) {
			id = strconv.Itoa(tokens[i].ID)
		}
		text.WriteString(export.Line(id, l.Text, number(l.Probability), number(l.Sampled), strconv.Itoa(l.Count)))
	}
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.FilesOf(), name, string(export.CSV)), Mime: export.CSV.Mime(), Text: text.String()})
}
