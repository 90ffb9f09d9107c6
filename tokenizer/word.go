package tokenizer

// Word is one word of a text, text[Start:End], and how byte-pair encoding puts it together. All offsets
// in it are offsets in the text.
type Word struct {
	Start, End int
	Bytes      []Token     // what the word starts as: one token per byte
	Steps      []MergeStep // the merges, in the order in which they are made
}

// MergeStep is one merge: the tokens text[Start:Mid] and text[Mid:End] become one token.
type MergeStep struct {
	ID              int // of the new token; lower ids are merged first, so it is the rank too
	Left, Right     int // ids of the two tokens
	Start, Mid, End int
}

// After returns the tokens of the word after the first n merges: w.Bytes for 0, the final tokens for
// len(w.Steps). It takes O(len(w.Bytes)) time, and panics if n is out of range.
func (w Word) After(n int) []Token {
	parts := append([]Token(nil), w.Bytes...)
	for _, s := range w.Steps[:n] {
		parts[s.Start-w.Start] = Token{ID: s.ID, Start: s.Start, End: s.End}
	}
	tokens := make([]Token, 0, len(parts)-n)
	for at := w.Start; at < w.End; {
		token := parts[at-w.Start]
		tokens = append(tokens, token)
		at = token.End
	}
	return tokens
}

// Tokens returns the final tokens of the word.
func (w Word) Tokens() []Token { return w.After(len(w.Steps)) }
