package text

import "glassbox/web/feature"

// Unseen is a note on tokens that the model has never met.
type Unseen struct{ Screen *feature.Screen }

// Text is the note.
func (c *Unseen) Text() string { return note(c.Screen) }
