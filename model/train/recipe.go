package train

import (
	"fmt"
	"math"
)

// A Recipe says how a model is trained.
type Recipe struct {
	Steps int // in all
	Batch int // texts in a batch

	// The learning rate rises from 0 to Rate during WarmUp steps, then falls along half a cosine to
	// FinalRate at the end.
	Rate, FinalRate float64
	WarmUp          int

	// Cycle is after how many steps the rate begins anew, 0 for never: what was good enough after one
	// cycle is a place to go on from (warm restarts, Loshchilov and Hutter, arXiv:1608.03983).
	Cycle int

	Beta1, Beta2 float64 // how much of AdamW's two averages stays at each step
	Epsilon      float64 // keeps AdamW from dividing by zero
	Decay        float64 // of matrices, per step and learning rate
	Momentum     float64 // of Muon, which moves the matrices inside the blocks; 0: AdamW moves all weights
	Clip         float64 // the longest gradient that is not shortened; 0 means any
}

// Validate returns an error that names the first setting that makes no sense.
func (r Recipe) Validate() error {
	for _, s := range []struct {
		name      string
		value     float64
		low, high float64
	}{
		{"steps", float64(r.Steps), 1, 1e9}, {"batch", float64(r.Batch), 1, 1e6},
		{"rate", r.Rate, 0, 1}, {"final rate", r.FinalRate, 0, 1}, {"warm-up", float64(r.WarmUp), 0, 1e9}, {"cycle", float64(r.Cycle), 0, 1e9},
		{"beta 1", r.Beta1, 0, 0.9999}, {"beta 2", r.Beta2, 0, 0.999999}, {"epsilon", r.Epsilon, 1e-30, 1},
		{"decay", r.Decay, 0, 10}, {"momentum", r.Momentum, 0, 0.9999}, {"clip", r.Clip, 0, math.Inf(1)},
	} {
		if !(s.value >= s.low && s.value <= s.high) {
			return fmt.Errorf("%s is %v; expected %v to %v", s.name, s.value, s.low, s.high)
		}
	}
	return nil
}

// RateAt returns the learning rate of a step, counted from 0.
func (r Recipe) RateAt(step int) float64 {
	last := r.Steps
	if r.Cycle > 0 {
		step, last = step%r.Cycle, r.Cycle
	}
	if step < r.WarmUp {
		return r.Rate * float64(step+1) / float64(r.WarmUp)
	}
	done := float64(step-r.WarmUp) / float64(max(1, last-r.WarmUp))
	cosine := (1 + math.Cos(math.Pi*min(1, done))) / 2
	return r.FinalRate + (r.Rate-r.FinalRate)*cosine
}
