package message

import "math"

// A Frame is what the best height of a page depends on: how wide it is, and what is open in it. Its present height is no part
// of that, or else a host that obeys would be told another one.
type Frame struct {
	Width float64 // CSS pixels
	Rem   float64 // CSS pixels of one

	UI    string // full, embed or stage, as ?ui= has it; "" is full
	Parts Parts
	Sheet bool // below a narrow scene the inspector is drawn up
	Reads bool // the inspector holds something to be read beside the scene: the walk, a comparison
}

// Parts are those that stand around the scene, unless the host hides them.
type Parts struct{ Header, Stages, Inspector, Text bool }

// The best height of the scene: a share of its width, within limits in CSS pixels.
const (
	sceneShape   = 0.6
	lowestScene  = 240
	highestScene = 560
)

// stacked is the width up to which parts stand one below the other, if the page is high enough for that, also for its width:
// Height sees to both.
const (
	stacked     = 900
	lowestStack = 521
	widestStack = 6.0 / 5 // width for height
)

// What stands around the scene, in rem: as the style sheets have it.
const (
	headerHigh   = 3
	stagesHigh   = 3
	stagesNarrow = 2.75
	stagesEmbed  = 2.5
	sheetLow     = 4
	sheetHigh    = 14
	textHigh     = 5.25
	textNarrow   = 8.5 // of three rows
	textEmbed    = 4.5
	readingHigh  = 36 // what reads well in an inspector
)

// Height returns the height in CSS pixels at which a page fits its width best.
func (f Frame) Height() int {
	if f.UI == "stage" {
		return whole(shape(f.Width))
	}
	narrow := f.Width <= stacked
	around := 0.0
	add := func(there bool, rem float64) {
		if there {
			around += rem * f.Rem
		}
	}
	embed := f.UI == "embed"
	add(f.Parts.Header && !embed, headerHigh)
	add(f.Parts.Stages, pick(narrow, stagesNarrow, pick(embed, stagesEmbed, stagesHigh)))
	add(f.Parts.Text, pick(narrow, textNarrow, pick(embed, textEmbed, textHigh)))
	if narrow {
		add(f.Parts.Inspector, pick(f.Sheet, sheetHigh, sheetLow))
		return whole(max(around+shape(f.Width), lowestStack, math.Ceil(f.Width/widestStack)))
	}
	scene := f.Width
	if f.Parts.Inspector {
		scene -= f.inspector() * f.Rem
	}
	height := around + shape(scene)
	if f.Parts.Inspector && f.Reads {
		height = max(height, readingHigh*f.Rem)
	}
	return whole(height)
}

// inspector is the width of the inspector beside the scene, in rem.
func (f Frame) inspector() float64 {
	switch {
	case f.UI == "embed":
		return 18
	case f.Width <= 1100:
		return 20
	case f.Width >= 1800:
		return 26.25
	}
	return 22.5
}

func shape(width float64) float64 { return min(max(width*sceneShape, lowestScene), highestScene) }

func pick(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}

func whole(v float64) int { return int(v + 0.5) }
