package train

import (
	"fmt"
	"math"

	"glassbox/model"
	"glassbox/model/checkpoint/safetensors"
)

// State is all that changes during a training. Batches depend on the seed and the step alone, so there
// is no generator to remember.
type State struct {
	Step   int          // steps taken
	Model  *model.Model // the weights
	Mean   *model.Model // the average of each weight's gradient, AdamW's or Muon's
	Square *model.Model // and of the gradient's square
}

// InitialState returns the state before the first step of a recipe. With Sinusoids the position embedding begins as
// sinusoids (Vaswani et al., "Attention is all you need", arXiv:1706.03762, §3.5),
//
//	WPE[t, 2i]   = height · sin(t / 10000^(2i/C))
//	WPE[t, 2i+1] = height · cos(t / 10000^(2i/C))
//
// in which one token back is one turn, the same wherever it is: what a head has found out at one place
// holds at all others. From random positions it has to find it out for each.
func InitialState(c model.Config, r Recipe, seed uint64) (State, error) {
	s, err := NewState(c, seed)
	if err != nil || r.Sinusoids == 0 {
		return s, err
	}
	for t := range c.Context {
		row := s.Model.WPE.Row(t)
		for i := 0; i < c.Width; i += 2 {
			sin, cos := math.Sincos(float64(t) / math.Pow(10000, float64(i)/float64(c.Width)))
			row[i] = float32(r.Sinusoids * sin)
			if i+1 < c.Width {
				row[i+1] = float32(r.Sinusoids * cos)
			}
		}
	}
	return s, nil
}

// NewState returns the state before the first step: random weights, drawn by the seed.
func NewState(c model.Config, seed uint64) (State, error) {
	var s State
	var err error
	if c.Family != model.FamilyGPT2 || c.Activation != model.TanhGELU {
		return s, fmt.Errorf("a %s with %s can't be trained here; expected a gpt2 with gelu_new, whose way back is written", c.Family.Name(), c.Activation.Name())
	}
	for _, m := range []**model.Model{&s.Model, &s.Mean, &s.Square} {
		if *m, err = model.New(c); err != nil {
			return State{}, err
		}
	}
	s.Model.Randomize(seed)
	return s, nil
}

// Renew reduces a state to what the file of a shared model holds: matrices are rounded to half precision, and the
// averages become 0. So a training with a restart that is Anew can be repeated from the file of that step alone.
func (s *State) Renew() error {
	for _, p := range s.Model.Parameters() {
		if s.Model.Vector(p) {
			continue
		}
		rounded, err := safetensors.FromFloat16(p.Name, []int{p.Rows, p.Cols}, p.Data()).Float32()
		if err != nil {
			return err
		}
		copy(p.Data(), rounded)
	}
	for _, m := range []*model.Model{s.Mean, s.Square} {
		for _, p := range m.Parameters() {
			clear(p.Data())
		}
	}
	return nil
}
