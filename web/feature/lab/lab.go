// Package lab is the feature that lists the tools with which a reader interferes with a run and looks behind it: a menu in the
// title bar, and where there is no room for that, entries of the menu of models. Features say which tools they are.
package lab

import (
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Opened opens the menu, or closes it.
type Opened struct{ On bool }

// State is the menu.
type State struct{ Open bool }

var memory = feature.MemoryOf[State]("lab")

// Of returns the menu of a state.
func Of(s *feature.State) State { return memory.Get(s) }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:    "lab",
		Touched: func(s *feature.State) { memory.Set(s, State{}) },
		Handle: func(u *feature.Change, m feature.Msg) bool {
			opened, ok := m.(Opened)
			if ok {
				memory.Set(&u.State, State{opened.On})
			}
			return ok
		},
		Forget: func(s *feature.State) { memory.Set(s, State{}) },
		Card: func(s *feature.State) feature.Card {
			return feature.Card{Open: Of(s).Open, Close: Opened{}, Order: 11}
		},
		Keys: []feature.Key{{Key: "l", Label: "L", Does: say.Lab.KeyDoes(), Msg: toggle}},
		Components: []feature.Component{
			{Slot: feature.SlotModels, Order: 20, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Menu{Screen: c} }},
			{Slot: feature.SlotMenu, Order: 20, When: offers, Build: func(c *feature.Screen) vugu.Builder { return &Entries{Screen: c} }},
		},
		Places: places,
		Random: func(r *rand.Rand, _ *feature.State) []feature.Msg { return []feature.Msg{Opened{r.IntN(2) == 0}} },
	}
}

// toggle opens the menu or closes it, if there is anything in it.
func toggle(s *feature.State) feature.Msg {
	if len(s.Tools()) == 0 {
		return nil
	}
	return Opened{!Of(s).Open}
}

// places has the finder find the tools.
func places(s *feature.State) (list []feature.Place) {
	for _, t := range s.Tools() {
		to := t.Go
		if t.On {
			to = Opened{} // what is in use stays so
		}
		list = append(list, feature.Place{Kind: say.Lab.Title(), Title: t.Title, Hint: t.Hint, ID: t.Title, Go: to, Focus: feature.TitleFocus, Tool: true})
	}
	return list
}

// offers reports whether there are tools, on a page that can do things.
func offers(c *feature.Screen) bool { return c.Live() && len(c.State.Tools()) > 0 }
