package weights

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Card asks for an address, says which host would be asked and for what, and lists what the browser keeps.
type Card struct{ Screen *feature.Screen }

func (c *Card) state() State { return Of(c.Screen.State) }

// Text is what stands in the field.
func (c *Card) Text() string { return c.state().Text }

// Typed takes it over.
func (c *Card) Typed(event vugu.DOMEvent) {
	c.Screen.Send(Typed{event.PropString("target", "value")})
}

// Pressed says yes by Enter, if no character is being composed.
func (c *Card) Pressed(event vugu.DOMEvent) {
	if event.PropString("key") == "Enter" && !event.PropBool("isComposing") {
		event.PreventDefault()
		c.Confirm()
	}
}

// Says says what a yes would do, or why there can be none.
func (c *Card) Says() string {
	s := c.state()
	at, err := Parse(s.Text)
	switch {
	case s.Step == Asks && at.Host == "":
		return say.Weights.LooksHere()
	case s.Step == Asks:
		return say.Weights.Looks(at.Host)
	case s.Text == "":
		return say.Weights.Hint()
	case err != nil:
		return err.Error()
	case s.kept(at.Address):
		return say.Weights.FromKept(at.File)
	case s.Sealed:
		return say.Weights.Sealed()
	case at.Host == "":
		return say.Weights.WouldAskHere(at.File)
	}
	return say.Weights.WouldAsk(at.Host, at.File)
}

// Warns says what a yes means besides; "" nothing.
func (c *Card) Warns() string {
	if c.Unready() || c.Asks() || c.state().kept(c.at().Address) {
		return ""
	}
	return say.Weights.LoadsAnew()
}

func (c *Card) at() At {
	a, _ := Parse(c.state().Text)
	return a
}

// Said is what became of the last try.
func (c *Card) Said() string { return c.state().Said }

// Asks reports whether a host is asked.
func (c *Card) Asks() bool { return c.state().Step == Asks }

// Unready reports whether there is nothing to say yes to.
func (c *Card) Unready() bool {
	_, err := Parse(c.state().Text)
	return err != nil || c.state().Sealed && !c.state().kept(c.at().Address)
}

// Yes is what the button says.
func (c *Card) Yes() string {
	switch at := c.at(); {
	case c.Unready() || c.state().kept(at.Address):
		return say.Weights.Open()
	case at.Host == "":
		return say.Weights.AskHere()
	default:
		return say.Weights.Ask(at.Host)
	}
}

// Confirm says yes.
func (c *Card) Confirm() { c.Screen.Send(Confirmed{}) }

// Close closes the card.
func (c *Card) Close() { c.Screen.Send(Toggled{}) }

// Kept lists what the browser keeps.
func (c *Card) Kept() []Kept { return c.state().Kept }

// About says how much of a file is kept.
func (c *Card) About(k Kept) string {
	if k.Whole {
		return say.Bytes(k.Bytes)
	}
	return say.Weights.PartKept(say.Bytes(k.Bytes))
}

// Choose puts its address into the field.
func (c *Card) Choose(k Kept) {
	c.Screen.Send(Typed{k.Address})
	c.Screen.Do(feature.Focus{ID: "weights-confirm"})
}

// Delete has the browser forget it.
func (c *Card) Delete(k Kept) {
	c.Screen.Send(Deleted{k.Address})
	c.Screen.Do(feature.Focus{ID: "weights-address"})
}
