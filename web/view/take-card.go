package view

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// TakeCard offers a file where the page can't know whether it may save one.
type TakeCard struct{ Screen *feature.Screen }

// Title names the file.
func (c *TakeCard) Title() string { return c.Screen.State.Taking.File }

// Says tells why the reader is asked.
func (c *TakeCard) Says() string {
	return "The file is ready, " + say.Bytes(c.Screen.State.Taking.Size) + ". This page stands in a frame of another page, which may forbid saving files. " + c.otherwise()
}

// otherwise is the way on.
func (c *TakeCard) otherwise() string {
	switch t := c.Screen.State.Taking; {
	case c.ByHand():
		return "The browser lets it copy nothing either: copy the text below by hand."
	case t.Copyable():
		return "If Save does nothing, copy the contents and paste them into a file of your own."
	case t.Format.Text():
		return "If Save does nothing, open Glassbox in a window of its own: the file is too large for the clipboard."
	}
	if c.Screen.State.Taking.Format.Picture() {
		return "If Save does nothing, open Glassbox in a window of its own, or take the SVG of a panel, which can be copied."
	}
	return "If Save does nothing, open Glassbox in a window of its own, or take CSV or JSON, which can be copied."
}

// Copyable reports whether the clipboard can hold it.
func (c *TakeCard) Copyable() bool { return c.Screen.State.Taking.Copyable() && !c.ByHand() }

// ByHand reports whether the text is shown, for the clipboard was refused.
func (c *TakeCard) ByHand() bool { return c.Screen.State.Taking.ByHand != "" }

// Save tries to save the file.
func (c *TakeCard) Save() { c.Screen.Do(feature.SaveFile{}) }

// Copy puts it on the clipboard.
func (c *TakeCard) Copy() { c.Screen.Do(feature.CopyFile{}) }

// Close puts the file away.
func (c *TakeCard) Close() { c.Screen.Send(feature.TakeClosed{}) }
