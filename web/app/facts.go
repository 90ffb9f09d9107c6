package app

import "glassbox/model"

// Parameters returns where the weights of a model are. The counts sum to
// c.Parameters().
func Parameters(c model.Config) []Fact {
	C, L := c.Width, c.Blocks
	facts := []Fact{
		{Label: "Feed-forward", Count: L * (8*C*C + 5*C)},
		{Label: "Attention", Count: L * (4*C*C + 4*C)},
		{Label: "Embeddings", Count: (c.Rows() + c.Context) * C},
		{Label: "Norms and output", Count: L*4*C + 2*C},
	}
	if !c.Tied {
		facts[3].Count += c.Vocab * C
	}
	for i := range facts {
		facts[i].Share = float64(facts[i].Count) / float64(max(1, c.Parameters()))
	}
	return facts
}
