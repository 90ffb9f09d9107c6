package train

import "glassbox/model"

// State is all that changes during a training. Batches depend on the seed and the step alone, so there
// is no generator to remember.
type State struct {
	Step   int          // steps taken
	Model  *model.Model // the weights
	Mean   *model.Model // the average of each weight's gradient, AdamW's or Muon's
	Square *model.Model // and of the gradient's square
}

// NewState returns the state before the first step: random weights, drawn by the seed.
func NewState(c model.Config, seed uint64) (State, error) {
	var s State
	var err error
	for _, m := range []**model.Model{&s.Model, &s.Mean, &s.Square} {
		if *m, err = model.New(c); err != nil {
			return State{}, err
		}
	}
	s.Model.Randomize(seed)
	return s, nil
}
