package model

import (
	"glassbox/model/kernel"
	"glassbox/model/quant"
)

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

// Back returns for each input of a linear layer by how much Σ d·output grows with it: Σ d·weight over the outputs, of which d has
// a number each.
func (v View) Back(d []float64) []float64 {
	if !v.outputs() && !v.onlyPacked() {
		sums := make([]float64, v.Rows)
		for i := range sums {
			for c, w := range v.Row(i)[v.Col:][:v.Cols] {
				sums[i] += d[c] * float64(w)
			}
		}
		return sums
	}
	var sums []float64
	for c, by := range d {
		weights := v.weightsOf(c)
		if sums == nil {
			sums = make([]float64, len(weights))
		}
		for i, w := range weights {
			sums[i] += by * float64(w)
		}
	}
	return sums
}

// weightsOf returns the weights of output c of a layer whose outputs lie one after another.
func (v View) weightsOf(c int) []float32 {
	if v.outputs() {
		return v.Row(v.From + c)
	}
	out := make([]float32, v.packed.k)
	quant.Decode(out, v.packed.as, v.packed.stored(v.Col+c, 1))
	return out
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

// The heads of a block read the same numbers, and their weights stand side by side in one matrix. To multiply with a few of its
// columns, or rows, at a time is slower than with all of them: so the first head that is computed makes the products of all, and
// each head takes its own from these. The numbers are the same, for the sum of an element does not depend on what is computed
// with it; and each head's step can still be computed alone, as it is when nothing else is.

// A whole is what a matrix makes of some rows of x.
type whole struct {
	running bool // all steps are being computed: only then do others want the rest
	x       *Step
	weight  *Tensor
	from    int
	to      int
	out     []float32 // rows of all outputs
	width   int
}

// keptWhole is how many values are kept from one run to the next: those of a few rows.
const keptWhole = 1 << 16

// begin lets whole products be made, until end.
func (w *whole) begin() { w.running, w.x = true, nil }

func (w *whole) end() {
	if w.running, w.x = false, nil; cap(w.out) > keptWhole {
		w.out = nil
	}
}

// all returns the whole layer of which l is a part, and where the part's outputs begin in it; ok is false where l is all there
// is.
func (l columns) all() (whole columns, first int, ok bool) {
	w := l.weight.Tensor
	whole.weight, first, ok = w.Slice(0, w.Cols), l.weight.Col, l.weight.Cols < w.Cols
	if l.weight.outputs() {
		whole.weight, first, ok = w.Below(0, w.Rows), l.weight.From, l.weight.Count < w.Rows
	}
	if l.bias.Tensor != nil {
		whole.bias = l.bias.Tensor.All()
	}
	return whole, first, ok
}

// outs returns how many outputs a layer, or a part of one, has.
func (l columns) outs() int {
	if l.weight.outputs() {
		return l.weight.Count
	}
	return l.weight.Cols
}

// multiply sets out to rows from … to−1 of x, multiplied with l: of what has been made of these for the whole matrix, if there
// is more to come.
func (tr *Trace) multiply(l columns, x *Step, out []float32, from, to int) {
	all, first, ok := l.all()
	w := &tr.whole
	if !ok || !w.running {
		l.multiply(tr, out, x.span(from, to), to-from)
		return
	}
	if w.x != x || w.weight != l.weight.Tensor || w.from != from || w.to != to {
		w.x, w.weight, w.from, w.to, w.width = x, l.weight.Tensor, from, to, all.outs()
		if n := (to - from) * w.width; cap(w.out) < n {
			w.out = make([]float32, n)
		}
		w.out = w.out[:(to-from)*w.width]
		all.multiply(tr, w.out, x.span(from, to), to-from)
	}
	n := l.outs()
	for r := range to - from {
		copy(out[r*n:][:n], w.out[r*w.width+first:])
	}
}

// multiply sets out to n rows of x, multiplied with l.
func (l columns) multiply(tr *Trace, out, x []float32, n int) {
	var bias []float32
	if l.bias.Tensor != nil {
		bias = l.bias.data[l.bias.Col:][:l.outs()]
	}
	l.weight.multiply(tr, out, x, bias, n)
}
