package edits

import "glassbox/web/feature"

// Reminder says that the numbers are those of a run with edits, where the inspector is for something else.
type Reminder struct{ Screen *feature.Screen }

// Text counts the edits.
func (c *Reminder) Text() string { return Count(c.Screen.State.Edits) }

// Open shows them.
func (c *Reminder) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Button offers to change what is selected.
type Button struct{ Screen *feature.Screen }

// Open shows what can be changed.
func (c *Button) Open() {
	c.Screen.Send(Offered{})
	c.Screen.Do(feature.Focus{ID: firstOffer})
}
