package explain

import (
	"math"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

var mlpRows = []row{
	{
		op:           model.OpGELU,
		question:     always(say.Explain.Gelu),
		cellQuestion: numbered(say.Explain.GeluCell),
		curve:        func(x float64) float64 { return 0.5 * x * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x))) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			x, v := w.sym("x"), w.one("x")
			bracket := join(val(v), plus(0.044715*v*v*v))
			return join("½ ", x, " (1 + tanh(√(2/π) (", x, " + ", setting(0.044715), " ", x, "³)))"),
				join("½ · ", val(v), " · (1 + tanh(", val(math.Sqrt(2/math.Pi)), " · (", bracket, ")))")
		},
	}, {
		op:           model.OpErfGELU,
		question:     always(say.Explain.Gelu),
		cellQuestion: numbered(say.Explain.GeluCell),
		curve:        func(x float64) float64 { return 0.5 * x * math.Erfc(-x/math.Sqrt2) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			x, v := w.sym("x"), val(w.one("x"))
			return join("½ ", x, " (1 + erf(", x, " / √2))"), join("½ · ", v, " · (1 + erf(", v, " / ", val(math.Sqrt2), "))")
		},
	}, {
		op:           model.OpReLU,
		question:     always(say.Explain.Relu),
		cellQuestion: numbered(say.Explain.ReluCell),
		curve:        func(x float64) float64 { return max(0, x) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join("max(0, ", w.sym("x"), ")"), join("max(0, ", val(w.one("x")), ")")
		},
	}, {
		op:           model.OpSiLU,
		question:     always(say.Explain.Gelu),
		cellQuestion: numbered(say.Explain.GeluCell),
		curve:        func(x float64) float64 { return x / (1 + math.Exp(-x)) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			x, v := w.sym("x"), w.one("x")
			return join(fraction(join(x), join("1 + exp(−", x, ")"))), join(fraction(join(val(v)), join("1 + exp(", val(-v), ")")))
		},
	}, {
		op:           model.OpMultiply,
		question:     always(say.Explain.Multiply),
		cellQuestion: numbered(say.Explain.MultiplyCell),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.sym("gate"), " · ", w.sym("x")), join(val(w.one("gate")), " · ", val(w.one("x")))
		},
		follow: func(w *calculation) (run.Cell, bool) { return w.of("x").Cell, true },
	},
}
