package explain

import (
	"glassbox/model"
	"glassbox/web/say"
)

var normRows = []row{
	{
		op:           model.OpMean,
		question:     always(say.Explain.Mean),
		cellQuestion: aboutToken(say.Explain.MeanCell),
		terms:        func(w *calculation) { w.each("", same) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join("Σ ", w.sym("x")), join("n"))), join(fraction(join(val(w.Sum)), join(FormulaPart{Kind: Value, Text: say.Count(w.Count)})))
		},
	}, {
		op:           model.OpStd,
		question:     always(say.Explain.Std),
		cellQuestion: aboutToken(say.Explain.StdCell),
		terms: func(w *calculation) {
			mean := w.one("mean")
			w.each(inWords("(x − mean)²", w.name), func(x float64) float64 { return (x - mean) * (x - mean) })
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			square := join(fraction(join("Σ (", w.sym("x"), " − ", w.sym("mean"), ")²"), join("n")))
			return join("√(", square, " + ε)"), join("√(", val(w.Sum/float64(w.Count)), " + ", setting(w.e.Factor), ")")
		},
	}, {
		op:           model.OpRMS,
		question:     always(say.Explain.Rms),
		cellQuestion: aboutToken(say.Explain.RmsCell),
		terms:        func(w *calculation) { w.each(inWords("x²", w.name), func(x float64) float64 { return x * x }) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			square := join(fraction(join("Σ ", w.sym("x"), "²"), join("n")))
			return join("√(", square, " + ε)"), join("√(", val(w.Sum/float64(w.Count)), " + ", setting(w.e.Factor), ")")
		},
	}, {
		op:           model.OpRMSNorm,
		question:     always(say.Explain.Norm),
		cellQuestion: numbered(say.Explain.NormCell),
		weights:      map[string]func() string{"gain": say.Explain.NormGain},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join(w.sym("x")), join(w.sym("rms"))), " · ", w.sym("gain")),
				join(fraction(join(val(w.one("x"))), join(val(w.one("rms")))), " · ", val(w.one("gain")))
		},
	}, {
		op:           model.OpNorm,
		question:     always(say.Explain.Norm),
		cellQuestion: numbered(say.Explain.NormCell),
		weights: map[string]func() string{
			"gain": say.Explain.NormGain,
			"bias": say.Explain.NormBias,
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			x := w.sym("x")
			return join(fraction(join(x, " − ", w.sym("mean")), join(w.sym("std"))), " · ", w.sym("gain"), " + ", w.sym("bias")),
				join(fraction(join(val(w.one("x")), less(w.one("mean"))), join(val(w.one("std")))), " · ", val(w.one("gain")), plus(w.one("bias")))
		},
	},
}

// same is the term that is the number itself.
func same(x float64) float64 { return x }
