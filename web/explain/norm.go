package explain

import (
	"fmt"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

var normRows = []row{
	{
		op:       model.OpMean,
		question: always("Around which value each column lies."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("Around which value the column of %s lies.", v.subject(i, c))
		},
		terms: func(w *calculation) { w.each("", same) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join("Σ ", w.sym("x")), join("n"))), join(fraction(join(val(w.Sum)), join(say.Count(w.Count))))
		},
	}, {
		op:       model.OpStd,
		question: always("How far each column spreads."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("How far the column of %s spreads.", v.subject(i, c))
		},
		terms: func(w *calculation) {
			mean := w.one("mean")
			w.each("(x − mean)²", func(x float64) float64 { return (x - mean) * (x - mean) })
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			square := join(fraction(join("Σ (", w.sym("x"), " − ", w.sym("mean"), ")²"), join("n")))
			return join("√(", square, " + ε)"), join("√(", val(w.Sum/float64(w.Count)), " + 0.00001)")
		},
	}, {
		op:       model.OpNorm,
		question: always("Every column on one scale."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("Number %d of %s, on the scale that all tokens share.", c.Col, v.subject(i, c))
		},
		weights: map[string]string{
			"gain": "How far each number is stretched once it is on the common scale.",
			"bias": "How far each number is moved once it is on the common scale.",
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
