package train

import (
	"fmt"
	"math"
	"slices"
)

// A Recipe says how a model is trained.
type Recipe struct {
	Steps int // in all
	Batch int // texts in a batch

	// The learning rate rises from 0 to Rate during WarmUp steps, stays there until step Hold, then falls along
	// half a cosine to FinalRate at the end. While it stays, nothing depends on Steps, so a training that
	// needs more of them can be given more. With Restarts, by rising steps, each is the end of the fall
	// before it and begins another (warm restarts, Loshchilov and Hutter, arXiv:1608.03983).
	Rate, FinalRate float64
	WarmUp, Hold    int
	Restarts        []Restart

	// The position embedding begins as sinusoids of this height; 0: as random numbers, like all else. See [InitialState].
	Sinusoids float64

	Beta1, Beta2 float64 // how much of AdamW's two averages stays at each step
	Epsilon      float64 // keeps AdamW from dividing by zero
	Decay        float64 // of matrices, per step and learning rate
	Momentum     float64 // of Muon, which moves the matrices inside the blocks; 0: AdamW moves all weights
	Clip         float64 // the longest gradient that is not shortened; 0 means any
}

// A Restart is a step from which the learning rate falls again, and from where.
type Restart struct {
	Step int
	Rate float64
	Anew bool // the state is reduced to what a file would hold; see [State.Renew]
}

// WithSteps returns the recipe for another number of steps, with Hold and Restarts at the same share of them.
func (r Recipe) WithSteps(steps int) Recipe {
	share := func(step int) int { return int(int64(step) * int64(steps) / int64(r.Steps)) }
	r.Hold, r.Restarts = share(r.Hold), slices.Clone(r.Restarts)
	for i := range r.Restarts {
		r.Restarts[i].Step = share(r.Restarts[i].Step)
	}
	r.Steps = steps
	return r
}

// Validate returns an error that names the first setting that makes no sense.
func (r Recipe) Validate() error {
	for _, s := range []struct {
		name      string
		value     float64
		low, high float64
	}{
		{"steps", float64(r.Steps), 1, 1e9}, {"batch", float64(r.Batch), 1, 1e6},
		{"rate", r.Rate, 0, 1}, {"final rate", r.FinalRate, 0, 1}, {"warm-up", float64(r.WarmUp), 0, 1e9}, {"hold", float64(r.Hold), 0, 1e9},
		{"beta 1", r.Beta1, 0, 0.9999}, {"beta 2", r.Beta2, 0, 0.999999}, {"epsilon", r.Epsilon, 1e-30, 1},
		{"decay", r.Decay, 0, 10}, {"momentum", r.Momentum, 0, 0.9999}, {"sinusoids", r.Sinusoids, 0, 1}, {"clip", r.Clip, 0, math.Inf(1)},
	} {
		if !(s.value >= s.low && s.value <= s.high) {
			return fmt.Errorf("%s is %v; expected %v to %v", s.name, s.value, s.low, s.high)
		}
	}
	last := 0
	for i, a := range r.Restarts {
		if a.Step < last || a.Step > r.Steps || !(a.Rate >= 0 && a.Rate <= 1) {
			return fmt.Errorf("restart %d is at step %d with the rate %v; expected a step from %d to %d and a rate from 0 to 1", i+1, a.Step, a.Rate, last, r.Steps)
		}
		last = a.Step
	}
	return nil
}

// RateAt returns the learning rate of a step, counted from 0.
func (r Recipe) RateAt(step int) float64 {
	if step < r.WarmUp {
		return r.Rate * float64(step+1) / float64(r.WarmUp)
	}
	high, from, end := r.Rate, max(r.WarmUp, r.Hold), r.Steps
	for _, a := range r.Restarts {
		if step < a.Step {
			end = a.Step
			break
		}
		high, from = a.Rate, a.Step
	}
	done := max(0, float64(step-from)) / float64(max(1, end-from))
	cosine := (1 + math.Cos(math.Pi*min(1, done))) / 2
	return r.FinalRate + (high-r.FinalRate)*cosine
}
