package main

import (
	"errors"
	"fmt"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/model/foreign"
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

// wordsOf returns the tokenizer of a model; nil: it has none. A tokenizer in its files that can't be used is a remark.
func (in *input) wordsOf(i *model.Imported) (*words, error) {
	c := i.Model.Config
	if c.Alphabet != "" {
		letters, err := tokenizer.NewLetters(c.Alphabet)
		return &words{Tokenizer: letters}, err
	}
	own, err := publishedOf(i)
	if err != nil {
		in.note(fault.Of(err).Sentence())
		return nil, nil
	}
	if own != nil {
		notes, fits := own.Fits(c.Vocab)
		for _, n := range notes {
			in.note(n.Sentence())
		}
		if !fits {
			return nil, nil
		}
		return &words{own.Encoding, own}, nil
	}
	if c.Family == model.FamilyGPT2 && c.Vocab >= gpt2Vocab {
		table, err := tokenizer.NewGPT2(r50k.Table())
		return &words{Tokenizer: table}, err
	}
	return nil, nil
}

// publishedOf reads the tokenizer of a model's files; nil if there is none.
func publishedOf(i *model.Imported) (*published.Tokenizer, error) {
	if i.GGUF == nil {
		return filesOf(i).Read()
	}
	if !i.GGUF.Has("tokenizer.ggml.model") {
		return nil, nil
	}
	return published.FromGGUF(i.GGUF)
}

// filesOf returns what lies beside the weights of a model.
func filesOf(i *model.Imported) published.Files {
	return published.Files{Tokenizer: companion(i, foreign.Tokenizer), Config: companion(i, foreign.TokenizerConfig), Vocabulary: companion(i, foreign.Vocabulary),
		Merges: companion(i, foreign.Merges), Special: companion(i, foreign.Special), Generation: companion(i, foreign.Generation), Model: i.Settings}
}

// companion returns the contents of the file that has a role beside the weights; nil: there is none.
func companion(i *model.Imported, role foreign.Kind) []byte {
	for _, c := range i.Beside {
		if c.Role == role {
			return c.File.Bytes
		}
	}
	return nil
}

// errWordless says that a text can't be read.
var errWordless = errors.New("this model's vocabulary has no tokenizer; give its characters with -alphabet, or the tokens with -ids")
