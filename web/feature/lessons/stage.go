package lessons

import (
	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Stage says in plain words what happens at the stage where the reader is, or in
// the model as a whole, and leads to its panels.
type Stage struct {
	Screen        *feature.Screen
	text          explain.StageText // of this build
	facts         []explain.Pair
	stages, parts []run.StageInfo
	at            int // which of the stages, from 1; 0: none
	names         []string
}

// mostPanels is how many panels of a stage are listed; the others are found in the scene.
const mostPanels = 24

// Compute asks once for what the methods below read.
func (c *Stage) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.text, c.parts, c.at = c.Screen.StageText(), nil, 0
	c.stages = feature.Stages(*s)
	for i, stage := range c.stages {
		if stage.Current {
			c.at, c.parts = i+1, stage.Parts
		}
	}
	c.facts = c.text.Facts
	if s.Stage == run.StageOverview {
		c.facts = c.sizes()
	}
	c.names = c.listed(feature.StageNames(*s))
}

// listed returns the panels to list: of the heads, which are all alike, only the first
// one's; none for a whole block, whose parts list them.
func (c *Stage) listed(names []string) (list []string) {
	for _, name := range names {
		if info, _ := c.Screen.State.Info(name); info.Head <= 0 {
			list = append(list, name)
		}
	}
	if len(list) > mostPanels {
		return nil
	}
	return list
}

// sizes describes the whole model in one line; Parameters says more.
func (c *Stage) sizes() []explain.Pair {
	sizes := c.Screen.State.Config
	return []explain.Pair{
		{Label: say.Lessons.Parameters(), Value: say.Count(sizes.Parameters())},
		{Label: say.Lessons.Blocks(), Value: say.Count(sizes.Blocks)},
		{Label: say.Lessons.Heads(), Value: say.Count(sizes.Heads)},
		{Label: say.Lessons.Width(), Value: say.Count(sizes.Width)},
	}
}

// FactsClass sets the sizes of the model in a line, and what a stage says in rows.
func (c *Stage) FactsClass() string {
	return feature.Choose(c.Screen.State.Stage == run.StageOverview, "facts", "facts rows")
}

// Kicker stands over the title.
func (c *Stage) Kicker() string {
	if c.at > 0 {
		return say.Lessons.StageAt(c.at, len(c.stages))
	}
	if label := c.Screen.State.Choice().Label; label != "" {
		return say.Lessons.NamedModel(label)
	}
	return say.Lessons.Model()
}

// PartID returns the part of a block as it stands in the URL.
func (c *Stage) PartID(i int) string { return string(c.parts[i].ID) }

// PartCurrent marks the part where the reader is.
func (c *Stage) PartCurrent(i int) interface{} { return feature.Mark(c.parts[i].Current, "step") }

// Part goes there.
func (c *Stage) Part(i int) { c.Screen.Send(feature.StageChosen{Stage: c.parts[i].ID}) }

// Panel selects a panel.
func (c *Stage) Panel(name string) { c.Screen.Follow(name) }

// SwatchClass shows the kind of a panel.
func (c *Stage) SwatchClass(name string) string { return "swatch " + c.Screen.KindOf(name) }

// Name returns what a panel is called.
func (c *Stage) Name(name string) string {
	info, _ := c.Screen.State.Info(name)
	title, _, _ := c.Screen.State.View().About(info)
	if info.Head >= 0 {
		return say.Lessons.TitleOfHead(title, info.Head+1)
	}
	return title
}

// Shape returns its rows × columns.
func (c *Stage) Shape(name string) string {
	info, _ := c.Screen.State.Info(name)
	return view.Sizes(info.Rows, info.Cols)
}

// Panels are what features offer for the stage.
func (c *Stage) Panels() []vugu.Builder { return view.Components(c.Screen, feature.SlotSubject) }
