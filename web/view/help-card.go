package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// HelpCard lists the keys.
type HelpCard struct {
	Screen *feature.Screen
	keys   []feature.Key // of this build
}

// Compute asks for the keys.
func (c *HelpCard) Compute(vugu.ComputeCtx) { c.keys = c.Screen.State.Keys() }

// Key returns what stands on the key.
func (c *HelpCard) Key(i int) string { return c.keys[i].Label }

// Text says what it does.
func (c *HelpCard) Text(i int) string { return c.keys[i].Does }

// Close closes the card.
func (c *HelpCard) Close() {
	c.Screen.Send(feature.HelpToggled{})
	c.Screen.Do(feature.Focus{ID: "help"})
}

// Letters reports whether single characters are keys.
func (c *HelpCard) Letters() bool { return !c.Screen.State.LettersOff }

// ToggleLetters changes that.
func (c *HelpCard) ToggleLetters() { c.Screen.Send(feature.LettersToggled{}) }

// CloseOutside closes the card when the press was beside it.
func (c *HelpCard) CloseOutside(event vugu.DOMEvent) {
	if event.PropString("target", "id") == "help-veil" {
		c.Close()
	}
}
