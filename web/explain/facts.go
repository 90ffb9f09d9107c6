package explain

import (
	"slices"

	"glassbox/model"
	"glassbox/web/say"
)

// A Fact is the number of parameters of a part of a model, or of the rest, with its share of all.
type Fact struct {
	Part  string // that of a model.PartAccount; "": the rest
	Count int
	Share float64
}

// facts are what is told apart, in the order of their usual sizes.
var facts = [...]struct {
	Part  string
	label func() string
}{
	{Part: "Feed-forward", label: say.Explain.FeedForward},
	{Part: "Attention", label: say.Explain.Attention},
	{Part: "Embeddings", label: say.Explain.Embeddings},
	{Part: "", label: say.Explain.NormsAndOutput},
}

// Label names the part.
func (f Fact) Label() string {
	for _, known := range facts {
		if known.Part == f.Part {
			return known.label()
		}
	}
	return ""
}

// Parameters returns where the weights of a model are. The counts sum to
// a.Parameters().
func Parameters(a model.Account) []Fact {
	list := make([]Fact, len(facts))
	for i, f := range facts {
		list[i].Part = f.Part
	}
	for _, p := range a.Parts {
		at := slices.IndexFunc(list, func(f Fact) bool { return f.Part == p.Part })
		if at < 0 {
			at = len(list) - 1
		}
		list[at].Count += p.Parameters
	}
	for i := range list {
		list[i].Share = float64(list[i].Count) / float64(max(1, a.Parameters()))
	}
	return list
}
