package view

import (
	"fmt"

	"github.com/vugu/vugu"

	"glassbox/web/app"
	"glassbox/web/lesson"
)

// Walk is a stop of the walk: what happens here, with the numbers of the run, and what to
// try. It stands in the place of the inspector's own words.
type Walk struct {
	Screen *Screen
	page   lesson.Page // of this build
}

// Compute asks for the stop.
func (c *Walk) Compute(vugu.ComputeCtx) { c.page, _ = c.Screen.State.Stop() }

// At says how far the reader is.
func (c *Walk) At() string { return c.Screen.stopAt() }

// Spoken is read aloud when it changes.
func (c *Walk) Spoken() string { return c.Screen.stopAt() + ": " + c.page.Title + "." }

// Pictured reports whether the production line belongs to the stop.
func (c *Walk) Pictured() bool { return c.page.Picture == "line" }

// Waits reports whether the numbers of the stop mean nothing yet.
func (c *Walk) Waits() bool {
	s := c.Screen.State
	return s.Phase == app.Ready && (s.Muted || len(s.Tokens) == 0)
}

// Example is the text that helps then.
func (c *Walk) Example() string { return c.Screen.State.Choice().Example }

// Write puts it there.
func (c *Walk) Write() { c.Screen.Send(app.PromptChanged{Text: c.Example()}) }

// Leave goes back to where the reader was.
func (c *Walk) Leave() { c.Screen.leaveWalk() }

// Key moves along the walk.
func (c *Walk) Key(event vugu.DOMEvent) { c.Screen.walkKey(event) }

// stopAt says how far the reader is on the walk.
func (c *Screen) stopAt() string { return c.stopOf(c.State.Walk) }

// stopOf names a stop, counted from 1.
func (c *Screen) stopOf(stop int) string {
	return fmt.Sprintf("Stop %d of %d", stop, len(c.State.Lessons))
}

// walks reports whether the reader is on the walk.
func (c *Screen) walks() bool {
	_, ok := c.State.Stop()
	return ok
}

func (c *Screen) leaveWalk() {
	c.Send(app.WalkMoved{})
	c.Do(Focus{"title"})
}

// walkKey moves along the walk by the arrows to left and right, while it has the focus.
func (c *Screen) walkKey(event vugu.DOMEvent) {
	for _, held := range []string{"ctrlKey", "metaKey", "altKey", "shiftKey"} {
		if event.PropBool(held) {
			return
		}
	}
	key, ok := map[string]string{"ArrowRight": "n", "ArrowLeft": "b"}[event.PropString("key")]
	if !ok {
		return
	}
	event.PreventDefault()
	if m := app.KeyPressed(*c.State, key); m != nil {
		c.Send(m)
	}
}
