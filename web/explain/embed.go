package explain

import (
	"fmt"
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// learned ends a way at a number that nothing was computed for.
const learned = "was learned in training"

var embedRows = []row{
	{
		op:       model.OpWeight, // its questions stand in the rows of what reads it
		equation: formula,
		end: func(View, *engine.Explained) (string, int) {
			return "The way ends here: this number " + learned + ".", -1
		},
	}, {
		op:       model.OpTokens,
		question: always("Which numbers stand for the tokens."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("Which number stands for %s.", v.subject(i, c))
		},
		whole: true,
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join("the id that was given"), join(w.v.Tag(w.e.Row))
		},
		note: func(w *calculation) string {
			return fmt.Sprintf("%s stands for %s in the vocabulary.", w.Result, w.v.WordText(int(w.e.Value)))
		},
		end: func(v View, x *engine.Explained) (string, int) {
			return fmt.Sprintf("The way ends here, at the text: %s is the id of %s.", strconv.Itoa(int(x.Value)), v.ofText(x.Row)), x.Row
		},
	}, {
		op:       model.OpLookup,
		question: always("What the token table says about each token."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("What number %d of the table says about %s.", c.Col, v.subject(i, c))
		},
		weights: map[string]string{"table": "What the model has learned about each token: one row each."},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.sym("table"), "[", w.sym("id"), "]"), join(fmt.Sprintf("row %d, number %d", int(w.one("id")), w.e.Col))
		},
		end: func(v View, x *engine.Explained) (string, int) {
			id := 0
			if x.Row < len(v.Tokens) {
				id = v.Tokens[x.Row].ID
			}
			return fmt.Sprintf("The way ends here, at the text: number %d of the embedding of %s. It stands in row %s of the token table and %s.",
				x.Col, v.ofText(x.Row), say.Count(id), learned), x.Row
		},
	}, {
		op:       model.OpPosition,
		question: always("What the position table says about each place."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("What number %d of the table says about the place of %s.", c.Col, v.subject(i, c))
		},
		weights: map[string]string{"table": "What the model has learned about each place: one row each."},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.sym("table"), "[position]"), join(fmt.Sprintf("row %d, number %d", w.e.Row, w.e.Col))
		},
		end: func(v View, x *engine.Explained) (string, int) {
			return fmt.Sprintf("The way ends here, at the text: number %d of the embedding of place %d, where %s stands. It %s.",
				x.Col, x.Row, v.ofText(x.Row), learned), x.Row
		},
	}, {
		op:       model.OpAdd,
		question: always("The residual stream: one column for each token."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("What number %d of the stream is for %s.", c.Col, v.subject(i, c))
		},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			return join(w.sym("a"), " + ", w.sym("b")), join(val(w.one("a")), plus(w.one("b")))
		},
		follow: func(w *calculation) (run.Cell, bool) { return largerOf(w.Operands) },
	},
}
