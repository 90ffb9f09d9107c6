package engine

import (
	"slices"
	"strconv"

	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// tokenize cuts a text into tokens, whatever model is loaded.
func (e *Engine) tokenize(q *Tokenize) (*Tokenized, error) {
	switch q.Tokenizer {
	case "letters":
		return e.tokenizeLetters(q)
	case "own":
		if e.own == nil {
			return nil, fault.New("ownMissing", "this model brings no tokenizer")
		}
		return e.tokenizeOwn(q)
	case "gpt2":
		if e.gpt2 == nil {
			return nil, fault.New("tableMissing", "the table of the GPT-2 tokenizer is not here yet")
		}
		return e.tokenizeGPT2(q)
	}
	return nil, fault.New("tokenizerUnknown", "there is no tokenizer named %q; expected letters, gpt2 or own", q.Tokenizer)
}

func (e *Engine) tokenizeLetters(q *Tokenize) (*Tokenized, error) {
	letters := e.letters
	if q.Alphabet != "" {
		var err error
		if letters, err = tokenizer.NewLetters(q.Alphabet); err != nil {
			return nil, err
		}
	}
	if letters == nil {
		return nil, fault.New("alphabetMissing", "this model has no alphabet; choose the GPT-2 tokenizer")
	}
	tokens, err := letters.Encode(q.Text)
	if err != nil {
		return nil, err
	}
	return &Tokenized{Tokenizer: q.Tokenizer, Tokens: visibleTokens(q.Text, tokens)}, nil
}

func (e *Engine) tokenizeGPT2(q *Tokenize) (*Tokenized, error) {
	encode := e.gpt2.Encode
	if q.Special {
		encode = e.gpt2.EncodeSpecial
	}
	tokens, err := encode(q.Text)
	if err != nil {
		return nil, err
	}
	t := &Tokenized{Tokenizer: q.Tokenizer, Tokens: visibleTokens(q.Text, tokens), Merges: make([][]Merge, len(tokens))}
	for first := 0; first < len(tokens); {
		if tokens[first].ID == e.gpt2.EndOfTextID() {
			first++
			continue
		}
		end := first
		for end < len(tokens) && tokens[end].ID != e.gpt2.EndOfTextID() {
			end++
		}
		if err := e.merges(q.Text, tokens[first:end], t.Merges[first:end]); err != nil {
			return nil, err
		}
		first = end
	}
	return t, nil
}

// tokenizeOwn cuts a text with the tokenizer of the model's files.
func (e *Engine) tokenizeOwn(q *Tokenize) (*Tokenized, error) {
	encode := e.own.Encoding.Encode
	if q.Special {
		encode = e.own.Encoding.EncodeSpecial
	}
	tokens, err := encode(q.Text)
	if err != nil {
		return nil, err
	}
	words, err := e.own.Encoding.Merges(q.Text)
	if err != nil {
		return nil, err
	}
	t := &Tokenized{Tokenizer: q.Tokenizer, Tokens: e.own.shown(tokens), Merges: make([][]Merge, len(tokens))}
	if q.Special {
		return t, nil // the words of special tokens are no words
	}
	i := 0 // the token that a step belongs to: the first one that ends where it does, or behind it
	for _, w := range words {
		for _, s := range w.Steps {
			for i < len(tokens) && tokens[i].End <= s.Start && s.End > s.Start {
				i++
			}
			at := i
			for at < len(tokens)-1 && tokens[at].End < s.End {
				at++
			}
			t.Merges[at] = append(t.Merges[at], Merge{Rank: s.Rank, ID: s.ID, Left: e.own.word(s.Left), Right: e.own.word(s.Right)})
		}
	}
	return t, nil
}

// merges fills in the merges that built each of some adjacent tokens of text from single
// bytes.
func (e *Engine) merges(text string, tokens []tokenizer.Token, merges [][]Merge) error {
	start, end := tokens[0].Start, tokens[len(tokens)-1].End
	words, err := e.gpt2.Merges(text[start:end])
	if err != nil {
		return err
	}
	for _, w := range words {
		for _, s := range w.Steps {
			i, _ := slices.BinarySearchFunc(tokens, start+s.End, func(t tokenizer.Token, at int) int { return t.End - at })
			piece := text[start:end]
			merges[i] = append(merges[i], Merge{Rank: s.ID, ID: s.ID,
				Left:  tokenizer.Visible([]byte(piece[s.Start:s.Mid])),
				Right: tokenizer.Visible([]byte(piece[s.Mid:s.End]))})
		}
	}
	return nil
}

// numbers is the tokenizer of a model with that many tokens of unknown text: their ids are
// typed as whole numbers, with spaces or commas between them.
type numbers int

// Name returns "numbers".
func (n numbers) Name() string { return "numbers" }

// Vocab returns the number of tokens.
func (n numbers) Vocab() int { return int(n) }

// Encode returns a token for each number. It spans the spaces and commas before it, and
// the last one those behind it.
func (n numbers) Encode(text string) ([]tokenizer.Token, error) {
	tokens, start := []tokenizer.Token{}, 0
	for at := 0; at < len(text); {
		if isSeparator(text[at]) {
			at++
			continue
		}
		end := at
		for end < len(text) && !isSeparator(text[end]) {
			end++
		}
		id, err := strconv.Atoi(text[at:end])
		if err != nil || id < 0 || id >= int(n) {
			return nil, fault.New("noTokenNumber", "%.20q is no token of this model; type whole numbers from 0 to %d with spaces between them", text[at:end], int(n)-1)
		}
		tokens = append(tokens, tokenizer.Token{ID: id, Start: start, End: end})
		at, start = end, end
	}
	if len(tokens) > 0 {
		tokens[len(tokens)-1].End = len(text)
	}
	return tokens, nil
}

func isSeparator(c byte) bool { return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r' }

// Decode returns the numbers with spaces between them.
func (n numbers) Decode(ids []int) ([]byte, error) {
	var text []byte
	for i, id := range ids {
		piece, ok := n.Piece(id)
		if !ok {
			return nil, &tokenizer.UnknownIDError{ID: id, Index: i, Vocab: int(n)}
		}
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(text, piece...)
	}
	return text, nil
}

// Piece returns the number as it is typed.
func (n numbers) Piece(id int) ([]byte, bool) {
	return strconv.AppendInt(nil, int64(id), 10), id >= 0 && id < int(n)
}
