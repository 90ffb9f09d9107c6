package app

import "glassbox/model"

// Shipped returns the models that the page carries.
func Shipped() []Choice {
	return []Choice{{
		ID: "sort", Label: "Sort", Size: "86k", Letters: 6, Example: "CBABBC",
		Config: model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3, Alphabet: "ABC"},
	}}
}
