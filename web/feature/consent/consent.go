// Package consent is the feature that keeps a file of the reader's to the reader: what its model holds and computes, and the
// text that was typed for it, goes to another page only after a yes.
package consent

import (
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// State is what the reader has answered, if the page around this one, or the page that opened it, has asked.
type State struct {
	model string // the file's that it is about, as the id of its model
	asked bool   // and not answered yet
	given bool
}

var memory = feature.MemoryOf[State]("consent")

// What happens to the question.
type (
	// Asked says that another page wants to know something of the model.
	Asked struct{}
	// Answered is the reader's answer.
	Answered struct{ Yes bool }
)

// Silent tells that another page asks, not the reader.
func (Asked) Silent() {}

// Given reports whether another page may have what this one shows: always, but for a model from a file of the reader's.
func Given(s *feature.State) bool {
	c := memory.Get(s)
	return s.Choice().Source == nil || c.given && c.model == s.Model
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   "consent",
		Handle: handle,
		Card: func(s *feature.State) feature.Card {
			return feature.Card{Open: asks(s), Close: Answered{}, Order: 45}
		},
		Components: []feature.Component{{Slot: feature.SlotScene, Order: 95,
			When:  func(c *feature.Screen) bool { return asks(c.State) },
			Build: func(c *feature.Screen) vugu.Builder { return &Card{Screen: c} }}},
		Random: func(r *rand.Rand, _ *feature.State) []feature.Msg {
			return []feature.Msg{Asked{}, Answered{r.IntN(2) == 0}}
		},
	}
}

// asks reports whether the question stands there. It goes with its model.
func asks(s *feature.State) bool {
	c := memory.Get(s)
	return c.asked && c.model == s.Model && s.Choice().Source != nil
}

// handle asks once for each file, and takes the answer.
func handle(u *feature.Change, m feature.Msg) bool {
	c := memory.Get(&u.State)
	switch m := m.(type) {
	case Asked:
		if u.Choice().Source != nil && c.model != u.Model {
			memory.Set(&u.State, State{model: u.Model, asked: true})
		}
	case Answered:
		if asks(&u.State) {
			memory.Set(&u.State, State{model: u.Model, given: m.Yes})
		}
	default:
		return false
	}
	return true
}
