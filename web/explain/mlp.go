package explain

import (
	"math"

	"glassbox/model"
	"glassbox/web/say"
)

var mlpRows = []row{
	{
		op:           model.OpGELU,
		question:     always(say.Explain.Gelu),
		cellQuestion: numbered(say.Explain.GeluCell),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			x, v := w.sym("x"), w.one("x")
			bracket := join(val(v), plus(0.044715*v*v*v))
			return join("½ ", x, " (1 + tanh(√(2/π) (", x, " + ", setting(0.044715), " ", x, "³)))"),
				join("½ · ", val(v), " · (1 + tanh(", val(math.Sqrt(2/math.Pi)), " · (", bracket, ")))")
		},
	},
}
