package lens

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Place tells in the inspector of the place at which the reader looks: its ten most likely tokens, and how the chance of one comes
// about.
type Place struct {
	Screen *feature.Screen

	at    Spot
	cell  cell
	here  bool
	token int
}

// Compute asks once for what the methods below read.
func (c *Place) Compute(vugu.ComputeCtx) {
	c.at, c.token = At(c.Screen.State), plotted(c.Screen.State)
	c.cell, c.here = Of(c.Screen.State).grid.at(c.at)
	c.here = c.here && len(c.cell.Top) > 0
}

// Here reports whether the numbers of the place are here.
func (c *Place) Here() bool { return c.here }

// Path says where this is.
func (c *Place) Path() []string {
	path := []string{say.Lens.Kind(), say.Lens.Tool()}
	if info := infoOf(c.Screen.State, c.at.Step); info.Block >= 0 && c.at.Step > 0 {
		path = append(path, say.Run.Block(info.Block+1))
	}
	return path
}

// Title names the place.
func (c *Place) Title() string {
	text := ""
	if c.at.Row >= 0 {
		text = c.Screen.State.Tokens[c.at.Row].Text
	}
	switch info := infoOf(c.Screen.State, c.at.Step); {
	case info.Block < 0 || c.at.Step == 0:
		return say.Lens.TitleEmbedding(text)
	case info.Part == model.PartFeedForward:
		return say.Lens.TitleFeedForward(text)
	}
	return say.Lens.TitleAttention(text)
}

// Stream is the step of the stream, Row the row of it that is read.
func (c *Place) Stream() string {
	if all := streams(c.Screen.State); c.at.Step >= 0 && c.at.Step < len(all) {
		return all[c.at.Step]
	}
	return ""
}

// Row is described at Stream.
func (c *Place) Row() string { return c.Stream() + "[" + strconv.Itoa(max(c.at.Row, 0)) + "]" }

// Story says what the model would say here, and what it would have said a step before.
func (c *Place) Story() string {
	if !c.here {
		return say.Lens.PlaceComing()
	}
	top := c.cell.Top[0]
	before, ok := Of(c.Screen.State).grid.at(Spot{c.at.Step - 1, c.at.Row})
	end := c.at.Step == len(streams(c.Screen.State))-1
	switch {
	case end && ok && len(before.Top) > 0:
		return say.Lens.StoryEnd(top.Text, before.Top[0].Text, say.Percent(before.Top[0].Probability))
	case !ok || len(before.Top) == 0:
		return say.Lens.Story(top.Text)
	}
	return say.Lens.StoryBefore(top.Text, before.Top[0].Text, say.Percent(before.Top[0].Probability))
}

// Top are the most likely tokens.
func (c *Place) Top() []engine.Candidate { return c.cell.Top }

// TopTitle counts them.
func (c *Place) TopTitle() string { return say.Lens.Top(len(c.cell.Top)) }

// Share is a chance, Width that of its bar.
func (c *Place) Share(x engine.Candidate) string { return say.Percent(x.Probability) }

// Width is described at Share.
func (c *Place) Width(x engine.Candidate) string { return view.Share(float64(x.Probability)) }

// TokenClass makes spaces and parts of characters lighter than text.
func (c *Place) TokenClass(x engine.Candidate) string { return "token" + view.TokenClass(x.Text) }

// Plotted reports whether the rank of a token is plotted.
func (c *Place) Plotted(x engine.Candidate) string {
	return feature.Choose(x.ID == c.token, "true", "false")
}

// Label reads the button of a token aloud.
func (c *Place) Label(x engine.Candidate) string { return say.Lens.TopToken(x.Text, c.Share(x)) }

// Plot plots the rank of a token.
func (c *Place) Plot(x engine.Candidate) { c.Screen.Send(TokenChosen{x.ID}) }

// Seeks reports whether there are so many tokens that one has to be looked for.
func (c *Place) Seeks() bool { return c.Screen.State.Ranks() }

// Sought plots the rank of the token that was typed.
func (c *Place) Sought(event vugu.DOMEvent) {
	c.Screen.Send(Sought{event.PropString("target", "value")})
}

// Word is the token whose chance is told.
func (c *Place) Word() string { return tokenText(c.Screen.State, c.token) }

// Told reports whether its numbers are here.
func (c *Place) Told() bool { return c.here && c.token >= 0 && c.cell.token == c.token }

// A Fact is a number of the way there.
type Fact struct{ Name, Value string }

// Way lists the numbers from the stream to the chance.
func (c *Place) Way() []Fact {
	x := c.cell
	stream := Fact{say.Lens.Rms(), say.Rounded(float64(x.Scale))}
	if c.centred() {
		stream = Fact{say.Lens.MeanStd(), say.Rounded(float64(x.Mean)) + ", " + say.Rounded(float64(x.Scale))}
	}
	return []Fact{stream, {say.Lens.Logit(c.Word()), say.Rounded(float64(x.Logit))},
		{say.Lens.LogSum(c.Screen.State.Config.Vocab), say.Rounded(x.Sum)}, {say.Lens.Ranked(c.Word()), say.Count(x.Rank + 1)}}
}

// centred reports whether the final norm takes the mean off a row.
func (c *Place) centred() bool {
	_, panel := c.Screen.State.Locate(run.StepOf(model.PartNorm, model.OpNorm))
	return panel != ""
}

// Exp is how the chance follows from the numbers before, Chance the chance.
func (c *Place) Exp() string {
	return say.LeftToRight("exp(" + say.Rounded(float64(c.cell.Logit)) + " − " + say.Rounded(c.cell.Sum) + ")")
}

// Chance is described at Exp.
func (c *Place) Chance() string { return view.Small(c.cell.Chance) }

// Norm is the step of the final norm, Output the weights of the projection.
func (c *Place) Norm() string {
	op := model.OpRMSNorm
	if c.centred() {
		op = model.OpNorm
	}
	_, panel := c.Screen.State.Locate(run.StepOf(model.PartNorm, op))
	return panel
}

// Output is described at Norm.
func (c *Place) Output() string {
	_, panel := c.Screen.State.Locate(run.StepOf(model.PartOutput, model.OpUnembed))
	info, _ := c.Screen.State.Info(panel)
	for _, in := range info.Inputs {
		if i, ok := c.Screen.State.Info(in.Name); ok && i.Kind == model.KindWeight {
			return in.Name
		}
	}
	return panel
}

// Follow goes to a panel.
func (c *Place) Follow(panel string) { c.Screen.Follow(panel) }

// Why asks what made the model say the token rather than another one.
func (c *Place) Why() { c.Screen.Send(feature.WhyAsked{Token: c.token, Against: -1}) }

// WhyText says so.
func (c *Place) WhyText() string { return say.Lens.Why(c.Word()) }

// Learned says what to look for, with what is found here.
func (c *Place) Learned() string {
	if c.token < 0 {
		return say.Lens.Look()
	}
	if step, from, to, ok := leap(c.Screen.State, c.token, c.at.Row); ok {
		return say.Lens.Look() + " " + say.Lens.Leap(c.Word(), from, to, where(c.Screen.State, step))
	}
	return say.Lens.Look()
}

// leap finds the step at which the rank of a token falls by the largest factor; ok is false if it falls nowhere by half, or is not known.
func leap(s *feature.State, token, row int) (step, from, to int, ok bool) {
	g, best := Of(s).grid, 2.0
	for i := 1; i < len(g.cells); i++ {
		a, here := g.at(Spot{i - 1, row})
		b, there := g.at(Spot{i, row})
		if !here || !there || a.token != token || b.token != token {
			continue
		}
		if by := float64(a.Rank+1) / float64(b.Rank+1); by > best {
			step, from, to, ok, best = i, a.Rank+1, b.Rank+1, true, by
		}
	}
	return step, from, to, ok
}

// told says from where on the answer after the token at which the reader looks stands first; "" while that is not known.
func told(s *feature.State) string {
	g, row := Of(s).grid, At(s).Row
	steps := len(streams(s))
	if s.Mode != name || g.run != s.Applied || len(g.cells) != steps || steps == 0 {
		return ""
	}
	first, before, answer := steps, "", engine.Candidate{ID: -1}
	for i := steps - 1; i >= 0; i-- {
		c, ok := g.at(Spot{i, row})
		if !ok || !c.fresh || len(c.Top) == 0 {
			return ""
		}
		switch {
		case i == steps-1:
			answer, first = c.Top[0], i
		case before != "":
		case c.Top[0].ID == answer.ID:
			first = i
		default:
			before = c.Top[0].Text
		}
	}
	if before == "" {
		return say.Lens.ToldAlways(answer.Text)
	}
	return say.Lens.Told(answer.Text, where(s, first), before)
}
