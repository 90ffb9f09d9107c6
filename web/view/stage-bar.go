package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// StageBar is the way through the pipeline, from left to right.
type StageBar struct {
	Screen *feature.Screen
	items  []run.StageInfo // of this build
	at     int             // the current one, −1: none
}

// Compute asks once for what all the methods below read.
func (c *StageBar) Compute(vugu.ComputeCtx) {
	c.items, c.at = feature.Stages(*c.Screen.State), -1
	for i, item := range c.items {
		if item.Current {
			c.at = i
		}
	}
}

// Panels are at its end.
func (c *StageBar) Panels() []vugu.Builder { return Components(c.Screen, feature.SlotStages) }

// near is how many stages on each side of the current one keep their names where there is
// little room.
const near = 1

// Class tells what is behind the reader, and what is far away.
func (c *StageBar) Class(i int) string {
	class := "stage"
	if c.items[i].Passed {
		class += " passed"
	}
	if c.at >= 0 && (i < c.at-near || i > c.at+near) {
		class += " far"
	}
	return class
}

// ID returns the stage as it stands in the URL.
func (c *StageBar) ID(i int) string { return string(c.items[i].ID) }

// Current marks the stage where the reader is.
func (c *StageBar) Current(i int) interface{} { return feature.Mark(c.items[i].Current, "step") }

// Title returns the whole name.
func (c *StageBar) Title(i int) string { return c.items[i].Label }

// Name returns the whole name of the current stage, and of the others as much as tells
// them apart.
func (c *StageBar) Name(i int) string {
	return feature.Choose(c.items[i].Current, c.items[i].Label, c.items[i].Brief)
}

// Initial returns a few letters.
func (c *StageBar) Initial(i int) string { return c.items[i].Short }

// Sub returns the part of the block where the reader is.
func (c *StageBar) Sub(i int) string { return c.items[i].Sub }

// Choose goes there.
func (c *StageBar) Choose(i int) { c.Screen.Send(feature.StageChosen{Stage: c.items[i].ID}) }

// Scroll shows what lies beyond an end of the bar. By the keyboard the stages come into view by themselves.
func (c *StageBar) Scroll(by int) { c.Screen.Do(ScrollStages{By: by}) }

// ScrollStages asks the page to scroll the stage bar by most of its width, on by 1 or back by −1.
type ScrollStages struct{ By int }

// Progress says how far the reader is.
func (c *StageBar) Progress() string {
	at, of := feature.Progress(*c.Screen.State)
	switch {
	case of == 0:
		return ""
	case at == 0:
		return say.View.Steps(of)
	}
	return say.View.StepAt(at, of)
}
