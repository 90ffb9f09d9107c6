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
	return say.Take.FileReady(say.Bytes(c.file().Size)) + " " + c.otherwise()
}

// otherwise is the way on.
func (c *Card) otherwise() string {
	switch f := c.file(); {
	case c.ByHand():
		return say.Take.CopyByHand()
	case f.Copyable():
		return say.Take.CopyInstead()
	case f.Format.Text():
		return say.Take.TooLarge()
	case f.Format.Picture():
		return say.Take.PictureInstead()
	}
	return say.Take.TextInstead()
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
