package model

import (
	"math"

	"glassbox/model/fault"
)

// Rotary positions: the numbers of a query or key are taken in pairs, and each pair turns like the hand of a clock, by an
// angle that grows with the token's place. Of the places of two tokens, the dot product of a query and a key that have
// turned depends on their distance alone (Su et al., "RoFormer", arXiv:2104.09864). Number i is paired with number i + A/2, as in the published safetensors.

var rotaryOps = []operation{
	{op: OpAngle, formula: "position · frequency, whole turns taken off", roles: []string{"slower"}, reads: func(in []input, t, c int) []Operand {
		if len(in) == 0 {
			return nil
		}
		return []Operand{in[0].cell(0, c)}
	}},
	{op: OpRotate, formula: "x · cos(angle) ± partner · sin(angle)", roles: []string{"x", "angle", "partner"}, reads: func(in []input, t, c int) []Operand {
		pairs := in[1].Cols
		partner := in[0].cell(t, (c+pairs)%(2*pairs))
		partner.Role = "partner"
		return []Operand{in[0].cell(t, c), in[1].cell(t, c%pairs), partner}
	}},
}

// Rotary says how fast queries and keys turn.
type Rotary struct {
	Theta  float64 // θ: pair i turns by θ^(−2i/A) radians from one token to the next [rope_theta]
	Slow   Slowing // what the pairs are slowed down by, for longer texts [rope_scaling, rope_type]
	Listed bool    // the file lists a number for each pair, by which its frequency is divided [rope_freqs.weight]

	// Of Slow:
	Factor    float64 // how much longer texts are than in training
	Low, High float64 // wavelengths above Original/Low are slowed down by Factor, those below Original/High not at all
	Original  float64 // context in training
}

// Slowing is a way to slow the pairs down.
type Slowing uint8

// The ways that are computed here.
const (
	SlowNone   Slowing = iota
	SlowLinear         // all pairs by Factor (Chen et al., arXiv:2306.15595)
	SlowLlama3         // slow pairs by Factor, fast ones not, those between gradually (Llama 3.1's published code)
)

// Name returns what configurations call it [rope_type].
func (s Slowing) Name() string { return [...]string{"default", "linear", "llama3"}[s] }

// validate returns an error that names the first setting by which nothing can turn.
func (r Rotary) validate() error {
	switch {
	case r.Slow == SlowNone:
	case !(r.Factor >= 1 && r.Factor <= 1e6):
		return fault.New("ropeFactorOutOfRange", "the factor of rope_scaling is %v; expected 1 or more", r.Factor)
	case r.Slow == SlowLlama3 && !(r.Low > 0 && r.High > r.Low && r.Original >= 1):
		return fault.New("ropeBandsOutOfRange", "rope_scaling has low_freq_factor %v, high_freq_factor %v and the context %v; expected the first above 0, "+
			"the second above the first, and a context", r.Low, r.High, r.Original)
	}
	return nil
}

// Frequency returns by how many radians pair i of A/2 turns from one token to the next.
func (r Rotary) Frequency(i, headSize int) float64 {
	f := math.Pow(r.Theta, -2*float64(i)/float64(headSize))
	switch r.Slow {
	case SlowLinear:
		return f / r.Factor
	case SlowLlama3:
		turns := r.Original * f / (2 * math.Pi) // within the original context
		fast := min(max((turns-r.Low)/(r.High-r.Low), 0), 1)
		return f * (fast + (1-fast)/r.Factor)
	}
	return f
}

// Angles records how far each pair of each token has turned: (T, A/2), in radians from −π to π. Whole turns are taken off
// in float64: float32 would lose the fraction of a turn in a long text. slower, (1, A/2), divides the frequencies; it may be nil.
func (at scope) Angles(name string, c Config, slower *Tensor) *Step {
	var inputs []View
	if slower != nil {
		inputs = append(inputs, slower.All())
	}
	A := c.HeadSize()
	s := at.record(name, OpAngle, AxisToken, dim{A / 2, AxisPair}, inputs...)
	s.factor = func(_, i int) float32 { return float32(c.Rotary.Frequency(i, A)) }
	s.perRow(false, func(t int, out []float32) {
		for i := range out {
			f := c.Rotary.Frequency(i, A)
			if slower != nil {
				f /= float64(slower.data[i])
			}
			out[i] = float32(math.Remainder(float64(t)*f, 2*math.Pi))
		}
	})
	return s
}

// Rotate turns each pair of x by its angle: (T, A).
func (at scope) Rotate(name string, x, angle *Step) *Step {
	s := at.record(name, OpRotate, x.RowAxis, x.cols(), x.All(), angle.All())
	s.factor = func(_, c int) float32 { // the sign of ±
		if c < angle.Cols {
			return -1
		}
		return 1
	}
	s.perRow(false, func(t int, out []float32) {
		rotate(out, x.Row(t), angle.Row(t))
	})
	return s
}

// rotate turns the pairs (x[i], x[i+n]) by n angles.
func rotate(out, x, angle []float32) {
	n := len(angle)
	for i, a := range angle {
		sin, cos := math.Sincos(float64(a))
		u, v := float64(x[i]), float64(x[i+n])
		out[i], out[i+n] = float32(float64(u*cos)-float64(v*sin)), float32(float64(v*cos)+float64(u*sin)) // not fused: see kernel
	}
}
