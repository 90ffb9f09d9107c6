package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/app"
)

// HelpCard lists the keys.
type HelpCard struct {
	Root *Root
	keys []app.Key // of this build
}

// Compute asks for the keys.
func (c *HelpCard) Compute(vugu.ComputeCtx) { c.keys = app.Keys() }

// Key returns what stands on the key.
func (c *HelpCard) Key(i int) string { return c.keys[i].Label }

// Text says what it does.
func (c *HelpCard) Text(i int) string { return c.keys[i].Does }

// Close closes the card.
func (c *HelpCard) Close() {
	c.Root.send(app.HelpToggled{})
	c.Root.act(Focus{"help"})
}

// Letters reports whether single characters are keys.
func (c *HelpCard) Letters() bool { return !c.Root.State.LettersOff }

// ToggleLetters changes that.
func (c *HelpCard) ToggleLetters() { c.Root.send(app.LettersToggled{}) }

// CloseOutside closes the card when the press was beside it.
func (c *HelpCard) CloseOutside(event vugu.DOMEvent) {
	if event.PropString("target", "id") == "help-veil" {
		c.Close()
	}
}
