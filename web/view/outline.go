package view

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Outline is the scene as a list: every stage, with every step and weight and its shape.
// It is built only while it is open.
type Outline struct {
	Screen *feature.Screen
	stages []feature.OutlineStage // of this build
}

// Compute asks once for what the methods below read.
func (c *Outline) Compute(vugu.ComputeCtx) {
	if c.stages = nil; c.Screen.State.Outlined {
		c.stages = feature.Outline(*c.Screen.State)
	}
}

// Open says whether the list is open.
func (c *Outline) Open() string { return feature.Choose(c.Screen.State.Outlined, "true", "false") }

// Toggle opens or closes it.
func (c *Outline) Toggle() { c.Screen.Send(feature.OutlineToggled{}) }

// Count returns how many steps and weights there are.
func (c *Outline) Count() string { return say.Count(len(c.Screen.State.Steps)) }

// ID returns stage i as it stands in the URL.
func (c *Outline) ID(i int) string { return string(c.stages[i].Stage) }

// Current marks the stage where the reader is.
func (c *Outline) Current(i int) interface{} { return feature.Mark(c.stages[i].Current, "step") }

// Stage goes there.
func (c *Outline) Stage(i int) { c.Screen.Send(feature.StageChosen{Stage: c.stages[i].Stage}) }

// Selected marks the selected panel.
func (c *Outline) Selected(i, k int) interface{} {
	return feature.Mark(c.stages[i].Panels[k].Current, "true")
}

// Panel selects it; the focus stays in the list.
func (c *Outline) Panel(i, k int) {
	c.Screen.Send(feature.PanelChosen{Name: c.stages[i].Panels[k].Name})
}

// Swatch shows its kind.
func (c *Outline) Swatch(i, k int) string { return "swatch " + string(c.stages[i].Panels[k].Kind) }

// Shape returns its rows × columns.
func (c *Outline) Shape(i, k int) string {
	p := c.stages[i].Panels[k]
	return strconv.Itoa(p.Rows) + " × " + strconv.Itoa(p.Cols)
}
