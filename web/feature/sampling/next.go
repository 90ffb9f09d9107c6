package sampling

import (
	"strconv"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Next shows how likely each token is to follow, as the model says it, and the settings
// by which one of them is drawn.
type Next struct{ Screen *feature.Screen }

// Some reports whether there are any.
func (c *Next) Some() bool { return len(c.Screen.State.Candidates) > 0 }

// Seed names the seed of the draw.
func (c *Next) Seed() string {
	return say.Sampling.SeedOf(strconv.FormatUint(c.Screen.State.Sampling.Seed, 10))
}

// Class greys the bars while they mean nothing.
func (c *Next) Class() string { return feature.Choose(c.Screen.State.Muted, "next muted", "next") }

// Words marks a list of words, which need more room than letters.
func (c *Next) Words() interface{} { return feature.Present(c.Screen.State.Ranks()) }

// ID returns the id of candidate i; −1 where it is not there any more.
func (c *Next) ID(i int) int {
	if list := c.Screen.State.Candidates; i < len(list) {
		return list[i].ID
	}
	return -1
}

// Text returns the token.
func (c *Next) Text(i int) string { return c.Screen.State.Candidates[i].Text }

// TokenClass makes spaces and parts of characters lighter than text.
func (c *Next) TokenClass(i int) string { return "token" + view.TokenClass(c.Text(i)) }

// RowClass tells the candidates that can't be drawn.
func (c *Next) RowClass(i int) string { return feature.Choose(c.cut(i), "cut", "") }

// cut reports whether the settings leave the candidate out.
func (c *Next) cut(i int) bool { return c.Screen.State.Candidates[i].Sampled == 0 }

// Percent returns its probability by the model.
func (c *Next) Percent(i int) string { return say.Percent(c.Screen.State.Candidates[i].Probability) }

// Width is that of its bar.
func (c *Next) Width(i int) string {
	return view.Share(float64(c.Screen.State.Candidates[i].Probability))
}

// Title says what the settings make of the probability.
func (c *Next) Title(i int) string {
	sampled, tokens := c.Screen.State.Chance(c.Screen.State.Candidates[i].Sampled), c.Screen.State.Tokens
	switch n := len(tokens); {
	case n == 0 && c.cut(i):
		return say.Sampling.FirstCut(c.Text(i), c.ID(i), c.Percent(i))
	case n == 0:
		return say.Sampling.First(c.Text(i), c.ID(i), c.Percent(i), sampled)
	case c.cut(i):
		return say.Sampling.CandidateCut(c.Text(i), tokens[n-1].Text, c.ID(i), c.Percent(i))
	default:
		return say.Sampling.Candidate(c.Text(i), tokens[n-1].Text, c.ID(i), c.Percent(i), sampled)
	}
}

// Note says why the bars mean nothing, or why there are none.
func (c *Next) Note() string {
	switch s := c.Screen.State; {
	case c.Some() && s.Muted:
		return say.Sampling.Meaningless() + " " + s.Guide
	case !c.Some() && s.Phase == feature.Ready:
		return say.Sampling.NoText()
	case !c.Some():
		return say.Sampling.NoRun()
	}
	return ""
}

// TraceLabel says what a press on the percentage of a candidate does.
func (c *Next) TraceLabel(i int) string {
	return say.Sampling.TraceCandidate(c.Text(i), c.Percent(i))
}

// Traces reports whether there is a drawn token whose number means something.
func (c *Next) Traces() bool { return c.Screen.State.Traceable() != nil }

// DrawnText names the drawn token and its probability.
func (c *Next) DrawnText() string {
	d := c.Screen.State.Traceable()
	return d.Text + " " + say.Percent(d.Probability)
}

// TraceDrawn begins at the drawn token, if there still is one: the text may have changed since the button was drawn.
func (c *Next) TraceDrawn() {
	if d := c.Screen.State.Traceable(); d != nil {
		c.Trace(d.ID)
	}
}

// TraceAt begins at a candidate, if it is still there.
func (c *Next) TraceAt(i int) {
	if i < len(c.Screen.State.Candidates) {
		c.Trace(c.ID(i))
	}
}

// Trace pins the probability of a token: there the way back to the text begins.
func (c *Next) Trace(id int) {
	if id < 0 {
		return
	}
	c.Screen.Send(feature.TraceStarted{ID: id})
	c.Screen.Do(feature.Focus{ID: "follow-largest"})
}
