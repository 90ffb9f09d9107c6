package reading

import (
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Written is the text as it reads.
type Written struct{ Screen *feature.Screen }

// Given is what was typed.
func (c Written) Given() string { return c.Screen.State.Text }

// Continued is what the model has written so far; an answer begins a line, for it is another's.
func (c Written) Continued() string {
	text := c.Screen.State.Continued()
	if c.Screen.State.Form == engine.FormChat && text != "" {
		text = "\n" + text
	}
	return text
}

// Copy puts both on the clipboard.
func (c *Written) Copy() {
	c.Screen.Do(feature.Copy{Text: c.Given() + c.Continued(), What: say.Reading.Text()})
}
