package tokenizer

// Word is one word of a text, text[Start:End], and how byte-pair encoding puts it together. All offsets
// in it are offsets in the text.
type Word struct {
	Start, End int
	Bytes      []Token     // what the word starts as: one token per byte; in SentencePiece per character, if that is a token
	Steps      []MergeStep // the merges, in the order in which they are made
}

// MergeStep is one merge: the tokens text[Start:Mid] and text[Mid:End] become one token.
type MergeStep struct {
	ID              int     // of the new token; in GPT-2 lower ids are merged first, so it is the rank too
	Rank            int     // of the pair: the lowest is merged first, the leftmost of equals; -1: unknown tokens in a row become one
	Score           float32 // of the new token in SentencePiece, where the highest is merged first; else 0
	Left, Right     int     // ids of the two tokens; -1: a character that is no token
	Start, Mid, End int

	from, to int // what it joins, counted in the tokens that the word starts as
}

// After returns the tokens of the word after the first n merges: w.Bytes for 0, the final tokens for
// len(w.Steps). It takes O(len(w.Bytes)) time, and panics if n is out of range.
func (w Word) After(n int) []Token {
	parts := append([]Token(nil), w.Bytes...)
	end := make([]int, len(parts)) // of the part that starts there; 0: one token
	for _, s := range w.Steps[:n] {
		parts[s.from] = Token{ID: s.ID, Start: s.Start, End: s.End}
		end[s.from] = s.to
	}
	tokens := make([]Token, 0, len(parts))
	for i := 0; i < len(parts); i = max(end[i], i+1) {
		tokens = append(tokens, parts[i])
	}
	return tokens
}

// Tokens returns the final tokens of the word.
func (w Word) Tokens() []Token { return w.After(len(w.Steps)) }
