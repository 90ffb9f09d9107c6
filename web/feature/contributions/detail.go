package contributions

import (
	"cmp"
	"math"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Detail tells in the inspector of the part at which the reader looks: where a head looks, of which neurons a feed-forward network
// makes what it adds; and where to go from there.
type Detail struct {
	Screen *feature.Screen

	state State // of this build
	a, b  int
	bar   Bar
	here  bool
}

// Compute asks once for what the methods below read.
func (c *Detail) Compute(vugu.ComputeCtx) {
	c.state, c.here = Of(c.Screen.State), false
	c.a, c.b = pair(c.Screen.State)
	if c.state.parts == nil {
		return
	}
	for _, b := range singles(c.Screen.State) {
		if b.Name == c.state.Part {
			c.bar, c.here = b, true
		}
	}
}

// Here reports whether the reader looks at a part.
func (c *Detail) Here() bool { return c.here }

// HeadingID is that of the heading of the inspector, unless another tool has it.
func (c *Detail) HeadingID() string {
	return feature.Choose(c.Screen.State.Mode == name, feature.TitleFocus, "why-part-title")
}

// Title names the part, or the tool.
func (c *Detail) Title() string {
	if !c.here {
		return say.Contributions.Tool()
	}
	return c.bar.title() // the style sheet gives it a capital
}

// Name is what the page calls the part everywhere.
func (c *Detail) Name() string { return c.bar.Name }

// Adds says what the part adds.
func (c *Detail) Adds() string {
	a := word(c.Screen.State, c.a)
	switch {
	case c.b < 0:
		return say.Contributions.Adds(signed(c.bar.Value, 4), a)
	case c.bar.Value < 0:
		return say.Contributions.AddsAgainst(signed(c.bar.Value, 4), a, word(c.Screen.State, c.b))
	}
	return say.Contributions.AddsRather(signed(c.bar.Value, 4), a, word(c.Screen.State, c.b))
}

// Head reports whether it is a head.
func (c *Detail) Head() bool { return c.here && c.bar.Kind == KindHead }

// A Row is a line of a list with a bar.
type Row struct {
	Text, Number, Start, Width, Class string
	Cell                              run.Cell
}

// mostLooks is how many tokens are listed at which a head looks.
const mostLooks = 5

// Looks lists the tokens at which a head looks most.
func (c *Detail) Looks() (list []Row) {
	s := c.Screen.State
	info := looks(s)[[2]int{c.bar.Block, c.bar.Head}]
	row := rowOf(s)
	for t := 0; t <= row && info.Name != ""; t++ {
		if v, ok := s.At(info.Name, row, t); ok {
			list = append(list, Row{Text: s.Tokens[t].Text, Number: say.Percent(v), Start: "0", Width: view.Share(float64(v)), Cell: run.Cell{Name: info.Name, Row: row, Col: t}})
		}
	}
	slices.SortStableFunc(list, func(a, b Row) int {
		x, _ := s.At(info.Name, row, a.Cell.Col)
		y, _ := s.At(info.Name, row, b.Cell.Col)
		return cmp.Compare(y, x)
	})
	return list[:min(len(list), mostLooks)]
}

// Visit goes to the number behind a line.
func (c *Detail) Visit(r Row) {
	c.Screen.Send(feature.CellVisited{Cell: r.Cell})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Opens reports whether it is a feed-forward network.
func (c *Detail) Opens() bool { return c.here && c.bar.Kind == KindFeedForward }

// Inside reports whether its neurons are here.
func (c *Detail) Inside() bool { return c.Opens() && c.neurons() != nil }

// neurons are what each neuron adds; nil: not here.
func (c *Detail) neurons() []float64 {
	want := wantParts(c.Screen.State)
	if want.block = c.bar.Block; c.state.inside == nil || c.state.insOf != want {
		return nil
	}
	return c.state.inside.Neurons
}

// mostNeurons is how many neurons are listed one by one.
const mostNeurons = 20

// Neurons lists the neurons that add most, the others together, and the bias behind them.
func (c *Detail) Neurons() (list []Row) {
	values := c.neurons()
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(values[b]), math.Abs(values[a])) })
	n, rest := min(len(order), mostNeurons), 0.0
	for _, i := range order[n:] {
		rest += values[i]
	}
	reach := math.Abs(rest)
	for _, i := range order[:n] {
		reach = max(reach, math.Abs(values[i]))
	}
	for _, i := range order[:n] {
		list = append(list, c.line(say.Contributions.Neuron(i), values[i], reach, run.Cell{Name: c.activation(), Row: rowOf(c.Screen.State), Col: i}))
	}
	if len(order) > n {
		list = append(list, c.line(say.Contributions.Others(len(order)-n), rest, reach, run.Cell{}))
	}
	for _, b := range c.state.inside.Parts {
		list = append(list, c.line(feature.Choose(b.Name == b.Step, say.Contributions.Edit(), say.Contributions.Bias()), b.Logit, reach, run.Cell{}))
	}
	return list
}

func (c *Detail) line(text string, v, reach float64, cell run.Cell) Row {
	if reach == 0 {
		reach = 1
	}
	width := min(math.Abs(v)/reach, 1) / 2
	start := 0.5
	if v < 0 {
		start -= width
	}
	return Row{Text: text, Number: signed(v, 3), Start: view.Share(start), Width: view.Share(width), Class: feature.Choose(v < 0, "down", "up"), Cell: cell}
}

// activation is the step whose numbers are the neurons: what the last layer of the network reads.
func (c *Detail) activation() string {
	info, _ := c.Screen.State.Info(c.bar.Step)
	if len(info.Inputs) == 0 {
		return ""
	}
	return info.Inputs[0].Name
}

// Leads reports whether a line leads to a number.
func (c *Detail) Leads(r Row) bool { return r.Cell.Name != "" }

// Show goes to the panel of the part.
func (c *Detail) Show() { c.Screen.Follow(c.target()) }

// target is that panel: of a bias its weight.
func (c *Detail) target() string {
	if info, ok := c.Screen.State.Info(c.bar.Name); ok && info.Kind == model.KindWeight {
		return c.bar.Name
	}
	return c.bar.Step
}

// ShowText says so.
func (c *Detail) ShowText() string { return say.Contributions.Show(c.bar.title()) }

// Seeks reports whether there are so many tokens that one has to be looked for.
func (c *Detail) Seeks() bool { return c.Screen.State.Ranks() }

// SoughtA and SoughtB take the token that was typed.
func (c *Detail) SoughtA(event vugu.DOMEvent) {
	c.Screen.Send(Sought{Text: event.PropString("target", "value")})
}

// SoughtB is described at SoughtA.
func (c *Detail) SoughtB(event vugu.DOMEvent) {
	c.Screen.Send(Sought{Text: event.PropString("target", "value"), Against: true})
}
