package app

import (
	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Shipped returns the models that the page carries, of those that it may carry: has says
// whether a file is there, static/models/ID.safetensors when the page is packed. The first
// one is the page's default, so the order here decides which that is.
func Shipped(has func(id string) bool) (list []feature.Choice) {
	for _, c := range []feature.Choice{language(), sorter()} {
		if has(c.ID) {
			list = append(list, c.Worded())
		}
	}
	return list
}

// language is the model that writes English in the tokens of GPT-2. Its example is 3 tokens
// long.
func language() feature.Choice {
	return feature.Choice{
		ID: "language", Words: func() (label, does string) { return say.App.Language(), say.App.LanguageDoes() },
		Example: "How to predict", Tokens: 3,
		Config: model.Config{Vocab: feature.GPT2Vocab, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true, Distinct: 3669},
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
