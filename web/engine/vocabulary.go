package engine

import (
	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// wordsOf returns what the ids of a model stand for, or "" if its sizes don't tell.
func wordsOf(c model.Config) string {
	switch {
	case c.Alphabet != "":
		return "letters"
	case c.Family == model.FamilyGPT2 && c.Vocab == tokenizer.GPT2Vocab:
		return "gpt2"
	}
	return ""
}

// vocabulary returns what the ids of a model stand for, as the request says, or else the
// file, and their tokenizer if they are letters. An alphabet in the request is stored in c.
func vocabulary(l *Load, c *model.Config, own bool) (words string, letters *tokenizer.Letters, err error) {
	if words = l.Words; words == "" || words == "own" {
		words = wordsOf(*c)
		switch {
		case own:
			words = "own"
		case l.Words == "own" && words == "":
			words = "numbers" // the file has one that is not known here
		}
	} else {
		c.Alphabet = l.Alphabet
	}
	switch words {
	case "letters":
		if n := len([]rune(c.Alphabet)); n != c.Vocab {
			return "", nil, fault.New("alphabetDiffers", "the alphabet has %d character(s); expected %d, one for each token", n, c.Vocab)
		}
		letters, err = tokenizer.NewLetters(c.Alphabet)
		return words, letters, err
	case "gpt2":
		if c.Vocab < tokenizer.GPT2Vocab {
			return "", nil, fault.New("tokensTooFew", "the model knows %d token(s); the GPT-2 tokenizer needs %d", c.Vocab, tokenizer.GPT2Vocab)
		}
	case "own", "numbers", "":
	default:
		return "", nil, fault.New("wordsUnknown", "there is no tokenizer named %q; expected letters, gpt2 or numbers", words)
	}
	return words, nil, nil
}

// tokenizer returns the model's tokenizer, or an error that says why it has none.
func (e *Engine) tokenizer() (tokenizer.Tokenizer, error) {
	V := e.trace.Model.Config.Vocab
	switch {
	case e.words == "letters":
		return e.letters, nil
	case e.words == "own":
		return e.own.Encoding, nil
	case e.words == "numbers":
		return numbers(V), nil
	case e.words == "gpt2" && e.gpt2 != nil:
		return e.gpt2, nil
	case e.words == "gpt2":
		return nil, fault.New("modelNeedsTable", "this model reads GPT-2 tokens, and the table of that tokenizer is not here yet")
	}
	return nil, fault.New("wordsUnsaid", "this model knows %d token(s), but its file does not say which text each stands for", V)
}
