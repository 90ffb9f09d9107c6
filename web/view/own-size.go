package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// OwnSize is the form for a configuration of the reader's.
type OwnSize struct{ Screen *feature.Screen }

// Shown is what stands in it.
func (c *OwnSize) Shown() feature.Own { return c.Screen.State.OwnShown() }

// Fields are its five numbers.
func (c *OwnSize) Fields() []feature.OwnField { return feature.OwnFields() }

// Letter names one.
func (c *OwnSize) Letter(i int) string { return feature.OwnFields()[i].Letter }

// Does says what it is.
func (c *OwnSize) Does(i int) string { return ", " + feature.OwnFields()[i].Does }

// Name is the id of its field.
func (c *OwnSize) Name(i int) string { return "own-" + feature.OwnFields()[i].Letter }

// Value is what stands in it.
func (c *OwnSize) Value(i int) string { return c.Shown().Fields[i] }

// Invalid reports whether what was typed is no model.
func (c *OwnSize) Invalid() string {
	return feature.Choose(c.Screen.State.Own.Problem() != "", "true", "false")
}

// Says tells what is wrong, or what comes of it.
func (c *OwnSize) Says() string {
	own := c.Screen.State.Own
	if p := own.Problem(); p != "" {
		return p
	}
	if k, err := own.Config(); err == nil {
		return say.Count(k.Parameters()) + " parameters. It stands beside the others as Yours."
	}
	return "Change a number, and the model stands beside the others."
}

// There reports whether anything was typed.
func (c *OwnSize) There() bool { return c.Screen.State.Own != feature.Own{} }

// Typed takes over a field.
func (c *OwnSize) Typed(event vugu.DOMEvent, i int) {
	c.Screen.Send(feature.OwnTyped{Field: i, Text: event.PropString("target", "value")})
}

// Tie takes over the box below them.
func (c *OwnSize) Tie(event vugu.DOMEvent) {
	c.Screen.Send(feature.OwnTied{On: event.PropBool("target", "checked")})
}

// Remove takes the size away.
func (c *OwnSize) Remove() {
	c.Screen.Send(feature.OwnRemoved{})
	c.Screen.Do(feature.Focus{ID: "own-V"})
}
