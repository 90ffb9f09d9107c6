package take

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Card offers a file where the page can't know whether it may save one.
type Card struct{ Screen *feature.Screen }

func (c *Card) file() *File { return Of(c.Screen.State).File }

// Title names the file.
func (c *Card) Title() string { return c.file().Name }

// Says tells why the reader is asked.
func (c *Card) Says() string {
	return "The file is ready, " + say.Bytes(c.file().Size) + ". This page stands in a frame of another page, which may forbid saving files. " + c.otherwise()
}

// otherwise is the way on.
func (c *Card) otherwise() string {
	switch f := c.file(); {
	case c.ByHand():
		return "The browser lets it copy nothing either: copy the text below by hand."
	case f.Copyable():
		return "If Save does nothing, copy the contents and paste them into a file of your own."
	case f.Format.Text():
		return "If Save does nothing, open Glassbox in a window of its own: the file is too large for the clipboard."
	case f.Format.Picture():
		return "If Save does nothing, open Glassbox in a window of its own, or take the SVG of a panel, which can be copied."
	}
	return "If Save does nothing, open Glassbox in a window of its own, or take CSV or JSON, which can be copied."
}

// Copyable reports whether the clipboard can hold it.
func (c *Card) Copyable() bool { return c.file().Copyable() && !c.ByHand() }

// ByHand reports whether the text is shown, for the clipboard was refused.
func (c *Card) ByHand() bool { return c.file().ByHand != "" }

// Save tries to save the file.
func (c *Card) Save() { c.Screen.Do(Save{}) }

// Copy puts it on the clipboard.
func (c *Card) Copy() { c.Screen.Do(Copy{}) }

// Text is the file, to be copied by hand.
func (c *Card) Text() string { return c.file().ByHand }

// Close puts the file away.
func (c *Card) Close() { c.Screen.Send(Closed{}) }
