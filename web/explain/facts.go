package explain

import (
	"slices"

	"glassbox/model"
)

// A Fact is a labelled number of parameters, with its share of all.
type Fact struct {
	Label string
	Count int
	Share float64
}

// Parameters returns where the weights of a model are. The counts sum to
// a.Parameters().
func Parameters(a model.Account) []Fact {
	facts := []Fact{{Label: "Feed-forward"}, {Label: "Attention"}, {Label: "Embeddings"}, {Label: "Norms and output"}}
	for _, p := range a.Parts {
		at := slices.IndexFunc(facts, func(f Fact) bool { return f.Label == p.Part })
		if at < 0 {
			at = len(facts) - 1
		}
		facts[at].Count += p.Parameters
	}
	for i := range facts {
		facts[i].Share = float64(facts[i].Count) / float64(max(1, a.Parameters()))
	}
	return facts
}
