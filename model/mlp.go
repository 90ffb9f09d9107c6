package model

import "glassbox/model/kernel"

// The nonlinearity of the feed-forward network, between its two linear layers.

var mlpOps = []operation{
	{op: OpGELU, formula: "½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))", roles: []string{"x"}, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c)}
	}},
}

// GELU records the GELU of each value: large ones pass, negative ones are damped.
func (at scope) GELU(name string, x *Step) *Step {
	s := at.record(name, OpGELU, x.RowAxis, x.cols(), x.All())
	s.run = func(from, to int) { kernel.GELU(s.span(from, to), x.span(from, to)) }
	return s
}
