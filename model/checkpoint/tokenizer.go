package checkpoint

import (
	"glassbox/model/checkpoint/foreign"
	"glassbox/tokenizer/published"
)

// Tokenizer reads the tokenizer in the files of a model: in the metadata of GGUF, in tokenizer.json, or in vocab.json and
// merges.txt. It returns nil if there is none, and a [*published.UnknownError] for one that is not known here.
func (i *Imported) Tokenizer() (*published.Tokenizer, error) {
	if i.GGUF != nil {
		if !i.GGUF.Has("tokenizer.ggml.model") {
			return nil, nil
		}
		return published.FromGGUF(i.GGUF)
	}
	whole, config := i.Companion(foreign.Tokenizer), i.Companion(foreign.TokenizerConfig)
	vocabulary, merges := i.Companion(foreign.Vocabulary), i.Companion(foreign.Merges)
	switch {
	case whole != nil:
		return published.FromJSON(whole, config)
	case vocabulary != nil && merges != nil:
		return published.FromVocabMerges(vocabulary, merges, config)
	}
	return nil, nil
}

// Companion returns the contents of the file that has a role beside the weights; nil: there is none.
func (i *Imported) Companion(role foreign.Kind) []byte {
	for _, c := range i.Beside {
		if c.Role == role {
			return c.File.Bytes
		}
	}
	return nil
}
