package edits

import (
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Show is the switch between the numbers before the edits, those after, and the difference.
type Show struct{ Screen *feature.Screen }

// Shows are its positions.
func (c *Show) Shows() []engine.Show {
	return []engine.Show{engine.ShowBefore, engine.ShowAfter, engine.ShowDifference}
}

// Label names one of them.
func (c *Show) Label(w engine.Show) string {
	switch w {
	case engine.ShowBefore:
		return say.Edits.ShowBefore()
	case engine.ShowDifference:
		return say.Edits.ShowDifference()
	}
	return say.Edits.ShowAfter()
}

// ID is that of its button.
func (c *Show) ID(w engine.Show) string {
	return "show-" + feature.Choose(w == engine.ShowAfter, "after", string(w))
}

// Pressed says whether it is on, and Choose turns it on.
func (c *Show) Pressed(w engine.Show) string {
	return feature.Choose(c.Screen.State.Show == w, "true", "false")
}

// Choose is described at Pressed.
func (c *Show) Choose(w engine.Show) { c.Screen.Send(feature.ShowChosen{Show: w}) }
