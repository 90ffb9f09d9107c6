package view

import "glassbox/web/feature"

// Watch opens and closes the flow.
type Watch struct{ Screen *feature.Screen }

// Can reports whether there is a run to be watched.
func (c *Watch) Can() bool { return c.Screen.State.Flow.On || c.Screen.State.CanWatch() }

// Pressed reports whether it is watched.
func (c *Watch) Pressed() string { return feature.Choose(c.Screen.State.Flow.On, "true", "false") }

// Toggle begins to watch, or stops.
func (c *Watch) Toggle() { c.Screen.Send(feature.FlowToggled{}) }
