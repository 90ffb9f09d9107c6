package explain

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/say"
)

var embedRows = []row{
	{
		op:       model.OpWeight, // its questions stand in the rows of what reads it
		equation: blockEquation,
		note:     weightNote,
		end: func(View, *engine.Explained) (string, int) {
			return say.Explain.EndLearned(), -1
		},
	}, {
		op:           model.OpTokens,
		question:     always(say.Explain.Tokens),
		cellQuestion: aboutToken(say.Explain.TokensCell),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(prose(Formula(model.OpTokens, nil))), join(prose(w.v.Tag(w.e.Row)))
		},
		note: func(w *calculation) string {
			return say.Explain.TokensNote(w.Result, w.v.WordText(int(w.e.Value)))
		},
		end: func(v View, x *engine.Explained) (string, int) {
			return say.Explain.EndOfTokens(int(x.Value), v.TokenName(x.Row), v.Writer(x.Row)), x.Row
		},
	}, {
		op:           model.OpLookup,
		question:     always(say.Explain.Lookup),
		cellQuestion: numbered(say.Explain.LookupCell),
		weights:      map[string]func() string{"table": say.Explain.LookupTable},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.sym("table"), "[", w.sym("id"), "]"), join(prose(say.Explain.CellOfTable(int(w.one("id")), w.e.Col)))
		},
		end: func(v View, x *engine.Explained) (string, int) {
			id := 0
			if x.Row < len(v.Tokens) {
				id = v.Tokens[x.Row].ID
			}
			return say.Explain.EndOfLookup(x.Col, v.TokenName(x.Row), v.Writer(x.Row), id), x.Row
		},
	}, {
		op:           model.OpPosition,
		question:     always(say.Explain.Position),
		cellQuestion: numbered(say.Explain.PositionCell),
		weights:      map[string]func() string{"table": say.Explain.PositionTable},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.sym("table"), inWords("[position]", nil)), join(prose(say.Explain.CellOfTable(w.e.Row, w.e.Col)))
		},
		end: func(v View, x *engine.Explained) (string, int) {
			return say.Explain.EndOfPosition(x.Col, x.Row, v.TokenName(x.Row), v.Writer(x.Row)), x.Row
		},
	}, {
		op:           model.OpAdd,
		question:     always(say.Explain.Add),
		cellQuestion: numbered(say.Explain.AddCell),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.sym("a"), " + ", w.sym("b")), w.adds(w.one("a"), w.one("b"))
		},
		larger: true,
	},
}
