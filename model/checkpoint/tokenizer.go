package checkpoint

import (
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/gguf"
	"glassbox/tokenizer/published"
)

// Tokenizer reads the tokenizer in the files of a model: in the metadata of GGUF, in tokenizer.json, or in vocab.json and
// merges.txt. It returns nil if there is none, and a [*published.UnknownError] for one that is not known here.
func (i *Imported) Tokenizer() (*published.Tokenizer, error) { return TokenizerOf(i.GGUF, i.Texts()) }

// AskedPre returns how the tokenizer of a GGUF was asked to cut a text into words, as llama.cpp calls it; "": nothing was asked for, or
// it does not cut.
func (i *Imported) AskedPre() string {
	if kind, err := i.GGUF.Text("tokenizer.ggml.model"); i.Split == "" || err != nil || kind != "gpt2" {
		return ""
	}
	return published.PreOf(i.Split)
}

// TokenizerOf reads a tokenizer as [Imported.Tokenizer] does, without the weights: from a GGUF, or if f is nil from texts.
func TokenizerOf(f *gguf.File, texts published.Files) (*published.Tokenizer, error) {
	if f == nil {
		return texts.Read()
	}
	if !f.Has("tokenizer.ggml.model") {
		return nil, nil
	}
	return published.FromGGUFCut(f, texts.Split)
}

// Texts returns what the files beside the weights say of how the model reads a text, and where it ends one.
func (i *Imported) Texts() published.Files {
	beside := map[foreign.Kind][]byte{foreign.Config: i.Settings}
	for _, c := range i.Beside {
		beside[c.Role] = c.File.Bytes
	}
	texts := TextsOf(beside)
	texts.Split = i.Split
	return texts
}

// TextsOf returns the files that say how a model reads a text, by what they are.
func TextsOf(beside map[foreign.Kind][]byte) published.Files {
	return published.Files{Tokenizer: beside[foreign.Tokenizer], Config: beside[foreign.TokenizerConfig], Vocabulary: beside[foreign.Vocabulary],
		Merges: beside[foreign.Merges], Special: beside[foreign.Special], Generation: beside[foreign.Generation], Template: beside[foreign.Template], Model: beside[foreign.Config]}
}
