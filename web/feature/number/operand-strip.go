package number

import (
	"math"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// OperandStrip shows what an operand holds: one number, or the first cells in the colours
// that they have in the scene.
type OperandStrip struct {
	Screen *feature.Screen
	Of     explain.Operand
	norm   float64 // of this build
}

// mostCells is how many cells stand in a strip, and stripWidth how wide it is at most, in
// CSS pixels.
const (
	mostCells  = 24
	stripWidth = 188
)

// Compute finds the scale of the colours.
func (c *OperandStrip) Compute(vugu.ComputeCtx) { c.norm = norm(c.Of.Values) }

// norm returns the largest size among the values, 1 if there is none.
func norm(values []float32) float64 {
	largest := 0.0
	for _, v := range values {
		if size := math.Abs(float64(v)); size > largest && !math.IsInf(size, 0) {
			largest = size
		}
	}
	if largest == 0 {
		return 1
	}
	return largest
}

// Go selects the operand: its only cell, or its panel.
func (c *OperandStrip) Go() {
	if c.Many() {
		c.Screen.Follow(c.Of.Tensor)
		return
	}
	c.Screen.FollowCell(c.Of.Cell)
}

// Many reports whether there is more than one cell.
func (c *OperandStrip) Many() bool { return c.Of.Count > 1 }

// Number returns the only cell's.
func (c *OperandStrip) Number() string {
	if len(c.Of.Values) == 0 {
		return ""
	}
	info, _ := c.Screen.State.Info(c.Of.Tensor)
	return run.Written(info.Op, c.Of.Values[0], say.Number[float32])
}

// Cells returns the numbers of those that are shown: the first ones, or the largest where only such were sent.
func (c *OperandStrip) Cells() []int {
	if c.Of.Chosen() {
		return c.Of.Largest(c.shown())
	}
	list := make([]int, c.shown())
	for i := range list {
		list[i] = i
	}
	return list
}

func (c *OperandStrip) shown() int {
	if n := len(c.Of.Values); n <= mostCells {
		return n
	}
	return mostCells / 2 // room for the words before and after the strip, in the card, too
}

func (c *OperandStrip) pitch() float64 {
	n := c.shown()
	if n < len(c.Of.Values) {
		return 7
	}
	return min(14, stripWidth/float64(max(1, n)))
}

// Width is that of the strip.
func (c *OperandStrip) Width() string { return view.Pixels(c.pitch() * float64(c.shown())) }

// X is where cell i begins.
func (c *OperandStrip) X(i int) string { return view.Pixels(c.pitch() * float64(i)) }

// CellWidth leaves a gap of a pixel between cells.
func (c *OperandStrip) CellWidth() string { return view.Pixels(c.pitch() - 1) }

// Fill is the colour of cell i.
func (c *OperandStrip) Fill(i int) string {
	return c.Screen.Colour(float64(c.Of.Values[c.Cells()[i]]) / c.norm)
}

// More says how many cells are not shown.
func (c *OperandStrip) More() string {
	if c.Of.Chosen() {
		return say.Numbers.LargestOf(c.Of.Count)
	}
	if n := c.Of.Count - c.shown(); c.Many() && n > 0 {
		return say.Numbers.More(n)
	}
	return ""
}
