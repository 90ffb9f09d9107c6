package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// WalkNav leads to the stop before and to the next one. It stays in view while the text of
// a stop scrolls.
type WalkNav struct{ Screen *feature.Screen }

// First reports whether there is no stop before.
func (c *WalkNav) First() bool { return c.Screen.State.Walk <= 1 }

// Last reports whether there is none behind.
func (c *WalkNav) Last() bool { return c.Screen.State.Walk >= len(c.Screen.State.Lessons) }

// NextLabel says what comes.
func (c *WalkNav) NextLabel() string { return feature.Choose(c.Last(), "Leave the walk", "Next") }

// NextName says it with the title of the stop, for those who hear it.
func (c *WalkNav) NextName() string {
	if c.Last() {
		return "Leave the walk"
	}
	return "Next: " + c.Screen.State.Lessons[c.Screen.State.Walk].Title
}

// Back goes to the stop before.
func (c *WalkNav) Back() { c.Screen.Send(feature.WalkMoved{Stop: c.Screen.State.Walk - 1}) }

// Next goes on, and from the last stop back to where the reader was.
func (c *WalkNav) Next() {
	if c.Last() {
		leaveWalk(c.Screen)
		return
	}
	c.Screen.Send(feature.WalkMoved{Stop: c.Screen.State.Walk + 1})
}

// Share is how much of the walk lies behind the reader.
func (c *WalkNav) Share() string {
	return Share(float64(c.Screen.State.Walk) / float64(max(1, len(c.Screen.State.Lessons))))
}

// Key moves along the walk.
func (c *WalkNav) Key(event vugu.DOMEvent) { walkKey(c.Screen, event) }
