package main

import (
	"errors"
	"fmt"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/tokenizer"
	"glassbox/tokenizer/published"
	"glassbox/tokenizer/r50k"
)

// gpt2Vocab is V of GPT-2. A larger vocabulary is taken for that of GPT-2 with padding
// behind it, such as the 50304 of nanoGPT.
const gpt2Vocab = 50257

// words is the tokenizer of a model: letters, that of GPT-2, or the one that its files bring.
type words struct {
	tokenizer.Tokenizer
	own *published.Tokenizer // nil: it is not one of the files
}

// encode returns the tokens of a text, with those of its start and end, if the files ask for them.
func (w *words) encode(text string) ([]tokenizer.Token, error) {
	tokens, err := w.Encode(text)
	if err == nil && w.own != nil {
		tokens = w.own.Specials.Frame(tokens, len(text))
	}
	return tokens, err
}

// control reports whether a token begins or ends a text or a turn, and is no part of what is said.
func (w *words) control(id int) bool {
	return w.own != nil && id < w.own.Encoding.Vocab() && w.own.Encoding.KindOf(id) == tokenizer.Control
}

// wordsOf returns the tokenizer of a model; nil: it has none. A tokenizer in its files that can't be used is a remark.
func (in *input) wordsOf(i *checkpoint.Imported) (*words, error) {
	c := i.Model.Config
	if c.Alphabet != "" {
		letters, err := tokenizer.NewLetters(c.Alphabet)
		return &words{Tokenizer: letters}, err
	}
	own, err := i.Tokenizer()
	switch {
	case err != nil:
		in.note(fault.Of(err).Sentence())
		return nil, nil
	case own != nil && own.Encoding.Vocab() > c.Vocab:
		in.note(fmt.Sprintf("Its tokenizer has %d tokens, and the model %d: it belongs to another model.", own.Encoding.Vocab(), c.Vocab))
		return nil, nil
	case own != nil:
		return &words{own.Encoding, own}, nil
	case c.Family == model.FamilyGPT2 && c.Vocab >= gpt2Vocab:
		table, err := tokenizer.NewGPT2(r50k.Table())
		return &words{Tokenizer: table}, err
	}
	return nil, nil
}

// errWordless says that a text can't be read.
var errWordless = errors.New("this model's vocabulary has no tokenizer; give its characters with -alphabet, or the tokens with -ids")
