package model

import "glassbox/model/kernel"

// Linear layers: every output is a sum of all inputs, each times its own weight.

var linearOps = []operation{
	{op: OpLinear, formula: "Σ x·weight + bias", roles: []string{"x", "weight", "bias"}, flops: dotProductFLOPs, reads: func(in []input, t, c int) []Operand {
		weights := in[1].column(c, 0, in[1].Rows)
		if in[1].outputs() {
			weights = in[1].row(c)
		}
		operands := []Operand{in[0].row(t), weights}
		if len(in) > 2 {
			operands = append(operands, in[2].cell(0, c))
		}
		return operands
	}},
	{op: OpUnembed, formula: "Σ x·weight", roles: []string{"x", "weight"}, flops: dotProductFLOPs, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].row(t), in[1].row(c)}
	}},
}

// outputs reports whether the rows of a matrix make the outputs, (out, in), as in Llama; else its columns do.
func (v View) outputs() bool { return v.Count > 0 }

// columns is a linear layer, or the part of one that makes some of its outputs. Its bias may have no tensor.
type columns struct{ weight, bias View }

// columns returns the whole layer.
func (l Linear) columns() columns {
	if l.ByRow {
		return l.Rows(0, l.Weight.Rows)
	}
	return l.Slice(0, l.Weight.Cols)
}

func (c columns) columns() columns { return c }

// Slice returns the part of a layer (in, out) that makes the n outputs from col on.
func (l Linear) Slice(col, n int) columns {
	return columns{l.Weight.Slice(col, n), l.Bias.Slice(col, n)}
}

// Rows returns the part of a layer (out, in) that makes the n outputs from row on.
func (l Linear) Rows(row, n int) (c columns) {
	c.weight = l.Weight.Below(row, n)
	if l.Bias != nil {
		c.bias = l.Bias.Slice(row, n)
	}
	return c
}

// Linear records x·weight + bias: (T, in) × (in, out) → (T, out), or × (out, in)ᵀ.
func (at scope) Linear(name string, x *Step, layer interface{ columns() columns }) *Step {
	l := layer.columns()
	out := dim{l.weight.Cols, l.weight.ColAxis}
	if l.weight.outputs() {
		out = dim{l.weight.Count, l.weight.RowAxis}
	}
	inputs := []View{x.All(), l.weight}
	if l.bias.Tensor != nil {
		inputs = append(inputs, l.bias)
	}
	s := at.record(name, OpLinear, x.RowAxis, out, inputs...)
	s.run = func(from, to int) { at.tr.multiply(l, x, s.span(from, to), from, to) }
	return s
}

// multiply sets out to x·v + bias for n rows of x; bias may be nil.
func (v View) multiply(tr *Trace, out, x, bias []float32, n int) {
	switch {
	case v.onlyPacked():
		v.multiplyPacked(tr, out, x, n)
	case v.outputs():
		kernel.MatMulT(out, x, v.span(v.From, v.From+v.Count), n, v.Cols, v.Count)
	default:
		kernel.Linear(out, x, v.data[v.Col:], bias, n, v.Rows, v.Cols, v.Tensor.Cols)
		return
	}
	if bias != nil {
		for r := range n {
			row := out[r*len(bias):][:len(bias)]
			kernel.Add(row, row, bias)
		}
	}
}

// Unembed compares each token with each row of the output projection: (T, C) × (V, C)ᵀ
// → (T, V). A vocabulary is large, so a row is computed when somebody asks for it.
func (at scope) Unembed(name string, x *Step, w *Tensor) *Step {
	s := at.record(name, OpUnembed, x.RowAxis, dim{w.Rows, w.RowAxis}, x.All(), w.All())
	s.shared = w.rows // tokens that share a row have one logit
	s.perRow(true, func(t int, out []float32) {
		if w.onlyPacked() {
			w.Below(0, len(out)).multiplyPacked(at.tr, out, x.Row(t), 1)
			return
		}
		kernel.MatMulT(out, x.Row(t), w.data, 1, w.Cols, len(out))
	})
	return s
}
