package view

import (
	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// WalkPrint is all stops of the walk, one after another, for paper.
type WalkPrint struct{ Screen *feature.Screen }

// At counts the stops.
func (c *WalkPrint) At(i int) string { return stopOf(c.Screen, i+1) }

// Stops returns the lessons, as they are for this model.
func (c *WalkPrint) Stops() (pages []lesson.Page) {
	for _, p := range c.Screen.State.Lessons {
		pages = append(pages, p.For(c.Screen.State.Audience()))
	}
	return pages
}

// Pictured reports whether the production line belongs to stop i.
func (c *WalkPrint) Pictured(i int) bool { return c.Stops()[i].Picture == "line" }

// Run says which run the numbers are of.
func (c *WalkPrint) Run() string {
	text := ""
	for _, t := range c.Screen.State.Tokens {
		text += t.Text
	}
	return "The numbers are those of the model " + c.Screen.State.Choice().Label + " for the text " + text + "."
}
