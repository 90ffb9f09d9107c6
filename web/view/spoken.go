package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// Spoken announces to screen readers what changed elsewhere than where the focus is: new
// tokens and predictions, the place where the reader is, and notices. Text and place also stand there to be read.
type Spoken struct {
	Screen           *feature.Screen
	text, place, now string // of this build
}

// Compute asks once for what is announced.
func (c *Spoken) Compute(vugu.ComputeCtx) {
	c.text, c.place = feature.Spoken(*c.Screen.State)
	c.now = c.Screen.Heard.Hear(*c.Screen.State)
}
