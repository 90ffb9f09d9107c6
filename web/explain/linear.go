package explain

import (
	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

var linearRows = []row{
	{
		op:       model.OpLinear,
		question: func(v View, i model.Info) string { return useOf(v, i).all() },
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return useOf(v, i).one(v.subject(i, c), c.Col)
		},
		weights: map[string]func() string{
			"weight": say.Explain.LinearWeight,
			"bias":   say.Explain.LinearBias,
		},
		terms:    func(w *calculation) { w.products("x", "weight") },
		equation: dotEquation,
	}, {
		op:       model.OpUnembed,
		question: always(say.Explain.Unembed),
		cellQuestion: func(v View, i model.Info, c run.Cell) string {
			return say.Explain.UnembedCell(v.WordText(c.Col), v.subject(i, c))
		},
		weights:  map[string]func() string{"weight": say.Explain.UnembedWeight},
		terms:    func(w *calculation) { w.products("x", "weight") },
		equation: dotEquation,
	},
}

// A use is what the result of a linear layer is for.
type use struct {
	all func() string
	one func(token string, n int) string
}

// uses has one for the results that something else reads than the stream.
var uses = map[string]use{
	"query":   {say.Explain.Query, say.Explain.QueryCell},
	"key":     {say.Explain.Key, say.Explain.KeyCell},
	"value":   {say.Explain.Value, say.Explain.ValueCell},
	"feature": {say.Explain.Feature, say.Explain.FeatureCell},
	"":        {say.Explain.Added, func(token string, n int) string { return say.Explain.AddedCell(n, token) }},
}

func useOf(v View, i model.Info) use { return uses[v.Use(i)] }

// dotEquation is that of a sum of products, with a bias or without.
func dotEquation(w *calculation) (symbols, live []FormulaPart) {
	symbols = join(op("Σ "), w.sym(w.Operands[0].Role), op("·"), w.sym(w.Operands[1].Role))
	if bias := w.of("bias"); len(bias.Values) == 1 {
		return join(symbols, op(" + "), w.sym("bias")), w.adds(w.Sum, float64(bias.Values[0]))
	}
	return symbols, w.begin()
}
