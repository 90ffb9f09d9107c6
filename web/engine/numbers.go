package engine

import (
	"strconv"

	"glassbox/model/fault"
	"glassbox/tokenizer"
)

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
