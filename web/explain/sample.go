package explain

import (
	"fmt"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

var sampleRows = []row{
	{
		op:           model.OpTemperature,
		question:     always("Logits over temperature: above 1 evens out, below 1 sharpens."),
		cellQuestion: aboutWord("How well %s fits, once temperature has evened or sharpened the logits."),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join(w.sym("x")), join("temperature"))), join(fraction(join(val(w.one("x"))), join(say.Short(w.e.Factor))))
		},
		note: func(w *calculation) string {
			if w.v.Ran.Sampling.Temperature == 0 {
				return "Temperature 0 always takes the most likely token: the logits stay as they are, and top-k keeps one."
			}
			return ""
		},
	}, {
		op:           model.OpTopK,
		question:     always("Only the k most likely words stay."),
		cellQuestion: aboutWord("Whether %s is one of the most likely tokens."),
		equation:     justX,
		note: func(w *calculation) string {
			if info, _ := w.v.Info(w.e.Name); int(w.e.Limit) >= info.Cols {
				return "Kept: top-k leaves nothing out."
			}
			return w.keepNote(fmt.Sprintf("top-k keeps the %s most likely", say.Count(int(w.e.Limit))))
		},
	}, {
		op:           model.OpTopP,
		question:     always("Only the most likely words that together reach p stay."),
		cellQuestion: aboutWord("Whether %s is among the most likely tokens that together reach p."),
		equation:     justX,
		note: func(w *calculation) string {
			if w.e.Limit == 1 && !w.e.Masked {
				return "Kept: top-p 1 leaves nothing out."
			}
			return w.keepNote(fmt.Sprintf("top-p keeps the most likely until they sum to %s", say.Short(w.e.Limit)))
		},
	}, {
		op:           model.OpSum,
		question:     always(divisor),
		cellQuestion: sameForEach(divisor),
		terms:        func(w *calculation) { w.each("", same) },
		equation:     func(w *calculation) (symbols, live []FormulaPart) { return join("Σ ", w.sym("x")), w.begin() },
	}, {
		op:           model.OpShare,
		question:     always("With which probability each word is drawn."),
		cellQuestion: aboutWord("With which probability %s is drawn."),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join(w.sym("x")), join(w.sym("sum")))), join(fraction(join(val(w.one("x"))), join(val(w.one("sum")))))
		},
		note: nothingLeft,
	}, {
		op:           model.OpRandom,
		question:     always("Where the seeded generator points, between 0 and 1."),
		cellQuestion: sameForEach("Where the seeded generator points, between 0 and 1."),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			ran := w.v.Ran
			return join("uniform in [0, 1)"), join(fmt.Sprintf("seed %d, draw %d", ran.Sampling.Seed, len(ran.Generated)+1))
		},
		end: func(View, *engine.Explained) (string, int) {
			return "The way ends here: this number comes from the seed.", -1
		},
	}, {
		op:           model.OpDraw,
		question:     always("Which token follows."),
		cellQuestion: sameForEach("Which token follows."),
		whole:        true,
		chooses:      true,
		terms:        func(w *calculation) { w.each("", same) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join("the first id at which Σ ", w.sym("x"), " exceeds ", w.sym("random")), join("Σ x > ", val(w.one("random")))
		},
		note: func(w *calculation) string {
			return fmt.Sprintf("Going through the tokens by id, the sum of their probabilities first exceeds %s at %s.",
				say.Number(w.one("random")), w.v.WordText(int(w.e.Value)))
		},
		follow: func(w *calculation) (run.Cell, bool) {
			x := w.of("x")
			return x.At(int(w.e.Value)), x.Tensor != ""
		},
	},
}

// aboutWord is a question about a word of the vocabulary.
func aboutWord(question string) func(View, model.Info, run.Cell) string {
	return func(v View, _ model.Info, c run.Cell) string { return fmt.Sprintf(question, v.WordText(c.Col)) }
}

// justX is the equation of what passes a filter unchanged.
func justX(w *calculation) (symbols, live []FormulaPart) {
	return join(w.sym("x")), nil
}

func (w *calculation) keepNote(rule string) string {
	if w.e.Masked {
		return fmt.Sprintf("Left out: %s.", rule)
	}
	return fmt.Sprintf("Kept: %s.", rule)
}
