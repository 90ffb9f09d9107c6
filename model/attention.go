package model

import "glassbox/model/kernel"

// Attention, the only place where tokens read from one another, and the softmax that makes
// shares of its scores and probabilities of the logits.

var attentionOps = []operation{
	{op: OpScores, formula: "Σ query·key", roles: []string{"query", "key"}, attends: true, flops: dotProductFLOPs, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].row(t), in[1].row(c)}
	}},
	{op: OpScale, formula: "x · factor", roles: []string{"x"}, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c)}
	}},
	{op: OpMax, formula: "max x", roles: []string{"x"}, reads: func(in []input, t, _ int) []Operand {
		return []Operand{in[0].row(t)}
	}},
	{op: OpSumExp, above: true, formula: "Σ exp(x − max)", roles: []string{"x", "max"}, reads: func(in []input, t, _ int) []Operand {
		return []Operand{in[0].row(t), in[1].cell(t, 0)}
	}},
	{op: OpSoftmax, formula: "exp(x − max) / sum", roles: []string{"x", "max", "sum"}, share: true, flops: softmaxFLOPs, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c), in[1].cell(t, 0), in[2].cell(t, 0)}
	}},
	{op: OpMix, formula: "Σ attention·value", roles: []string{"attention", "value"}, attends: true, flops: dotProductFLOPs, reads: func(in []input, t, c int) []Operand {
		first := in[0].first(t)
		return []Operand{in[0].row(t), in[1].column(c, first, in[0].end(t)-first)}
	}},
	{op: OpConcat, formula: "x", roles: []string{"x"}, reads: func(in []input, t, c int) []Operand {
		A := in[0].Cols
		return []Operand{in[c/A].cell(t, c%A)}
	}},
}

// softmaxFLOPs counts 3 for each score of a token; the softmax over the vocabulary is left
// out, as in the appendix that Account names.
func softmaxFLOPs(i Info) int {
	if i.ColAxis == AxisKey {
		return 3 * within(i.Window, i.Cols)
	}
	return 0
}

// Scores records the dot product of each query with each key that is not later, and, with a window, not
// further back than window tokens: (T, T).
func (at scope) Scores(name string, q, k *Step, window int) *Step {
	s := at.record(name, OpScores, AxisQuery, dim{0, AxisKey}, q.All(), k.All())
	if s.Causal = !at.tr.unmasked(); s.Causal {
		s.Window = window
	}
	s.perRow(false, func(t int, out []float32) {
		first := s.first(t)
		clear(out[:first])
		for from, keys := range k.pieces(first, s.end(t)) {
			kernel.MatMulT(out[from:], q.Row(t), keys, 1, q.Cols, len(keys)/q.Cols)
		}
	})
	return s
}

// Scale multiplies each value with a constant.
func (at scope) Scale(name string, x *Step, factor float32) *Step {
	s := at.record(name, OpScale, x.RowAxis, x.cols(), x.All())
	s.Causal, s.Window, s.Factor = x.Causal, x.Window, factor
	s.run = func(from, to int) { kernel.Scale(s.span(from, to), x.span(from, to), factor) }
	return s
}

// Softmax turns each row into positive numbers that sum to 1. The row's maximum and
// its Σ exp(x − max), (T, 1) each, are steps of their own; subtracting the maximum
// changes nothing but keeps exp from overflowing.
func (at scope) Softmax(name string, x *Step) *Step {
	largest := at.record(name+".max", OpMax, x.RowAxis, one, x.All())
	largest.aggregate(x, func(t int) float32 { return kernel.Max(x.seen(t)) })

	sum := at.record(name+".sum", OpSumExp, x.RowAxis, one, x.All(), largest.All())
	sum.aggregate(x, func(t int) float32 { return x.sumExp(t, largest.Row(t)[0]) })

	s := at.record(name, OpSoftmax, x.RowAxis, x.cols(), x.All(), largest.All(), sum.All())
	s.Causal, s.Window, s.shared, s.kept = x.Causal, x.Window, x.shared, x.kept
	s.perRow(x.row != nil, func(t int, out []float32) {
		first := x.first(t)
		clear(out[:first])
		kernel.Softmax(out[first:], x.seen(t), largest.Row(t)[0], sum.Row(t)[0])
	})
	return s
}

// sumExp returns Σ exp(x − max) over row r. Where tokens share values it is the dot product
// of the distinct exps, in their order, and how often each stands in the row.
func (t *Tensor) sumExp(r int, max float32) float32 {
	x := t.seen(r)
	if t.shared == nil {
		return kernel.SumExp(x, max)
	}
	count := t.shared.count
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
	s := at.record(name, OpMix, v.RowAxis, v.cols(), attention.All(), v.All())
	s.perRow(false, func(t int, out []float32) {
		clear(out)
		for from, values := range v.pieces(attention.first(t), attention.end(t)) {
			kernel.Linear(out, attention.Row(t)[from:], values, out, 1, len(values)/v.Cols, v.Cols, v.Cols) // adds to out
		}
	})
	return s
}

// Concat puts the heads side by side: H × (T, A) → (T, H·A).
func (at scope) Concat(name string, heads []*Step) *Step {
	A := heads[0].Cols
	inputs := make([]View, len(heads))
	for h, head := range heads {
		inputs[h] = head.All()
	}
	s := at.record(name, OpConcat, heads[0].RowAxis, dim{A * len(heads), at.tr.Model.Config.mixedAxis()}, inputs...)
	s.perRow(false, func(t int, out []float32) {
		for h, head := range heads {
			copy(out[h*A:], head.Row(t))
		}
	})
	return s
}
