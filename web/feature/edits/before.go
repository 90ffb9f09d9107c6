package edits

import (
	"math"
	"strconv"
	"strings"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Before shows what the model says next before the edits and with them, and how many bits of that are lost.
type Before struct{ Screen *feature.Screen }

// mostCompared is how many tokens are listed.
const mostCompared = 8

func (c *Before) compared() *engine.Compared { return c.Screen.State.Compared }

// Pairs are the tokens that are most likely before or after.
func (c *Before) Pairs() []engine.Pair {
	if m := c.compared(); m != nil {
		return m.Tokens[:min(mostCompared, len(m.Tokens))]
	}
	return nil
}

// Title says after which token they come.
func (c *Before) Title() string {
	s := c.Screen.State
	return say.Edits.NextAfter(s.Tokens[len(s.Tokens)-1].Text)
}

// TokenClass makes spaces and parts of characters lighter than text.
func (c *Before) TokenClass(p engine.Pair) string { return "token" + view.TokenClass(p.Text) }

// Was and Is write the chance of a token before and after, WasWidth and IsWidth how wide its bars are.
func (c *Before) Was(p engine.Pair) string { return say.Percent(p.Before) }

// Is is described at Was.
func (c *Before) Is(p engine.Pair) string { return say.Percent(p.After) }

// WasWidth is described at Was.
func (c *Before) WasWidth(p engine.Pair) string { return view.Share(float64(p.Before)) }

// IsWidth is described at Was.
func (c *Before) IsWidth(p engine.Pair) string { return view.Share(float64(p.After)) }

// Bits writes how many bits are lost.
func (c *Before) Bits() string { return bits(c.compared().Bits) }

func bits(v float64) string { return say.Fixed(max(v, 0), 3) }

// Lost are the bits that are lost after each token, once they are known.
func (c *Before) Lost() []float64 {
	if lost := Of(c.Screen.State).Lost; len(lost) == len(c.Screen.State.Tokens) {
		return lost
	}
	return nil
}

// Few reports whether the bars have room for numbers below them.
func (c *Before) Few() bool { return len(c.Lost()) <= 16 }

// LostClass greys what belongs to an earlier run.
func (c *Before) LostClass() string {
	return "lost" + feature.Choose(Of(c.Screen.State).asked == c.Screen.State.Applied, "", " stale")
}

// most is the largest of them that has an end.
func (c *Before) most() float64 {
	most := 1e-9
	for _, v := range c.Lost() {
		if v > most && !math.IsInf(v, 1) {
			most = v
		}
	}
	return most
}

// Height and Top say how high the bar of a token is, and where it begins.
func (c *Before) Height(v float64) string { return view.Part(max(v, 0), c.most()) }

// Top is described at Height.
func (c *Before) Top(v float64) string {
	if math.IsInf(v, 1) {
		return view.Share(0)
	}
	return view.Share(1 - max(v, 0)/c.most())
}

// BarClass tells the last token, whose next one is shown.
func (c *Before) BarClass(t int) string {
	return feature.Choose(t == len(c.Lost())-1, "last", "")
}

// BarLabel reads the bar of a token aloud.
func (c *Before) BarLabel(t int, v float64) string {
	return say.Edits.LostAfter(c.Screen.State.TokenName(t), bits(v))
}

// Copy puts the table on the clipboard, as CSV.
func (c *Before) Copy() {
	var b strings.Builder
	b.WriteString("id,token,before,after\n")
	for _, p := range c.compared().Tokens {
		b.WriteString(strconv.Itoa(p.ID) + "," + quoted(p.Text) + "," + say.Exact(p.Before) + "," + say.Exact(p.After) + "\n")
	}
	c.Screen.Do(feature.Copy{Text: b.String(), What: say.Edits.Table()})
}

// quoted writes a text as a field of CSV (RFC 4180).
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// told says what became of the token that was likeliest without edits; "" while nothing is changed, or the run is not done.
func told(s *feature.State) string {
	if s.Compared == nil || len(s.Compared.Tokens) == 0 || s.Waits(feature.ForRun) {
		return ""
	}
	was, is := s.Compared.Tokens[0], s.Compared.Tokens[0]
	for _, p := range s.Compared.Tokens {
		if p.Before > was.Before {
			was = p
		}
		if p.After > is.After {
			is = p
		}
	}
	if was.ID == is.ID {
		return say.Edits.ToldStays(was.Text, say.Percent(was.Before), say.Percent(was.After))
	}
	return say.Edits.ToldTurns(was.Text, say.Percent(was.Before), say.Percent(was.After), is.Text, say.Percent(is.After), say.Percent(is.Before))
}
