package steering

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Panel is the tool, in the inspector.
type Panel struct{ Screen *feature.Screen }

func (c *Panel) state() State { return Of(c.Screen.State) }

// To and Away are the texts of both sets.
func (c *Panel) To() string { return c.state().To }

// Away is the set from which the direction leads.
func (c *Panel) Away() string { return c.state().Away }

// TypedTo and TypedAway take over what the reader writes.
func (c *Panel) TypedTo(event vugu.DOMEvent) {
	c.Screen.Send(Typed{Text: event.PropString("target", "value")})
}

// TypedAway takes over the other set.
func (c *Panel) TypedAway(event vugu.DOMEvent) {
	c.Screen.Send(Typed{Away: true, Text: event.PropString("target", "value")})
}

// Steps lists where the direction can be added.
func (c *Panel) Steps() []model.Info { return Steps(c.Screen.State) }

// Chosen reports whether it is added there.
func (c *Panel) Chosen(i model.Info) bool { return i.Name == c.state().Step }

// Place names a step.
func (c *Panel) Place(i model.Info) string { return say.Steering.Behind(i.Block + 1) }

// Placed takes over where it is added.
func (c *Panel) Placed(event vugu.DOMEvent) {
	c.Screen.Send(Placed{event.PropString("target", "value")})
}

// Strength is the value of the slider.
func (c *Panel) Strength() string {
	return strconv.FormatFloat(float64(c.state().Strength), 'f', -1, 32)
}

// Shown is the strength as it is read.
func (c *Panel) Shown() string { return say.Fixed(float64(c.state().Strength), 2) }

// Limit is the end of the slider; Start its beginning.
func (c *Panel) Limit() string { return strconv.Itoa(Most) }

// Start is the beginning of the slider.
func (c *Panel) Start() string { return strconv.Itoa(-Most) }

// Moved takes over the strength.
func (c *Panel) Moved(event vugu.DOMEvent) {
	v, err := strconv.ParseFloat(event.PropString("target", "value"), 32)
	if err == nil {
		c.Screen.Send(Moved{float32(v)})
	}
}

// Off takes the direction away.
func (c *Panel) Off() { c.Screen.Send(Moved{0}) }

// Adds reports whether a direction is added.
func (c *Panel) Adds() bool { return c.state().Strength != 0 }

// Says tells what is missing or wrong; "" nothing.
func (c *Panel) Says() string {
	d := c.state()
	if lacks := d.Lacks(); lacks != "" {
		return lacks
	}
	for _, e := range c.Screen.State.Edited {
		if m, err := model.ParseEdit(e.Spec); err == nil && m.Do == model.ActSteer && e.Fault != nil {
			return say.Fault(e.Fault)
		}
	}
	return known.Get(c.Screen.State).fault
}

// mostPairs is how many next tokens are shown.
const mostPairs = 6

// Pairs are the most likely next tokens with the direction and without.
func (c *Panel) Pairs() []engine.Pair {
	if compared := c.Screen.State.Compared; compared != nil && c.Adds() {
		return compared.Tokens[:min(mostPairs, len(compared.Tokens))]
	}
	return nil
}

// Before and After are the chances of a token.
func (c *Panel) Before(p engine.Pair) string { return say.Percent(p.Before) }

// After is the chance with the direction.
func (c *Panel) After(p engine.Pair) string { return say.Percent(p.After) }

// Bar is how wide the bar of a chance is, of 100.
func (c *Panel) Bar(p float32) string { return say.Fixed(100*float64(p), 2) }

// Close closes the tool.
func (c *Panel) Close() { c.Screen.Send(Toggled{}) }
