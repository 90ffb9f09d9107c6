package consent

import "glassbox/web/feature"

// Card asks the reader whether another page may read the file that they opened.
type Card struct{ Screen *feature.Screen }

// File returns its name.
func (c *Card) File() string { return c.Screen.State.Choice().Source.Name }

// Allow gives it.
func (c *Card) Allow() { c.answer(true) }

// Refuse keeps it.
func (c *Card) Refuse() { c.answer(false) }

func (c *Card) answer(yes bool) {
	c.Screen.Send(Answered{yes})
	c.Screen.Do(feature.Focus{ID: feature.SceneFocus})
}
