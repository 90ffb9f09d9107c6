package app

import (
	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/feature/search"
	"glassbox/web/feature/steering"
	"glassbox/web/say"
)

// Shipped returns the models that the page carries, of those that it may carry: has says
// whether a file is there, static/models/FILE when the page is packed, see ModelFile. The first
// one is the page's default, so the order here decides which that is.
func Shipped(has func(id string) bool) (list []feature.Choice) {
	for _, c := range []feature.Choice{language(), sorter()} {
		if has(c.ID) {
			list = append(list, c.Worded())
		}
	}
	return list
}

// ModelFile returns what the file of a model that the page may carry is called in static/models.
func ModelFile(id string) string {
	if id == "language" {
		return "language.gguf"
	}
	return id + ".safetensors"
}

// language is the model that writes English in the tokens of GPT-2. Its example is 9 tokens long, and what follows has
// a cause that can be seen in it: ·red. Of the texts to try, each is one that it goes on with rightly.
func language() feature.Choice {
	return feature.Choice{
		ID: "language", Words: func() (label, does string) { return say.App.Language(), say.App.LanguageDoes() },
		Example: "Anna has a red ball. The ball is", Tokens: 9,
		Tries: []string{
			"The capital of France is", "The opposite of hot is", "How to predict",
			"Anna gives the ball to Ben. Now the ball is with",
			"Anna had two apples and got three more. Then she had",
			"The capital of Japan is",
		},
		Copies:  search.Names(),
		Corrupt: "Anna has a blue ball. The ball is",
		Steers:  steering.Colours(),
		Config:  model.Config{Vocab: feature.GPT2Vocab, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true, Distinct: 3669},
	}
}

// sorter is the model that sorts six letters.
func sorter() feature.Choice {
	return feature.Choice{
		ID: "sort", Words: func() (label, does string) { return say.App.Sort(), say.App.SortDoes() },
		Letters: 6, Example: "CBABBC", Tokens: 6,
		Config: model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3, Alphabet: "ABC"},
	}
}
