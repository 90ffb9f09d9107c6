package view

import (
	"math"
	"strings"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// TermTable lists the terms of a sum: the largest, then on request the others.
type TermTable struct {
	Screen *feature.Screen
	Of     *explain.Calculation
}

// Class gives the index more room where it holds the names of tokens.
func (c *TermTable) Class() string {
	for _, t := range c.Of.Terms {
		if strings.Trim(t.Label, "0123456789") != "" {
			return "terms named"
		}
	}
	return "terms"
}

// Head returns the heading of a column: 0 the index, 1 and 2 the factors, 3 the product.
func (c *TermTable) Head(column int) string { return c.Of.Columns[column] }

// Binary reports whether a term is a product of two numbers.
func (c *TermTable) Binary() bool { return c.Of.Columns[2] != "" }

// Product reports whether a term is not just the number that was read.
func (c *TermTable) Product() bool { return c.Of.Columns[3] != "" }

// Adds reports whether the terms are added up; of some the largest is taken.
func (c *TermTable) Adds() bool {
	op := c.Screen.State.Explained.Op
	return op != "max" && op != "draw"
}

// Leads reports whether a column is that of an operand, to which its heading leads.
func (c *TermTable) Leads(column int) bool {
	return column <= len(c.Of.Operands) && c.Head(column) != ""
}

// LinkClass colours that heading as the kind of the operand.
func (c *TermTable) LinkClass(column int) string {
	return "link " + c.Screen.KindOf(c.Of.Operands[column-1].Tensor)
}

// Go selects the operand of a column.
func (c *TermTable) Go(column int) {
	c.Screen.Follow(c.Of.Operands[column-1].Tensor)
}

// BiasName is the tensor of the bias, and GoBias leads to the one that was added.
func (c *TermTable) BiasName() string { return c.bias().Tensor }

// GoBias is described at BiasName.
func (c *TermTable) GoBias() { c.Screen.FollowCell(c.bias().Cell) }

func (c *TermTable) bias() (o explain.Operand) {
	for _, o = range c.Of.Operands {
		if o.Role == "bias" {
			break
		}
	}
	return o
}

// CellClass colours a number that leads to its cell.
func (c *TermTable) CellClass(v float64) string {
	return strings.TrimSpace("link cell " + c.Sign(v))
}

// Key names the cell of a factor, 0 or 1, for the page's tests.
func (c *TermTable) Key(t explain.Term, factor int) string {
	at := t.Cells[factor]
	return at.Key()
}

// CellLabel says what a press on a factor does.
func (c *TermTable) CellLabel(t explain.Term, factor int) string {
	v := t.A
	if factor == 1 {
		v = t.B
	}
	return say.View.FollowTerm(c.Head(1+factor), t.Label, c.Number(v))
}

// Follow goes on to a factor.
func (c *TermTable) Follow(t explain.Term, factor int) { c.Screen.FollowCell(t.Cells[factor]) }

// Number writes v as briefly as a row of five columns needs.
func (c *TermTable) Number(v float64) string { return say.Rounded(v) }

// Sign returns the class of a number.
func (c *TermTable) Sign(v float64) string {
	switch {
	case v < 0:
		return "negative"
	case v > 0:
		return "positive"
	}
	return ""
}

// X is where the bar of a term begins: it grows from the middle to the side of its sign.
func (c *TermTable) X(t explain.Term) string { return Share(0.5 + min(0, t.Share)/2) }

// Width is that of the bar.
func (c *TermTable) Width(t explain.Term) string { return Share(math.Abs(t.Share) / 2) }

// RestText says how many terms are smaller.
func (c *TermTable) RestText() string {
	n := len(c.Of.Rest)
	if c.Of.Unsent > 0 {
		return say.View.SmallerTermsHere(n+c.Of.Unsent, n)
	}
	return say.View.SmallerTerms(n)
}

// SumText names the sum, and says where the terms that are shown miss it.
func (c *TermTable) SumText() string {
	if c.Missed() {
		return say.View.SumRounded()
	}
	return say.View.Sum()
}

// SumHint says why.
func (c *TermTable) SumHint() interface{} {
	return feature.Mark(c.Missed(), say.Explain.RoundedHint())
}

// Missed reports whether the numbers above the sum, as they are shown, come to another one.
func (c *TermTable) Missed() bool {
	parts := []float64{c.Of.RestSum, c.Bias()}
	for _, t := range c.Of.Terms {
		parts = append(parts, t.Product)
	}
	return say.Misses(3, c.Total(), parts...)
}

// Bias returns what is added to the products.
func (c *TermTable) Bias() float64 { return float64(c.Of.Bias) }

// Total returns the sum under the rule.
func (c *TermTable) Total() float64 {
	if c.Of.HasBias {
		return c.Of.Sum + float64(c.Of.Bias)
	}
	return c.Of.Sum
}
