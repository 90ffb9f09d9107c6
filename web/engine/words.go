package engine

import (
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// maxWords is the most words that are sent along with a reply.
const maxWords = 512

// replyWords returns the words for the ids that a reply mentions. A short vocabulary needs
// none: the page knows its alphabet.
func (e *Engine) replyWords(r Reply) (words []TokenText) {
	if e.trace == nil || e.trace.Model.Config.Vocab <= shortVocabulary {
		return nil
	}
	var ids []int
	if r.Explained != nil {
		ids = e.explainedIDs(r.Explained)
	}
	for _, v := range append(slices.Clone(r.Read), optionalValues(r.Values)...) {
		rows, cols := e.vocabularyAxes(v.Name)
		if rows {
			ids = append(ids, span(v.From, v.Rows)...)
		}
		if cols {
			ids = append(ids, span(v.Col, v.Cols)...)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids[:min(len(ids), maxWords)] {
		words = append(words, TokenText{id, e.word(id)})
	}
	return words
}

func optionalValues(v *Values) []Values {
	if v == nil {
		return nil
	}
	return []Values{*v}
}

// span returns the ids from … from+n−1, or none if they are more than maxWords.
func span(from, n int) (ids []int) {
	if n > maxWords {
		return nil
	}
	for i := range n {
		ids = append(ids, from+i)
	}
	return ids
}

// vocabularyAxes reports whether the rows or the columns of a step or weight are the words of
// the vocabulary.
func (e *Engine) vocabularyAxes(name string) (rows, cols bool) {
	t := e.trace.Tensor(name)
	if t == nil {
		return false, false
	}
	return t.RowAxis == model.AxisWord, t.ColAxis == model.AxisWord
}

// explainedIDs returns the ids that an explanation mentions: those of its cell, of the first
// cell of each operand, and of the terms that are listed.
func (e *Engine) explainedIDs(x *Explained) (ids []int) {
	add := func(name string, row, col int) {
		rows, cols := e.vocabularyAxes(name)
		if rows {
			ids = append(ids, row)
		}
		if cols {
			ids = append(ids, col)
		}
	}
	add(x.Name, x.Row, x.Col)
	for i, o := range x.Operands {
		t := e.trace.Tensor(o.Tensor)
		add(o.Tensor, o.Start/t.Cols, o.Start%t.Cols)
		for _, at := range x.Places[i] {
			cell := o.Start + at*o.Stride
			add(o.Tensor, cell/t.Cols, cell%t.Cols)
		}
	}
	return ids
}

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
