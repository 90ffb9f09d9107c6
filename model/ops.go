package model

import "glassbox/model/kernel"

// The operations of the network. Each one records a step with its inputs and with the
// function that computes its rows from … to−1 out of theirs.

// Tokens records the ids of the run: (T, 1).
func (at scope) Tokens(name string) *Step {
	s := at.record(name, OpTokens, 1)
	s.perRow(false, func(t int, out []float32) { out[0] = float32(at.tr.ids[t]) })
	return s
}

// Lookup copies for each token the table's row of its id: (T, cols of the table).
func (at scope) Lookup(name string, ids *Step, table *Tensor) *Step {
	s := at.record(name, OpLookup, table.Cols, ids.All(), table.All())
	s.perRow(false, func(t int, out []float32) { copy(out, table.Row(int(ids.Row(t)[0]))) })
	return s
}

// Positions copies row t of the table for token t: (T, cols of the table).
func (at scope) Positions(name string, table *Tensor) *Step {
	s := at.record(name, OpPosition, table.Cols, table.All())
	s.run = func(from, to int) { copy(s.span(from, to), table.span(from, to)) }
	return s
}

// Add adds two tensors of one shape.
func (at scope) Add(name string, a, b *Step) *Step {
	s := at.record(name, OpAdd, a.Cols, a.All(), b.All())
	s.run = func(from, to int) { kernel.Add(s.span(from, to), a.span(from, to), b.span(from, to)) }
	return s
}

// LayerNorm makes the mean and spread of each row 0 and 1, then applies a gain and a
// bias per column (Ba et al., arXiv:1607.06450). The mean and the standard deviation,
// (T, 1) each, are steps of their own.
func (at scope) LayerNorm(name string, x *Step, n Norm) *Step {
	mean := at.record(name+".mean", OpMean, 1, x.All())
	mean.aggregate(x, func(t int) float32 { return kernel.Mean(x.Row(t)) })

	std := at.record(name+".std", OpStd, 1, x.All(), mean.All())
	std.aggregate(x, func(t int) float32 { return kernel.Std(x.Row(t), mean.Row(t)[0], Epsilon) })

	s := at.record(name, OpNorm, x.Cols, x.All(), mean.All(), std.All(), n.Gain.All(), n.Bias.All())
	s.perRow(false, func(t int, out []float32) {
		kernel.Normalize(out, x.Row(t), mean.Row(t)[0], std.Row(t)[0], n.Gain.data, n.Bias.data)
	})
	return s
}

// perRow makes s compute one row at a time. With lazy it does so when somebody asks
// for the row, otherwise in Run.
func (s *Step) perRow(lazy bool, compute func(t int, out []float32)) {
	s.run = func(from, to int) {
		for t := from; t < to; t++ {
			compute(t, s.span(t, t+1))
		}
	}
	if lazy {
		s.row = func(t int) []float32 {
			out := make([]float32, s.width())
			compute(t, out)
			return out
		}
	}
}

// aggregate makes s one number per row of x, as lazy as x is.
func (s *Step) aggregate(x *Step, of func(t int) float32) {
	s.Kind = KindAggregate
	s.perRow(x.row != nil, func(t int, out []float32) { out[0] = of(t) })
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
	s := at.record(name, OpLinear, w.Cols, x.All(), w, bias)
	s.run = func(from, to int) {
		kernel.Linear(s.span(from, to), x.span(from, to), w.data[w.Col:], bias.data[bias.Col:][:w.Cols],
			to-from, x.Cols, w.Cols, w.Tensor.Cols)
	}
	return s
}

// Scores records the dot product of each query with each key that is not later: (T, T).
func (at scope) Scores(name string, q, k *Step) *Step {
	s := at.record(name, OpScores, 0, q.All(), k.All())
	s.Causal = true
	s.perRow(false, func(t int, out []float32) {
		kernel.MatMulT(out, q.Row(t), k.span(0, t+1), 1, q.Cols, t+1)
	})
	return s
}

// Scale multiplies each value with a constant.
func (at scope) Scale(name string, x *Step, factor float32) *Step {
	s := at.record(name, OpScale, x.Cols, x.All())
	s.Causal, s.Factor = x.Causal, factor
	s.run = func(from, to int) { kernel.Scale(s.span(from, to), x.span(from, to), factor) }
	return s
}

// Softmax turns each row into positive numbers that sum to 1. The row's maximum and
// its Σ exp(x − max), (T, 1) each, are steps of their own; subtracting the maximum
// changes nothing but keeps exp from overflowing.
func (at scope) Softmax(name string, x *Step) *Step {
	largest := at.record(name+".max", OpMax, 1, x.All())
	largest.aggregate(x, func(t int) float32 { return kernel.Max(x.distinct(t)) })

	sum := at.record(name+".sum", OpSumExp, 1, x.All(), largest.All())
	sum.aggregate(x, func(t int) float32 { return x.sumExp(t, largest.Row(t)[0]) })

	s := at.record(name, OpSoftmax, x.Cols, x.All(), largest.All(), sum.All())
	s.Causal, s.cols, s.kept = x.Causal, x.cols, x.kept
	s.perRow(x.row != nil, func(t int, out []float32) {
		kernel.Softmax(out, x.distinct(t), largest.Row(t)[0], sum.Row(t)[0])
	})
	return s
}

// sumExp returns Σ exp(x − max) over row r. Where tokens share values it is the dot product
// of the distinct exps, in their order, and how often each stands in the row.
func (t *Tensor) sumExp(r int, max float32) float32 {
	x := t.distinct(r)
	if t.cols == nil {
		return kernel.SumExp(x, max)
	}
	count := t.cols.count
	if t.kept != nil {
		count = t.kept
	}
	exps := make([]float32, len(x))
	kernel.Softmax(exps, x, max, 1)
	return kernel.Dot(exps, count)
}

// Mix records, for each token, the values of the tokens up to it, weighted by its
// attention: (T, T) × (T, A) → (T, A).
func (at scope) Mix(name string, attention, v *Step) *Step {
	s := at.record(name, OpMix, v.Cols, attention.All(), v.All())
	s.perRow(false, func(t int, out []float32) {
		kernel.Linear(out, attention.Row(t), v.span(0, t+1), nil, 1, t+1, v.Cols, v.Cols)
	})
	return s
}

// Concat puts the heads side by side: H × (T, A) → (T, C).
func (at scope) Concat(name string, heads []*Step) *Step {
	A := heads[0].Cols
	inputs := make([]View, len(heads))
	for h, head := range heads {
		inputs[h] = head.All()
	}
	s := at.record(name, OpConcat, A*len(heads), inputs...)
	s.perRow(false, func(t int, out []float32) {
		for h, head := range heads {
			copy(out[h*A:], head.Row(t))
		}
	})
	return s
}

// GELU bends each value: large ones pass, negative ones are held back.
func (at scope) GELU(name string, x *Step) *Step {
	s := at.record(name, OpGELU, x.Cols, x.All())
	s.run = func(from, to int) { kernel.GELU(s.span(from, to), x.span(from, to)) }
	return s
}

// Unembed compares each token with each row of the output projection: (T, C) × (V, C)ᵀ
// → (T, V). A vocabulary is large, so a row is computed when somebody asks for it.
func (at scope) Unembed(name string, x *Step, w *Tensor) *Step {
	s := at.record(name, OpUnembed, w.Rows, x.All(), w.All())
	s.cols = w.rows // tokens that share a row have one logit
	s.perRow(true, func(t int, out []float32) {
		kernel.MatMulT(out, x.Row(t), w.data, 1, w.Cols, len(out))
	})
	return s
}
