package lessons

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Place is the line of the first stop once more, small: where on it this stop is, and what is done there.
type Place struct {
	Screen   *feature.Screen
	stations []Station // of this build
	here     int       // −1: at none
}

// Compute asks once for what the methods below read.
func (c *Place) Compute(vugu.ComputeCtx) {
	c.stations, c.here = Stations(c.Screen.State), -1
	for i := range c.stations {
		if c.stations[i].Here {
			c.here = i
		}
	}
}

// Shown reports whether the stop is somewhere on the line.
func (c *Place) Shown() bool { return c.here >= 0 }

// Class tells what the text has passed, and where it is.
func (c *Place) Class(i int) string {
	switch {
	case i == c.here:
		return "here"
	case i < c.here:
		return "passed"
	}
	return "ahead"
}

// Says is what is done here.
func (c *Place) Says() string {
	s := c.stations[c.here]
	return say.Lessons.PlaceSays(c.here+1, len(c.stations), s.Label, s.Job)
}
