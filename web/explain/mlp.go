package explain

import (
	"fmt"
	"math"

	"glassbox/model"
	"glassbox/web/run"
)

var mlpRows = []row{
	{
		op:       model.OpGELU,
		question: always("Large numbers pass, negative ones are held back."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("How much of number %d of %s passes.", c.Col, v.subject(i, c))
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			x, v := w.sym("x"), w.one("x")
			bracket := join(val(v), plus(0.044715*v*v*v))
			return join("½ ", x, " (1 + tanh(√(2/π) (", x, " + 0.044715 ", x, "³)))"),
				join("½ · ", val(v), " · (1 + tanh(", val(math.Sqrt(2/math.Pi)), " · (", bracket, ")))")
		},
	},
}
