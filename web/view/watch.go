package view

import "glassbox/web/app"

// Watch opens the flow.
type Watch struct{ Root *Root }

// Can reports whether there is a run to be watched.
func (c *Watch) Can() bool { return c.Root.State.CanWatch() }

// Open begins to watch it.
func (c *Watch) Open() {
	c.Root.send(app.FlowToggled{})
	c.Root.act(Focus{choose(c.Root.State.Still(), "flow-on", "flow-play")})
}
