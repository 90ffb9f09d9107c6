package model

import "glassbox/model/kernel"

// A norm brings every row to one scale.

var normOps = []operation{
	{op: OpMean, formula: "Σ x / n", roles: []string{"x"}, reads: func(in []input, t, _ int) []Operand {
		return []Operand{in[0].row(t)}
	}},
	{op: OpStd, above: true, formula: "√(Σ (x − mean)² / n + ε)", roles: []string{"x", "mean"}, reads: func(in []input, t, _ int) []Operand {
		return []Operand{in[0].row(t), in[1].cell(t, 0)}
	}},
	{op: OpNorm, formula: "(x − mean) / std · gain + bias", roles: []string{"x", "mean", "std", "gain", "bias"}, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c), in[1].cell(t, 0), in[2].cell(t, 0),
			in[3].cell(0, c), in[4].cell(0, c)}
	}},
	{op: OpRMS, above: true, formula: "√(Σ x² / n + ε)", roles: []string{"x"}, reads: func(in []input, t, _ int) []Operand {
		return []Operand{in[0].row(t)}
	}},
	{op: OpRMSNorm, formula: "x / rms · gain", roles: []string{"x", "rms", "gain"}, reads: func(in []input, t, c int) []Operand {
		return []Operand{in[0].cell(t, c), in[1].cell(t, 0), in[2].cell(0, c)}
	}},
}

// LayerNorm makes the mean and spread of each row 0 and 1, then applies a gain and a
// bias per column (Ba et al., arXiv:1607.06450). The mean and the standard deviation,
// (T, 1) each, are steps of their own.
func (at scope) LayerNorm(name string, x *Step, n Norm, epsilon float32) *Step {
	mean := at.record(name+".mean", OpMean, x.RowAxis, one, x.All())
	mean.aggregate(x, func(t int) float32 { return kernel.Mean(x.Row(t)) })

	std := at.record(name+".std", OpStd, x.RowAxis, one, x.All(), mean.All())
	std.Factor = epsilon
	std.aggregate(x, func(t int) float32 { return kernel.Std(x.Row(t), mean.Row(t)[0], epsilon) })

	s := at.record(name, OpNorm, x.RowAxis, x.cols(), x.All(), mean.All(), std.All(), n.Gain.All(), n.Bias.All())
	s.perRow(false, func(t int, out []float32) {
		kernel.Normalize(out, x.Row(t), mean.Row(t)[0], std.Row(t)[0], n.Gain.data, n.Bias.data)
	})
	return s
}

// RMSNorm makes the mean square of each row 1, then applies a gain per column (Zhang and Sennrich,
// arXiv:1910.07467). The root of the mean square, (T, 1), is a step of its own.
func (at scope) RMSNorm(name string, x *Step, n Norm, epsilon float32) *Step {
	rms := at.record(name+".rms", OpRMS, x.RowAxis, one, x.All())
	rms.Factor = epsilon
	rms.aggregate(x, func(t int) float32 { return kernel.Std(x.Row(t), 0, epsilon) })

	s := at.record(name, OpRMSNorm, x.RowAxis, x.cols(), x.All(), rms.All(), n.Gain.All())
	s.perRow(false, func(t int, out []float32) {
		kernel.RMSNormalize(out, x.Row(t), rms.Row(t)[0], n.Gain.data)
	})
	return s
}
