// Package weights is the feature that opens models that are on no disk of the reader's: those that lie beside the page.
package weights

import (
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// State is what there is to open.
type State struct {
	Offers []Offer // what lies beside the page
}

// An Offer is a model that lies beside the page.
type Offer struct {
	feature.Origin
	Name  string
	Bytes int // of all its files
}

var memory = feature.MemoryOf[State]("weights")

// Listed tells at the start what lies beside the page.
type Listed struct{ Offers []Offer }

// Silent tells that it was there before the reader did anything.
func (Listed) Silent() {}

// Wanted opens the model of an address.
type Wanted struct{ Address string }

// Leads tells that this is another place.
func (Wanted) Leads() {}

// Fetch is the command to look at the files of a model beside the page: they come as open.Chosen.
type Fetch struct{ Address string }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   "weights",
		Handle: handle,
		Components: []feature.Component{
			{Slot: feature.SlotMenu, Order: 1, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Beside{Screen: c} }},
		},
		Random: random,
	}
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	return []feature.Msg{Wanted{feature.BesidePrefix + []string{"a", "b"}[r.IntN(2)]}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Listed:
		memory.Change(&u.State, func(s *State) { s.Offers = harmless(m.Offers) })
	case Wanted:
		want(u, m.Address)
	default:
		return false
	}
	return true
}

// harmless returns offers with names that can stand in a line.
func harmless(list []Offer) []Offer {
	list = slices.Clone(list)
	for i := range list {
		list[i].Name, list[i].Licence = say.Harmless(list[i].Name), say.Harmless(list[i].Licence)
	}
	return list
}

// want opens a model, or goes back to it if it is in the menu already.
func want(u *feature.Change, address string) {
	if c, ok := opened(&u.State, address); ok {
		u.Handle(feature.ModelChosen{ID: c.ID})
		return
	}
	if slices.ContainsFunc(memory.Get(&u.State).Offers, func(o Offer) bool { return o.Address == address }) {
		u.Do(Fetch{address})
	}
}

// opened returns the entry of the menu for the model of an address.
func opened(s *feature.State, address string) (feature.Choice, bool) {
	for _, c := range s.Models {
		if c.Source != nil && c.Source.Address == address {
			return c, true
		}
	}
	return feature.Choice{}, false
}

// left lists the models beside the page that have no entry in the menu yet.
func left(s *feature.State) (list []Offer) {
	for _, o := range memory.Get(s).Offers {
		if _, is := opened(s, o.Address); !is {
			list = append(list, o)
		}
	}
	return list
}

// offers reports whether there are such models.
func offers(c *feature.Screen) bool { return c.Live() && len(left(c.State)) > 0 }
