package help

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/view"
)

// Card lists the keys.
type Card struct {
	Screen *feature.Screen
	keys   []feature.Key // of this build
}

// Compute asks for the keys.
func (c *Card) Compute(vugu.ComputeCtx) { c.keys = c.Screen.State.Keys() }

// Key returns what stands on the key.
func (c *Card) Key(i int) string { return c.keys[i].Label }

// Text says what it does.
func (c *Card) Text(i int) string { return c.keys[i].Does }

// Close closes the card.
func (c *Card) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: "help"})
}

// Letters reports whether single characters are keys.
func (c *Card) Letters() bool { return !c.Screen.State.LettersOff }

// ToggleLetters changes that.
func (c *Card) ToggleLetters() { c.Screen.Send(feature.LettersToggled{}) }

// CloseOutside closes the card when the press was beside it.
func (c *Card) CloseOutside(event vugu.DOMEvent) {
	if event.PropString("target", "id") == "help-veil" {
		c.Close()
	}
}

// Icon draws a picture of the shell.
func (c *Card) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Button opens the card.
type Button struct{ Screen *feature.Screen }

// Open opens it.
func (c *Button) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: "help-close"})
}

// Expanded says whether it is open.
func (c *Button) Expanded() string { return feature.Choose(isOpen(c.Screen), "true", "false") }

// Icon draws a picture of the shell.
func (c *Button) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }
