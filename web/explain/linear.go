package explain

import (
	"fmt"

	"glassbox/model"
	"glassbox/web/run"
)

var linearRows = []row{
	{
		op:       model.OpLinear,
		question: func(v View, i model.Info) string { return useOf(v, i).all },
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf(useOf(v, i).one, v.subject(i, c), c.Col)
		},
		weights: map[string]string{
			"weight": "How much of each input goes into each output.",
			"bias":   "What is added to each output, whatever the input.",
		},
		terms:    func(w *calculation) { w.products("x", "weight") },
		equation: dotEquation,
	}, {
		op:       model.OpUnembed,
		question: always("How well each word of the vocabulary fits next."),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return fmt.Sprintf("How well %s fits after %s.", v.WordText(c.Col), v.subject(i, c))
		},
		weights:  map[string]string{"weight": "What a column must look like for a word to follow: one row each."},
		terms:    func(w *calculation) { w.products("x", "weight") },
		equation: dotEquation,
	},
}

// A use is what the result of a linear layer is for.
type use struct{ all, one string }

// uses has one for the results that something else reads than the stream.
var uses = map[string]use{
	"query":   {"What each token looks for.", "What %s looks for, number %d."},
	"key":     {"What each token offers to those that look.", "What %s offers to those that look, number %d."},
	"value":   {"What each token hands over if it is looked at.", "What %s hands over if it is looked at, number %d."},
	"feature": {"How strongly each token answers to each feature.", "How strongly %s answers to feature %d."},
	"":        {"What is added to the stream.", "What is added to number %[2]d of the stream for %[1]s."},
}

func useOf(v View, i model.Info) use { return uses[v.Use(i)] }

// dotEquation is that of a sum of products, with a bias or without.
func dotEquation(w *calculation) (symbols, live []FormulaPart) {
	symbols = join(op("Σ "), w.sym(w.Operands[0].Role), op("·"), w.sym(w.Operands[1].Role))
	if bias := w.of("bias"); len(bias.Values) == 1 {
		return join(symbols, op(" + "), w.sym("bias")), join(val(w.Sum), plus(float64(bias.Values[0])))
	}
	return symbols, w.begin()
}
