package number

import (
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/view"
)

// Working shows how the selected number was computed: the question that it answers, the
// formula with the numbers of this cell, and the terms of its sum.
type Working struct {
	Screen      *feature.Screen
	calculation explain.Calculation // of this build
	told        string              // the same in sentences
}

// Compute asks once for what the methods below read.
func (c *Working) Compute(vugu.ComputeCtx) {
	c.calculation, _ = c.Screen.State.View().Calculation()
	c.told = c.Screen.State.View().InWords()
}

// Question returns what the number says.
func (c *Working) Question() string {
	info, _ := c.Screen.State.Info(c.Screen.State.Panel)
	_, _, question := c.Screen.State.View().About(info)
	return question
}

// Asks reports whether that is said here; of a masked number the note says it.
func (c *Working) Asks() bool { return !c.calculation.Masked && c.Question() != "" }

// Shows reports whether there is a formula.
func (c *Working) Shows() bool { return !c.calculation.Masked || len(c.calculation.Symbols) > 0 }

// Curves reports whether the number lies on the curve of an activation.
func (c *Working) Curves() bool {
	_, ok := c.Screen.State.View().Curve()
	return ok
}

// Reads are the operands that are listed: all, or those that the table of terms does not lead to.
func (c *Working) Reads() []explain.Operand {
	list := c.calculation.Operands
	if !c.Sums() {
		return list
	}
	columns := 1
	if c.calculation.Columns[2] != "" {
		columns = 2
	}
	return slices.DeleteFunc(slices.Clone(list[min(columns, len(list)):]), func(o explain.Operand) bool { return c.calculation.HasBias && o.Role == "bias" })
}

// Sums reports whether the number is a sum of terms.
func (c *Working) Sums() bool { return len(c.calculation.Terms) > 0 }

// Formula is how it was made: in symbols, with its numbers, and what that gives.
func (c *Working) Formula() vugu.Builder {
	return &view.Formula{Screen: c.Screen, List: c.calculation.Whole()}
}

// Terms are what the number is a sum of.
func (c *Working) Terms() vugu.Builder { return &view.TermTable{Screen: c.Screen, Of: &c.calculation} }
