// Package outline is the feature that lists all steps and weights of the model: the scene, to be read.
package outline

import (
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// State is the list.
type State struct{ Open bool }

var memory = feature.MemoryOf[State]("outline")

// Toggled opens or closes the list.
type Toggled struct{}

// Of returns what is known of the list in a state.
func Of(s *feature.State) State { return memory.Get(s) }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   "outline",
		Parts:  []address.Part{{Name: "steps", Doc: say.Outline.Part()}},
		Handle: handle,
		Components: []feature.Component{{Slot: feature.SlotInspector, Order: 180, When: listed,
			Build: func(c *feature.Screen) vugu.Builder { return &List{Screen: c} }}},
		Random: func(*rand.Rand, *feature.State) []feature.Msg { return []feature.Msg{Toggled{}} },
	}
}

// listed reports whether there is a model in the scene to list.
func listed(c *feature.Screen) bool { return !c.State.Covered() }

func handle(u *feature.Change, m feature.Msg) bool {
	if _, ok := m.(Toggled); !ok {
		return false
	}
	memory.Set(&u.State, State{!Of(&u.State).Open})
	return true
}
