package model

import "glassbox/model/kernel"

// Tokens become columns of numbers, and the residual stream grows by additions.

var embedOps = []operation{
	{op: OpTokens, formula: "the id that was given", ids: true, reads: readsNothing},
	{op: OpLookup, fetches: true, formula: "table[id]", roles: []string{"id", "table"}, reads: func(in []input, t, c int) []Operand {
		id := int(in[0].Row(t)[0])
		return []Operand{in[0].cell(t, 0), in[1].cell(id, c)}
	}},
	{op: OpPosition, fetches: true, formula: "table[position]", roles: []string{"table"}, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c)}
	}},
	{op: OpAdd, formula: "a + b", roles: []string{"a", "b"}, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c), in[1].cell(t, c)}
	}},
}

// Tokens records the ids of the run: (T, 1).
func (at scope) Tokens(name string) *Step {
	s := at.record(name, OpTokens, AxisToken, one)
	s.perRow(false, func(t int, out []float32) { out[0] = float32(at.tr.ids[t]) })
	return s
}

// Lookup copies for each token the table's row of its id: (T, cols of the table).
func (at scope) Lookup(name string, ids *Step, table *Tensor) *Step {
	s := at.record(name, OpLookup, ids.RowAxis, table.cols(), ids.All(), table.All())
	s.perRow(false, func(t int, out []float32) { copy(out, table.Row(int(ids.Row(t)[0]))) })
	return s
}

// Positions copies row t of the table for token t: (T, cols of the table).
func (at scope) Positions(name string, table *Tensor) *Step {
	s := at.record(name, OpPosition, AxisToken, table.cols(), table.All())
	s.perRow(false, func(t int, out []float32) { copy(out, table.Row(t)) })
	return s
}

// Add adds two tensors of one shape.
func (at scope) Add(name string, a, b *Step) *Step {
	s := at.record(name, OpAdd, a.RowAxis, a.cols(), a.All(), b.All())
	s.run = func(from, to int) { kernel.Add(s.span(from, to), a.span(from, to), b.span(from, to)) }
	return s
}
