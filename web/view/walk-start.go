package view

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/app"
)

// WalkStart leads into the walk, from where the whole model is described.
type WalkStart struct{ Root *Root }

// Broken says why there is no walk.
func (c *WalkStart) Broken() string { return c.Root.State.LessonProblem }

// Stops counts them, once they are read.
func (c *WalkStart) Stops() string {
	n := len(c.Root.State.Lessons)
	if n == 0 {
		return "Short stops"
	}
	return strconv.Itoa(n) + choose(n == 1, " short stop", " short stops")
}

// Start goes to the first stop.
func (c *WalkStart) Start(vugu.DOMEvent) {
	c.Root.send(app.WalkMoved{Stop: 1})
	c.Root.act(Focus{"walk-title"})
}
