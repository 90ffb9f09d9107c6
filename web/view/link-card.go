package view

import "glassbox/web/app"

// LinkCard shows the link, for readers whose browser copies nothing.
type LinkCard struct{ Screen *Screen }

// Close puts the link away.
func (c *LinkCard) Close() {
	c.Screen.Send(app.LinkClosed{})
	c.Screen.Do(Focus{"link"})
}
