package tokenizer

import (
	"strings"

	"glassbox/model/fault"
)

// EndOfText is the special token that stands between two documents. [GPT2.Encode] reads these
// characters as text, for they are what a reader typed; [GPT2.EncodeSpecial] reads them as the token.
const EndOfText = "<|endoftext|>"

// GPT2Vocab is how many tokens GPT-2's encoding has: 256 bytes, 50,000 merges, and the end of text. Programs pad the vocabulary of a
// model, nanoGPT to 50,304; the ids behind stand for no text.
const GPT2Vocab = 50257

// GPT2 is the byte-pair encoding of GPT-2. It is immutable and safe for concurrent use.
type GPT2 struct {
	pieces []string                // bytes by id, without the special token
	ranks  map[string]int          // ids by bytes
	byteID [singles]int            // ids of the single bytes
	core   func(text string) []int // tiktoken-go's ids of a text; nil in the page
}

// NewGPT2 builds the encoding from a table of merges in the format of tokenizer/README.md, decompressed,
// and gives [EndOfText] the id after the last merge. Package glassbox/tokenizer/r50k has the
// table of GPT-2. A table that breaks the format gives a [*TableError]. Table is not kept.
func NewGPT2(table []byte) (*GPT2, error) {
	pieces, ranks, err := parseTable(table)
	if err != nil {
		return nil, err
	}
	core, err := newCore(ranks)
	if err != nil {
		return nil, err
	}
	g := &GPT2{pieces: pieces, ranks: ranks, core: core}
	for id, piece := range pieces[:singles] {
		g.byteID[piece[0]] = id
	}
	return g, nil
}

// Name returns "gpt2".
func (g *GPT2) Name() string { return "gpt2" }

// Vocab returns V, 50257 with the table of GPT-2.
func (g *GPT2) Vocab() int { return len(g.pieces) + 1 }

// EndOfTextID returns the id of [EndOfText], the last one.
func (g *GPT2) EndOfTextID() int { return len(g.pieces) }

// Encode returns the tokens of text, all of which is text: no special token comes out. It returns
// an [*InvalidUTF8Error] where text is not valid UTF-8.
func (g *GPT2) Encode(text string) ([]Token, error) {
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	return g.appendText([]Token{}, text, 0)
}

// EncodeSpecial is Encode, except that each [EndOfText] in text is read as the special token.
func (g *GPT2) EncodeSpecial(text string) ([]Token, error) {
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	tokens, at := []Token{}, 0
	for {
		before, _, found := strings.Cut(text[at:], EndOfText)
		var err error
		if tokens, err = g.appendText(tokens, before, at); err != nil || !found {
			return tokens, err
		}
		at += len(before)
		tokens = append(tokens, Token{ID: g.EndOfTextID(), Start: at, End: at + len(EndOfText)})
		at += len(EndOfText)
	}
}

// appendText appends the tokens of text, which starts at the offset base of the whole.
func (g *GPT2) appendText(tokens []Token, text string, base int) ([]Token, error) {
	if g.core == nil || longestWord(text) > longWord {
		return g.appendMerged(tokens, text, base), nil
	}
	at := 0
	for _, id := range g.core(text) {
		piece := g.pieces[id]
		if !strings.HasPrefix(text[at:], piece) {
			return nil, fault.New("pieceDiffers", "byte-pair encoding: id %d stands for %q, but the text goes on with something else at byte %d",
				id, piece, base+at)
		}
		tokens = append(tokens, Token{ID: id, Start: base + at, End: base + at + len(piece)})
		at += len(piece)
	}
	if at != len(text) {
		return nil, fault.New("tokensEnd", "byte-pair encoding: the tokens end at byte %d of %d", base+at, base+len(text))
	}
	return tokens, nil
}

// appendMerged is appendText by our own merges.
func (g *GPT2) appendMerged(tokens []Token, text string, base int) []Token {
	for at := 0; at < len(text); {
		word := text[at : at+nextWord(text[at:])]
		m := newMerger(word, g)
		m.all()
		for s := 0; s < len(word); s = m.end[s] {
			tokens = append(tokens, Token{ID: m.id[s], Start: base + at + s, End: base + at + m.end[s]})
		}
		at += len(word)
	}
	return tokens
}

// Merges returns the words of text and, for each, how its bytes become the tokens of [GPT2.Encode]. A
// word is an English ending ('s 't 're 've 'm 'll 'd), or a run of letters, of numbers or of
// other signs with the one space before it, or a run of spaces. It returns an [*InvalidUTF8Error]
// where text is not valid UTF-8.
func (g *GPT2) Merges(text string) ([]Word, error) {
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	words := []Word{}
	for at := 0; at < len(text); {
		end := at + nextWord(text[at:])
		words = append(words, g.word(text, at, end))
		at = end
	}
	return words, nil
}

// word puts text[start:end], one word, together.
func (g *GPT2) word(text string, start, end int) Word {
	w := Word{Start: start, End: end, Bytes: make([]Token, end-start)}
	for i := range w.Bytes {
		w.Bytes[i] = Token{ID: g.byteID[text[start+i]], Start: start + i, End: start + i + 1}
	}
	m := newMerger(text[start:end], g)
	for p, ok := m.first(); ok; p, ok = m.first() {
		w.Steps = append(w.Steps, MergeStep{ID: p.id, Rank: p.rank, Left: m.id[p.start], Right: m.id[p.mid],
			Start: start + p.start, Mid: start + p.mid, End: start + p.end, from: p.start, to: p.end})
		m.join(p)
	}
	return w
}

// unit returns the first byte of rest.
func (g *GPT2) unit(rest string) (size, id int) { return 1, g.byteID[rest[0]] }

// join finds a piece by its bytes: its id is its rank.
func (g *GPT2) join(_, _ int, piece string) (id, rank int, ok bool) {
	if len(piece) > maxPiece {
		return 0, 0, false
	}
	id, ok = g.ranks[piece]
	return id, id, ok
}

// Decode returns the bytes of ids, or an [*UnknownIDError]. [GPT2.EndOfTextID] gives [EndOfText].
func (g *GPT2) Decode(ids []int) ([]byte, error) {
	text := make([]byte, 0, 4*len(ids))
	for i, id := range ids {
		piece, ok := g.piece(id)
		if !ok {
			return nil, &UnknownIDError{ID: id, Index: i, Vocab: g.Vocab()}
		}
		text = append(text, piece...)
	}
	return text, nil
}

// Piece returns the bytes of id, and whether id is in the vocabulary.
func (g *GPT2) Piece(id int) ([]byte, bool) {
	piece, ok := g.piece(id)
	if !ok {
		return nil, false
	}
	return []byte(piece), true
}

// piece is Piece without the copy.
func (g *GPT2) piece(id int) (string, bool) {
	switch {
	case id < 0 || id > len(g.pieces):
		return "", false
	case id == len(g.pieces):
		return EndOfText, true
	}
	return g.pieces[id], true
}
