// Package compare is the feature that compares the run on the page with a second one: of another text, of another model, or of
// the same model in another type of numbers.
package compare

import (
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
)

// name is that of the feature and of its memory.
const name = "compare"

// State is the comparison.
type State struct {
	Other     run.Run // the second one: what is known of it, as State.Run is of the first
	Name      string  // of the first, for a heading above its picture: "This text"
	OtherName string  // of the second: "The other text"
	Side      bool    // both pictures stand side by side
	Diff      bool    // the scene shows how far the numbers of the first are above those of the second
	Run       int     // counts runs of the second; 0: none yet
}

// Commands to the page.
type (
	// ShowOther hands the second scene a new structure: the steps and tokens of the second run. Its numbers follow.
	ShowOther struct{ Run run.Run }
	// OtherValues hands it numbers.
	OtherValues struct{ List []engine.Values }
	// OtherCoarse hands it averages, of tensors whose numbers are too many.
	OtherCoarse struct{ List []engine.Coarse }
)

var memory = feature.MemoryOf[State](name)

// Of returns the comparison of a state, which is not to be changed.
func Of(s *feature.State) *State {
	c := memory.Get(s)
	return &c
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   name,
		Forget: func(s *feature.State) { memory.Set(s, State{}) },
	}
}
