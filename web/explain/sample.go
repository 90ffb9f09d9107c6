package explain

import (
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

var sampleRows = []row{
	{
		op:           model.OpTemperature,
		question:     always(say.Explain.Temperature),
		cellQuestion: aboutWord(say.Explain.TemperatureCell),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join(w.sym("x")), join(FormulaPart{Kind: Symbol, Text: say.Explain.Symbol("temperature")}))), join(fraction(join(val(w.one("x"))), join(setting(w.e.Factor))))
		},
		note: func(w *calculation) string {
			if w.v.Ran.Sampling.Temperature == 0 {
				return say.Explain.TemperatureOfZero()
			}
			return ""
		},
	}, {
		op:           model.OpTopK,
		question:     always(say.Explain.TopK),
		cellQuestion: aboutWord(say.Explain.TopKCell),
		equation:     justX,
		note: func(w *calculation) string {
			if info, _ := w.v.Info(w.e.Name); int(w.e.Limit) >= info.Cols {
				return say.Explain.TopKKeepsAll()
			}
			return say.Explain.TopKNote(w.kept(), int(w.e.Limit))
		},
	}, {
		op:           model.OpTopP,
		question:     always(say.Explain.TopP),
		cellQuestion: aboutWord(say.Explain.TopPCell),
		equation:     justX,
		note: func(w *calculation) string {
			if w.e.Limit == 1 && !w.e.Masked {
				return say.Explain.TopPKeepsAll()
			}
			return say.Explain.TopPNote(w.kept(), say.Short(w.e.Limit))
		},
	}, {
		op:           model.OpMinP,
		question:     always(say.Explain.MinP),
		cellQuestion: aboutWord(say.Explain.MinPCell),
		equation:     justX,
		note:         func(w *calculation) string { return say.Explain.MinPNote(w.kept(), say.Short(w.e.Limit)) },
	}, {
		op:           model.OpSum,
		question:     always(say.Explain.Divisor),
		cellQuestion: sameForEach(say.Explain.Divisor),
		terms:        func(w *calculation) { w.each("", same) },
		equation:     func(w *calculation) (symbols, live []FormulaPart) { return join("Σ ", w.sym("x")), w.begin() },
	}, {
		op:           model.OpShare,
		question:     always(say.Explain.Share),
		cellQuestion: aboutWord(say.Explain.ShareCell),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(fraction(join(w.sym("x")), join(w.sym("sum")))), join(fraction(join(val(w.one("x"))), join(val(w.one("sum")))))
		},
		note: nothingLeft,
	}, {
		op:           model.OpRandom,
		question:     always(say.Explain.Random),
		cellQuestion: sameForEach(say.Explain.Random),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			ran := w.v.Ran
			return join(prose(Formula(model.OpRandom, nil))), join(prose(say.Explain.RandomLive(strconv.FormatUint(ran.Sampling.Seed, 10), len(ran.Generated)+1)))
		},
		end: func(View, *engine.Explained) (string, int) {
			return say.Explain.EndOfRandom(), -1
		},
	}, {
		op:           model.OpDraw,
		question:     always(say.Explain.Draw),
		cellQuestion: sameForEach(say.Explain.Draw),
		chooses:      true,
		terms:        func(w *calculation) { w.each("", same) },
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return w.told(say.Explain.DrawEquation(w.of("x").Name)), join("Σ ", w.sym("x"), " > ", val(w.one("random")))
		},
		note: func(w *calculation) string {
			return say.Explain.DrawNote(say.Brief(w.one("random")), w.v.WordText(int(w.e.Value)))
		},
		follow: func(w *calculation) (run.Cell, bool) {
			x := w.of("x")
			return x.At(int(w.e.Value)), x.Tensor != ""
		},
	},
}

// justX is the equation of what passes a filter unchanged.
func justX(w *calculation) (symbols, live []FormulaPart) {
	return join(w.sym("x")), nil
}

// kept says whether a filter has kept the word, as the texts that tell of it ask.
func (w *calculation) kept() string {
	if w.e.Masked {
		return "no"
	}
	return "yes"
}

// told is an equation that is a text; what stands in its tags are the symbols of these roles.
func (w *calculation) told(pieces []say.Piece) (list []FormulaPart) {
	for _, p := range pieces {
		if p.Tag == "" {
			list = append(list, prose(p.Text))
			continue
		}
		symbol := w.sym(p.Tag)
		symbol.Text = p.Text
		list = append(list, symbol)
	}
	return list
}
