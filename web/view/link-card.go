package view

import "glassbox/web/feature"

// LinkCard shows the link, for readers whose browser copies nothing.
type LinkCard struct{ Screen *feature.Screen }

// Close puts the link away.
func (c *LinkCard) Close() {
	c.Screen.Send(feature.LinkClosed{})
	c.Screen.Do(feature.Focus{ID: "link"})
}
