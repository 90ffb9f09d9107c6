package model

import (
	"slices"

	"glassbox/model/kernel"
)

// The nonlinearity of the feed-forward network, between its two linear layers: large numbers pass, negative ones are damped
// or cut.

var mlpOps = []operation{
	{op: OpGELU, formula: "½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))", roles: []string{"x"}, reads: readsCell},
	{op: OpErfGELU, formula: "½ x (1 + erf(x / √2))", roles: []string{"x"}, reads: readsCell},
	{op: OpReLU, formula: "max(0, x)", roles: []string{"x"}, reads: readsCell, above: true},
	{op: OpSiLU, formula: "x / (1 + exp(−x))", roles: []string{"x"}, reads: readsCell},
	{op: OpMultiply, formula: "gate · x", roles: []string{"gate", "x"}, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c), in[1].cell(t, c)}
	}},
}

// readsCell is operation.reads of an operation that goes number by number.
func readsCell(in []input, t, c int) []Operand { return []Operand{in[0].cell(t, c)} }

// An Activation is the nonlinearity of a model [activation_function].
type Activation uint8

// The activations. GPT-2 was trained with GELU's tanh form, the zero value; other programs train with the form by erf, from
// which it differs by up to 0.0005 at each number, and few by ReLU or SiLU.
const (
	TanhGELU Activation = iota
	ErfGELU
	ReLU
	SiLU
)

// A curve is how an activation is computed.
type curve struct {
	of    Activation
	op    Op
	step  string   // what its step is called
	names []string // in configurations, the usual one first
	run   func(out, x []float32)
}

// curves has a row for every Activation.
func curves() []curve {
	return []curve{
		{TanhGELU, OpGELU, "mlp.gelu", []string{"gelu_new", "gelu_fast", "gelu_accurate", "gelu_pytorch_tanh", "gelu_tanh"}, kernel.GELU},
		{ErfGELU, OpErfGELU, "mlp.gelu", []string{"gelu", "gelu_python", "gelu_erf"}, kernel.ErfGELU},
		{ReLU, OpReLU, "mlp.relu", []string{"relu"}, kernel.ReLU},
		{SiLU, OpSiLU, "mlp.silu", []string{"silu", "swish"}, kernel.SiLU},
	}
}

// Activations lists them.
func Activations() (list []Activation) {
	for _, c := range curves() {
		list = append(list, c.of)
	}
	return list
}

// curve returns how the activation is computed; ok is false if there is no such one.
func (a Activation) curve() (c curve, ok bool) {
	for _, c := range curves() {
		if c.of == a {
			return c, true
		}
	}
	return c, false
}

// ActivationOf returns the activation that configurations call so, and whether it is one of those above.
func ActivationOf(name string) (a Activation, ok bool) {
	for _, c := range curves() {
		if slices.Contains(c.names, name) {
			return c.of, true
		}
	}
	return 0, false
}

// Name returns what configurations call the activation: "gelu_new", "gelu", "relu" or "silu"; "" if it is none of those above.
func (a Activation) Name() string {
	c, ok := a.curve()
	if !ok {
		return ""
	}
	return c.names[0]
}

// Op returns the operation of the step that the activation makes.
func (a Activation) Op() Op {
	c, _ := a.curve()
	return c.op
}

// Bends reports whether the operation is that of an activation.
func (op Op) Bends() bool {
	for _, c := range curves() {
		if c.op == op {
			return true
		}
	}
	return false
}

// Activate records what an activation makes of each value.
func (at scope) Activate(a Activation, x *Step) *Step {
	c, _ := a.curve() // Validate has seen that there is one
	s := at.record(c.step, c.op, x.RowAxis, x.cols(), x.All())
	s.run = func(from, to int) { c.run(s.span(from, to), x.span(from, to)) }
	return s
}

// Multiply records the product of each value of the gate and of x, of one shape.
func (at scope) Multiply(name string, gate, x *Step) *Step {
	s := at.record(name, OpMultiply, x.RowAxis, x.cols(), gate.All(), x.All())
	s.run = func(from, to int) { kernel.Multiply(s.span(from, to), gate.span(from, to), x.span(from, to)) }
	return s
}
