package view

import "glassbox/web/app"

// LinkCard shows the link, for readers whose browser copies nothing.
type LinkCard struct{ Root *Root }

// Close puts the link away.
func (c *LinkCard) Close() {
	c.Root.send(app.LinkClosed{})
	c.Root.act(Focus{"link"})
}
