package outline

import (
	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// List is the scene as a list: every stage, with every step and weight and its shape.
// It is built only while it is open.
type List struct {
	Screen *feature.Screen
	stages []Stage // of this build
}

// Compute asks once for what the methods below read.
func (c *List) Compute(vugu.ComputeCtx) {
	if c.stages = nil; c.IsOpen() {
		c.stages = Stages(c.Screen.State)
	}
}

// IsOpen reports whether the list is open.
func (c *List) IsOpen() bool { return Of(c.Screen.State).Open }

// Expanded says so to a screen reader.
func (c *List) Expanded() string { return feature.Choose(c.IsOpen(), "true", "false") }

// Toggle opens or closes it.
func (c *List) Toggle() { c.Screen.Send(Toggled{}) }

// Count returns how many steps and weights there are.
func (c *List) Count() string {
	steps := 0
	for i := range c.Screen.State.Steps {
		if c.Screen.State.Steps[i].Kind != model.KindWeight {
			steps++
		}
	}
	return say.Outline.Count(steps, len(c.Screen.State.Steps)-steps)
}

// ID returns stage i as it stands in the URL.
func (c *List) ID(i int) string { return string(c.stages[i].Stage) }

// Current marks the stage where the reader is.
func (c *List) Current(i int) interface{} { return feature.Mark(c.stages[i].Current, "step") }

// Stage goes there.
func (c *List) Stage(i int) { c.Screen.Send(feature.StageChosen{Stage: c.stages[i].Stage}) }

// Selected marks the selected panel.
func (c *List) Selected(i, k int) interface{} {
	return feature.Mark(c.stages[i].Panels[k].Current, "true")
}

// Panel selects it; the focus stays in the list.
func (c *List) Panel(i, k int) {
	c.Screen.Send(feature.PanelChosen{Name: c.stages[i].Panels[k].Name})
}

// SwatchClass shows its kind.
func (c *List) SwatchClass(i, k int) string { return "swatch " + string(c.stages[i].Panels[k].Kind) }

// Shape returns its rows × columns.
func (c *List) Shape(i, k int) string {
	p := c.stages[i].Panels[k]
	return view.Sizes(p.Rows, p.Cols)
}
