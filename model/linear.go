package model

import "glassbox/model/kernel"

// Linear layers: every output is a sum of all inputs, each times its own weight.

var linearOps = []operation{
	{op: OpLinear, formula: "Σ x·weight + bias", roles: []string{"x", "weight", "bias"}, flops: dotProductFLOPs, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].row(t), in[1].column(c, in[1].Rows), in[2].cell(0, c)}
	}},
	{op: OpUnembed, formula: "Σ x·weight", roles: []string{"x", "weight"}, flops: dotProductFLOPs, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].row(t), in[1].row(c)}
	}},
}

// columns is a linear layer, or the part of one that makes some of its output columns.
type columns struct{ weight, bias View }

// Slice returns the part of the layer that makes the n output columns from col on.
func (l Linear) Slice(col, n int) columns {
	return columns{l.Weight.Slice(col, n), l.Bias.Slice(col, n)}
}

func (l Linear) columns() columns { return l.Slice(0, l.Weight.Cols) }

func (c columns) columns() columns { return c }

// Linear records x·weight + bias: (T, in) × (in, out) → (T, out).
func (at scope) Linear(name string, x *Step, layer interface{ columns() columns }) *Step {
	l := layer.columns()
	w, bias := l.weight, l.bias
	s := at.record(name, OpLinear, x.RowAxis, dim{w.Cols, w.ColAxis}, x.All(), w, bias)
	s.run = func(from, to int) {
		kernel.Linear(s.span(from, to), x.span(from, to), w.data[w.Col:], bias.data[bias.Col:][:w.Cols],
			to-from, x.Cols, w.Cols, w.Tensor.Cols)
	}
	return s
}

// Unembed compares each token with each row of the output projection: (T, C) × (V, C)ᵀ
// → (T, V). A vocabulary is large, so a row is computed when somebody asks for it.
func (at scope) Unembed(name string, x *Step, w *Tensor) *Step {
	s := at.record(name, OpUnembed, x.RowAxis, dim{w.Rows, w.RowAxis}, x.All(), w.All())
	s.shared = w.rows // tokens that share a row have one logit
	s.perRow(true, func(t int, out []float32) {
		kernel.MatMulT(out, x.Row(t), w.data, 1, w.Cols, len(out))
	})
	return s
}
