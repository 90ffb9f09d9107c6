package view

import "glassbox/web/feature"

// Brief is the number that the reader points at, in a line at the top of the inspector.
type Brief struct{ Screen *feature.Screen }

// Unseen is a note on tokens that the model has never met.
type Unseen struct{ Screen *feature.Screen }

// Text is the note.
func (c *Unseen) Text() string { return unseen(c.Screen) }
