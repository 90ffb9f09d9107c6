package lessons

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// Walk is a stop of the walk: what happens here, with the numbers of the run, and what to
// try. It stands in the place of the inspector's own words.
type Walk struct {
	Screen *feature.Screen
	page   lesson.Page // of this build
}

// Compute asks for the stop.
func (c *Walk) Compute(vugu.ComputeCtx) { c.page, _ = Stop(c.Screen.State) }

// At says how far the reader is.
func (c *Walk) At() string { return stopName(c.Screen, Of(c.Screen.State).Walk) }

// Pictured reports whether the production line belongs to the stop.
func (c *Walk) Pictured() bool { return c.page.Picture == pictureLine }

// Waits reports whether the numbers of the stop mean nothing yet.
func (c *Walk) Waits() bool {
	s := c.Screen.State
	return s.Phase == feature.Ready && (s.Muted || len(s.Tokens) == 0)
}

// Example is the text that helps then.
func (c *Walk) Example() string { return c.Screen.State.Choice().Example }

// Write puts it there.
func (c *Walk) Write() { c.Screen.Send(feature.PromptChanged{Text: c.Example()}) }

// Leave goes back to where the reader was.
func (c *Walk) Leave() { leaveWalk(c.Screen) }

// Key moves along the walk.
func (c *Walk) Key(event vugu.DOMEvent) { walkKey(c.Screen, event) }

// stopName names a stop, counted from 1.
func stopName(c *feature.Screen, stop int) string {
	return Of(c.State).part(stop).at(stop)
}

func leaveWalk(c *feature.Screen) {
	c.Send(Moved{})
	c.Do(feature.Focus{ID: feature.TitleFocus})
}

// walkKey moves along the walk by the arrows to left and right, while it has the focus.
func walkKey(c *feature.Screen, event vugu.DOMEvent) {
	for _, held := range []string{"ctrlKey", "metaKey", "altKey", "shiftKey"} {
		if event.PropBool(held) {
			return
		}
	}
	by, ok := map[string]int{"ArrowRight": 1, "ArrowLeft": -1}[event.PropString("key")]
	if !ok {
		return
	}
	event.PreventDefault()
	if m := onward(by)(c.State); m != nil {
		c.Send(m)
	}
}
