package sizes

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Form is the form for a configuration of the reader's.
type Form struct{ Screen *feature.Screen }

// Shown is what stands in it.
func (c *Form) Shown() Own { return OwnShown(c.Screen.State) }

// Fields are its five numbers.
func (c *Form) Fields() []OwnField { return OwnFields() }

// Letter names one.
func (c *Form) Letter(i int) string { return OwnFields()[i].Letter }

// Does says what it is.
func (c *Form) Does(i int) string { return say.Sizes.LetterDoes(OwnFields()[i].Does()) }

// Name is the id of its field.
func (c *Form) Name(i int) string { return "own-" + OwnFields()[i].Letter }

// Value is what stands in it.
func (c *Form) Value(i int) string { return c.Shown().Fields[i] }

// Invalid reports whether what was typed is no model.
func (c *Form) Invalid() string {
	return feature.Choose(OwnOf(c.Screen.State).Problem() != "", "true", "false")
}

// Says tells what is wrong, or what comes of it.
func (c *Form) Says() string {
	own := OwnOf(c.Screen.State)
	if p := own.Problem(); p != "" {
		return p
	}
	if k, err := own.Config(); err == nil {
		return say.Sizes.OwnParameters(k.Parameters())
	}
	return say.Sizes.OwnHint()
}

// There reports whether anything was typed.
func (c *Form) There() bool { return OwnOf(c.Screen.State) != (Own{}) }

// Typed takes over a field.
func (c *Form) Typed(event vugu.DOMEvent, i int) {
	c.Screen.Send(OwnTyped{Field: i, Text: event.PropString("target", "value")})
}

// Tie takes over the box below them.
func (c *Form) Tie(event vugu.DOMEvent) {
	c.Screen.Send(OwnTied{On: event.PropBool("target", "checked")})
}

// Remove takes the size away.
func (c *Form) Remove() {
	c.Screen.Send(OwnRemoved{})
	c.Screen.Do(feature.Focus{ID: "own-V"})
}
