package view

import "glassbox/web/app"

// Watch opens and closes the flow.
type Watch struct{ Root *Root }

// Can reports whether there is a run to be watched.
func (c *Watch) Can() bool { return c.Root.State.Flow.On || c.Root.State.CanWatch() }

// Pressed reports whether it is watched.
func (c *Watch) Pressed() string { return choose(c.Root.State.Flow.On, "true", "false") }

// Toggle begins to watch, or stops.
func (c *Watch) Toggle() { c.Root.send(app.FlowToggled{}) }
