package explain

import (
	"math"
	"strconv"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

var attentionRows = []row{
	{
		op:       model.OpScores,
		question: always(say.Explain.Scores),
		cellQuestion: func(v View, _ model.Info, c run.Cell) string {
			return say.Explain.ScoresCell(v.TokenName(c.Row), v.TokenName(c.Col))
		},
		terms:    func(w *calculation) { w.products("query", "key") },
		equation: dotEquation,
	}, {
		op:       model.OpScale,
		question: always(say.Explain.Scores),
		cellQuestion: func(v View, _ model.Info, c run.Cell) string {
			return say.Explain.ScaleCell(v.TokenName(c.Row), v.TokenName(c.Col))
		},
		equation: scaleEquation,
	}, {
		op:           model.OpMax,
		question:     always(say.Explain.Max),
		cellQuestion: aboutToken(say.Explain.MaxCell),
		chooses:      true,
		terms:        func(w *calculation) { w.each("", same) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.name("max")+" ", w.sym("x")), join(prose(say.Explain.MaxLive(w.Count)))
		},
	}, {
		op:           model.OpSumExp,
		question:     always(say.Explain.Divisor),
		cellQuestion: sameForEach(say.Explain.Divisor),
		terms: func(w *calculation) {
			most := w.one("max")
			w.each(inWords("exp(x − max)", w.name), func(x float64) float64 { return math.Exp(x - most) })
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join("Σ exp(", w.sym("x"), " − ", w.sym("max"), ")"), w.begin()
		},
	}, {
		op: model.OpSoftmax,
		question: func(_ View, i model.Info) string {
			if i.ColAxis == model.AxisKey {
				return say.Explain.SoftmaxOfAttention()
			}
			return say.Explain.SoftmaxOfWords()
		},
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			switch {
			case i.ColAxis == model.AxisKey:
				return say.Explain.SoftmaxOfAttentionCell(v.TokenName(c.Row), v.TokenName(c.Col))
			case i.Part == model.PartSample:
				return say.Explain.SoftmaxOfSamplingCell(v.WordText(c.Col))
			}
			return say.Explain.SoftmaxOfWordsCell(v.WordText(c.Col), v.subject(i, c))
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join("exp(", w.sym("x"), " − ", w.sym("max"), ")"), join(w.sym("sum")))),
				join(fraction(join("exp(", val(w.one("x")), less(w.one("max")), ")"), join(val(w.one("sum")))))
		},
		note: nothingLeft,
	}, {
		op:       model.OpMix,
		question: always(say.Explain.Mix),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return say.Explain.MixCell(v.subject(i, c), c.Col)
		},
		terms:        func(w *calculation) { w.products("attention", "value") },
		equation:     dotEquation,
		followFactor: 1, // what was handed over
	}, {
		op:       model.OpConcat,
		question: always(say.Explain.Concat),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return say.Explain.ConcatCell(c.Col/max(1, v.Config.HeadSize())+1, v.subject(i, c))
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			from, _ := w.v.Info(w.of("x").Tensor)
			return join(w.sym("x")), join(prose(say.Explain.ConcatLive(from.Head+1, w.of("x").Cell.Col)))
		},
	},
}

// scaleEquation writes a factor of 1/√A as what it is.
func scaleEquation(w *calculation) (symbols, live []FormulaPart) {
	x, v := w.sym("x"), val(w.one("x"))
	A := w.v.Config.HeadSize()
	if w.e.Factor == float32(1/math.Sqrt(float64(A))) {
		return join(fraction(join(x), join("√A"))), join(fraction(join(v), join("√"+strconv.Itoa(A))))
	}
	return join(x, inWords(" · factor", nil)), join(v, " · ", val(float64(w.e.Factor)))
}

// nothingLeft says of a word that a filter has left out that it has no share.
func nothingLeft(w *calculation) string {
	if w.e.Masked {
		return say.Explain.LeftOutOfShares()
	}
	return ""
}
