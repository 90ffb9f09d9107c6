package attention

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// LookLines draws which tokens of the text a token looks at: a line to each, as thick as the
// share of its attention, which stands beside.
type LookLines struct {
	Screen *feature.Screen
	pair   Pair      // of this build
	shares []float32 // of the tokens up to the one that looks

	queries, keys []int // the tokens on both sides, in the order of the text
}

// mostLines is how many tokens stand on a side. Of a longer text the left side shows those
// around the one that looks, the right side those that it looks at most.
const mostLines = 12

// Compute asks once for what the methods below read.
func (c *LookLines) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.pair, _ = Shown(s)
	c.shares = nil
	for k := 0; k <= c.pair.Query; k++ {
		v, ok := s.At(c.name(), c.pair.Query, k)
		if !ok {
			v = 0
		}
		c.shares = append(c.shares, v)
	}
	n := len(s.Tokens)
	first := min(max(c.pair.Query-mostLines/2, 0), max(n-mostLines, 0))
	c.queries, c.keys = nil, nil
	for t := first; t < min(first+mostLines, n); t++ {
		c.queries = append(c.queries, t)
	}
	if c.keys = c.queries; n > mostLines {
		c.keys = c.strongest()
	}
}

// strongest returns the tokens that are looked at most, that of the pair among them.
func (c *LookLines) strongest() (keys []int) {
	for k := range c.shares {
		keys = append(keys, k)
	}
	slices.SortStableFunc(keys, func(a, b int) int {
		switch c.pair.Key {
		case a:
			return -1
		case b:
			return 1
		}
		return cmp.Compare(c.shares[b], c.shares[a])
	})
	keys = keys[:min(mostLines, len(keys))]
	slices.Sort(keys)
	return keys
}

// seen returns the tokens to which lines lead.
func (c *LookLines) seen() (keys []int) {
	for _, k := range c.keys {
		if k < len(c.shares) {
			keys = append(keys, k)
		}
	}
	return keys
}

// Others says how much of the attention goes to tokens that are not listed.
func (c *LookLines) Others() string {
	others := len(c.shares) - len(c.seen())
	if others <= 0 {
		return ""
	}
	sum := 1.0
	for _, k := range c.seen() {
		sum -= float64(c.shares[k])
	}
	return say.Attention.Others(others, say.Percent(float32(max(0, sum))))
}

// name is that of the shares.
func (c *LookLines) name() string {
	return LookShares.step(c.Screen.State, Of(c.Screen.State).Head).Name
}

// Title says who looks.
func (c *LookLines) Title() string { return say.Attention.LinesTitle(c.Screen.State.Tag(c.pair.Query)) }

// Token is the text of a token.
func (c *LookLines) Token(t int) string { return c.Screen.State.Tokens[t].Text }

// Looking and LookedAt mark the pair.
func (c *LookLines) Looking(t int) string { return feature.Choose(t == c.pair.Query, "true", "false") }

// LookedAt marks the token that is looked at.
func (c *LookLines) LookedAt(k int) string { return feature.Choose(k == c.pair.Key, "true", "false") }

// QueryClass and KeyClass style them.
func (c *LookLines) QueryClass(t int) string {
	return feature.Choose(t == c.pair.Query, "word this", "word")
}

// KeyClass styles a token that is looked at.
func (c *LookLines) KeyClass(k int) string {
	return feature.Choose(k == c.pair.Key, "word this", "word")
}

// Later reports whether a token is later than the one that looks.
func (c *LookLines) Later(k int) bool { return k > c.pair.Query }

// Share writes the share of a token.
func (c *LookLines) Share(k int) string {
	if c.Later(k) || k >= len(c.shares) {
		return say.Attention.MaskedShare()
	}
	return explain.ViewAt(c.Screen.State.View(), c.pair.Query).ShareText(c.shares[k])
}

// QueryLabel and KeyLabel read the buttons aloud.
func (c *LookLines) QueryLabel(t int) string {
	return say.Attention.LookingToken(c.Screen.State.Tag(t))
}

// KeyLabel reads a token that is looked at.
func (c *LookLines) KeyLabel(k int) string {
	return say.Attention.LookedAtToken(c.Screen.State.Tag(k), c.Share(k))
}

func (c *LookLines) cell(query, key int) run.Cell {
	return run.Cell{Name: c.name(), Row: query, Col: key}
}

// Query picks the token that looks.
func (c *LookLines) Query(t int) {
	at := c.cell(t, min(c.pair.Key, t))
	c.Screen.Send(feature.CellChosen{Cell: &at})
}

// Key picks the token that is looked at.
func (c *LookLines) Key(k int) {
	at := c.cell(c.pair.Query, k)
	c.Screen.Send(feature.CellChosen{Cell: &at})
}

// Over points at a token that is looked at.
func (c *LookLines) Over(k int) {
	if at := c.cell(c.pair.Query, k); !c.Later(k) {
		c.Screen.Send(feature.CellHovered{Cell: &at})
	}
}

// Focused does so for the token that has the focus.
func (c *LookLines) Focused(event vugu.DOMEvent) {
	if k, err := strconv.Atoi(event.PropString("target", "dataset", "key")); err == nil && k >= 0 && k < len(c.Screen.State.Tokens) {
		c.Over(k)
	}
}

// Left points at nothing.
func (c *LookLines) Left() { c.Screen.Send(feature.CellHovered{}) }

// Box has a unit of height for each line of the longer side.
func (c *LookLines) Box() string {
	return "0 0 100 " + strconv.Itoa(max(1, len(c.queries), len(c.keys)))
}

// Ray leads from the token that looks to one that it looks at.
func (c *LookLines) Ray(k int) string {
	a := strconv.Itoa(max(0, slices.Index(c.queries, c.pair.Query))) + ".5"
	b := strconv.Itoa(max(0, slices.Index(c.keys, k))) + ".5"
	return "M0 " + a + "C50 " + a + " 50 " + b + " 100 " + b
}

// RayClass marks that of the pair.
func (c *LookLines) RayClass(k int) string { return feature.Choose(k == c.pair.Key, "ray this", "ray") }

// Thick and Opacity show the share.
func (c *LookLines) Thick(k int) string {
	return view.Pixels(math.Round((1+9*float64(c.shares[k]))*100) / 100)
}

// Opacity of a line is never so small that it could not be seen.
func (c *LookLines) Opacity(k int) string {
	return view.Pixels(math.Round((0.15+0.85*float64(c.shares[k]))*100) / 100)
}
