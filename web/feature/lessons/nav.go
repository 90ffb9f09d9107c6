package lessons

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Nav leads to the stop before and to the next one. It stays in view while the text of
// a stop scrolls.
type Nav struct{ Screen *feature.Screen }

func (c *Nav) walk() State { return Of(c.Screen.State) }

// First reports whether there is no stop before.
func (c *Nav) First() bool { return c.walk().Walk <= 1 }

// Last reports whether there is none behind.
func (c *Nav) Last() bool { return c.walk().Walk >= len(c.walk().Pages) }

// NextLabel says what comes.
func (c *Nav) NextLabel() string {
	if p, begins := c.walk().next(c.walk().Walk); begins {
		return say.Lessons.OnTo(p.name)
	}
	return feature.Choose(c.Last(), say.Lessons.Leave(), say.Lessons.NextButton())
}

// NextName says it with the title of the stop, for those who hear it.
func (c *Nav) NextName() string {
	if c.Last() {
		return say.Lessons.Leave()
	}
	return say.Lessons.NextStop(stopFor(c.Screen.State, c.walk().Walk+1).Title)
}

// Back goes to the stop before.
func (c *Nav) Back() { c.Screen.Send(Moved{Stop: c.walk().Walk - 1}) }

// Next goes on, and from the last stop back to where the reader was.
func (c *Nav) Next() {
	if c.Last() {
		leaveWalk(c.Screen)
		return
	}
	c.Screen.Send(Moved{Stop: c.walk().Walk + 1})
}

// Share is how much of this part of the walk lies behind the reader.
func (c *Nav) Share() string {
	at := c.walk().Walk
	p := c.walk().part(at)
	return view.Share(float64(at-p.first+1) / float64(max(1, p.last-p.first+1)))
}

// Key moves along the walk.
func (c *Nav) Key(event vugu.DOMEvent) { walkKey(c.Screen, event) }
