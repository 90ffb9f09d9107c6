package main

import (
	"errors"
	"fmt"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/fault"
	"glassbox/tokenizer"
	"glassbox/tokenizer/published"
	"glassbox/tokenizer/r50k"
)

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
	if w.own == nil {
		return w.ends(id)
	}
	return id < w.own.Encoding.Vocab() && w.own.Encoding.KindOf(id) == tokenizer.Control
}

// conversation returns the tokens of a conversation that ends where the model answers.
func (w *words) conversation(text string) (ids []int, err error) {
	switch {
	case w.own == nil || w.own.Template == "":
		return nil, fmt.Errorf("the files of this model bring no chat template, so it holds no conversations; give it a text with -text")
	case !w.own.Chats:
		return nil, fmt.Errorf("the chat template of this model is none of those that are known here, of ChatML and Llama 3; give it a text in its form with -text")
	}
	err = w.own.Conversation(text, func(t tokenizer.Token, _ bool) { ids = append(ids, t.ID) })
	return ids, err
}

// ends reports whether a token ends a text or a turn.
func (w *words) ends(id int) bool {
	if w.own != nil {
		return w.own.Specials.Stops(id)
	}
	table, ok := w.Tokenizer.(*tokenizer.GPT2)
	return ok && id == table.EndOfTextID()
}

// A reading is what the files of a model say of how it reads a text.
type reading struct {
	config model.Config // its Vocab is 0 where the weights are not there
	gguf   *gguf.File   // nil: the files are of another format
	files  published.Files
}

// readingOf returns what the files of a model say, of which those beside its weights are whole.
func readingOf(i *checkpoint.Imported) reading { return reading{i.Model.Config, i.GGUF, i.Texts()} }

// wordsOf returns the tokenizer of a model; nil: it has none. A tokenizer in its files that can't be used is a remark.
func (in *input) wordsOf(r reading) (*words, error) {
	if r.config.Alphabet != "" {
		letters, err := tokenizer.NewLetters(r.config.Alphabet)
		return &words{Tokenizer: letters}, err
	}
	own, err := checkpoint.TokenizerOf(r.gguf, r.files)
	if err != nil {
		in.note(fault.Of(err).Sentence())
		return nil, nil
	}
	if own == nil && r.config.Family == model.FamilyGPT2 && r.config.Vocab >= tokenizer.GPT2Vocab {
		table, err := tokenizer.NewGPT2(r50k.Table())
		return &words{Tokenizer: table}, err
	}
	if own == nil {
		return nil, nil
	}
	notes, fits := own.Notes, true
	if r.config.Vocab > 0 {
		notes, fits = own.Fits(r.config.Vocab)
	}
	in.remark(notes)
	if !fits {
		return nil, nil
	}
	return &words{own.Encoding, own}, nil
}

// errWordless says that a text can't be read.
var errWordless = errors.New("this model's vocabulary has no tokenizer; give its characters with -alphabet, or the tokens with -ids")
