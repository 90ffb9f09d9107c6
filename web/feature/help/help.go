// Package help is the feature that shows the keys, and what the address of the page can say.
package help

import (
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// State is the help.
type State struct {
	Open bool // its card
}

var memory = feature.MemoryOf[State]("help")

// Toggled opens or closes the card.
type Toggled struct{}

// Of returns what the help shows in a state.
func Of(s *feature.State) State { return memory.Get(s) }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   "help",
		Parts:  []address.Part{{Name: "help", Doc: say.Help.Part()}},
		Handle: handle,
		Keys:   []feature.Key{{Key: "?", Label: "?", Does: say.Help.Key(), Msg: feature.Always(Toggled{})}},
		Card: func(s *feature.State) feature.Card {
			return feature.Card{Open: Of(s).Open, Modal: true, Key: "?", Close: Toggled{}, Order: 20}
		},
		Components: []feature.Component{
			{Slot: feature.SlotHeaderEnd, Order: 10, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
			{Slot: feature.SlotPage, Order: 40, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Card{Screen: c} }},
		},
		Random: func(*rand.Rand, *feature.State) []feature.Msg { return []feature.Msg{Toggled{}} },
	}
}

func isOpen(c *feature.Screen) bool { return Of(c.State).Open }

func handle(u *feature.Change, m feature.Msg) bool {
	if _, ok := m.(Toggled); !ok {
		return false
	}
	open := !Of(&u.State).Open
	if open {
		u.CloseCards("help") // one card at a time
	}
	memory.Set(&u.State, State{open})
	return true
}
