package weights

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Beside lists in the menu of models those that lie beside the page.
type Beside struct{ Screen *feature.Screen }

// Offers lists them.
func (c *Beside) Offers() []Offer { return left(c.Screen.State) }

// Choose opens one.
func (c *Beside) Choose(o Offer) {
	c.Screen.Send(Wanted{o.Address})
	c.Screen.Do(feature.Focus{ID: "model"})
}

// About says how large the model is, and under which licence it stands.
func (c *Beside) About(o Offer) string {
	if o.Licence == "" {
		return say.Weights.SizeAlone(say.Bytes(o.Bytes))
	}
	return say.Weights.SizeAndLicence(say.Bytes(o.Bytes), o.Licence)
}
