package view

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// WalkStart leads into the walk, from where the whole model is described.
type WalkStart struct{ Screen *feature.Screen }

// Broken says why there is no walk.
func (c *WalkStart) Broken() string { return c.Screen.State.LessonProblem }

// Stops counts them, once they are read.
func (c *WalkStart) Stops() string {
	n := len(c.Screen.State.Lessons)
	if n == 0 {
		return "Short stops"
	}
	return strconv.Itoa(n) + feature.Choose(n == 1, " short stop", " short stops")
}

// Start goes to the first stop.
func (c *WalkStart) Start(vugu.DOMEvent) {
	c.Screen.Send(feature.WalkMoved{Stop: 1})
	c.Screen.Do(feature.Focus{ID: "walk-title"})
}
