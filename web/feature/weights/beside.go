package weights

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Beside lists in the menu of models those that lie beside the page.
type Beside struct{ Screen *feature.Screen }

// left lists the models beside the page that have no entry in the menu yet.
func left(s *feature.State) (list []Offer) {
	for _, o := range Of(s).Offers {
		if _, is := s.From(o.Address); !is {
			list = append(list, o)
		}
	}
	return list
}

// offers reports whether there are such models.
func offers(c *feature.Screen) bool { return c.Live() && len(left(c.State)) > 0 }

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

// Entry leads from the menu of models to the card for an address.
type Entry struct{ Screen *feature.Screen }

// Open opens the card.
func (c *Entry) Open() { c.Screen.Send(Toggled{}) }
