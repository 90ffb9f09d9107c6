package explain

import (
	"fmt"
	"math"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

var attentionRows = []row{
	{
		op:       model.OpScores,
		question: always("How strongly each token looks at itself and those before it."),
		cellQuestion: func(_ View, _ model.Info, c run.Cell) string {
			return fmt.Sprintf("How strongly token %d looks at token %d.", c.Row, c.Col)
		},
		terms:    func(w *calculation) { w.products("query", "key") },
		equation: dotEquation,
	}, {
		op:       model.OpScale,
		question: always("How strongly each token looks at itself and those before it."),
		cellQuestion: func(_ View, _ model.Info, c run.Cell) string {
			return fmt.Sprintf("How strongly token %d looks at token %d, whatever the size of a head.", c.Row, c.Col)
		},
		equation: scaleEquation,
	}, {
		op:       model.OpMax,
		question: always("The largest of each, taken away so that exp stays small."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("The largest value of %s, taken away so that exp stays small.", v.subject(i, c))
		},
		chooses: true,
		terms:   func(w *calculation) { w.each("", same) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join("max ", w.sym("x")), join(fmt.Sprintf("the largest of %s", say.Count(w.Count)))
		},
	}, {
		op:           model.OpSumExp,
		question:     always(divisor),
		cellQuestion: sameForEach(divisor),
		terms: func(w *calculation) {
			most := w.one("max")
			w.each("exp(x − max)", func(x float64) float64 { return math.Exp(x - most) })
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join("Σ exp(", w.sym("x"), " − ", w.sym("max"), ")"), w.begin()
		},
	}, {
		op: model.OpSoftmax,
		question: func(_ View, i model.Info) string {
			if i.ColAxis == model.AxisKey {
				return "Which share of its attention each token gives to which; each row sums to 1."
			}
			return "How likely each word is to follow; each row sums to 1."
		},
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			switch {
			case i.ColAxis == model.AxisKey:
				return fmt.Sprintf("Which share of its attention token %d gives to token %d.", c.Row, c.Col)
			case i.Part == model.PartSample:
				return fmt.Sprintf("How likely %s is under the settings.", v.WordText(c.Col))
			}
			return fmt.Sprintf("How likely %s is to follow %s.", v.WordText(c.Col), v.subject(i, c))
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join("exp(", w.sym("x"), " − ", w.sym("max"), ")"), join(w.sym("sum")))),
				join(fraction(join("exp(", val(w.one("x")), less(w.one("max")), ")"), join(val(w.one("sum")))))
		},
		note: nothingLeft,
	}, {
		op:       model.OpMix,
		question: always("What each token gathers from those it looks at."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("What %s gathers as number %d from the tokens it looks at.", v.subject(i, c), c.Col)
		},
		terms:        func(w *calculation) { w.products("attention", "value") },
		equation:     dotEquation,
		followFactor: 1, // what was handed over
	}, {
		op:       model.OpConcat,
		question: always("What all heads gathered, side by side."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("What head %d gathered for %s.", c.Col/max(1, v.Config.HeadSize())+1, v.subject(i, c))
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			from, _ := w.v.Info(w.of("x").Tensor)
			return join(w.sym("x")), join(fmt.Sprintf("head %d, number %d", from.Head+1, w.of("x").Cell.Col))
		},
	},
}

// divisor is the question of the sums by which shares are made.
const divisor = "What all are divided by, so that they sum to 1."

// scaleEquation writes a factor of 1/√A as what it is.
func scaleEquation(w *calculation) (symbols, live []FormulaPart) {
	x, v := w.sym("x"), val(w.one("x"))
	A := w.v.Config.HeadSize()
	if w.e.Factor == float32(1/math.Sqrt(float64(A))) {
		return join(fraction(join(x), join("√A"))), join(fraction(join(v), join(fmt.Sprintf("√%d", A))))
	}
	return join(x, " · factor"), join(v, " · ", val(float64(w.e.Factor)))
}

// nothingLeft says of a word that a filter has left out that it has no share.
func nothingLeft(w *calculation) string {
	if w.e.Masked {
		return "Left out: its probability is 0."
	}
	return ""
}
