package tokenizer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Name returns the name of the kind, such as "smollm".
func (b *BPE) Name() string { return b.spec.Name }

// Vocab returns V, the number of tokens of the file.
func (b *BPE) Vocab() int { return b.vocab }

// KindOf returns the kind of an id of the vocabulary.
func (b *BPE) KindOf(id int) Kind { return b.kinds[id] }

// ID returns the id of an added token, such as "<|im_end|>", by its text.
func (b *BPE) ID(added string) (id int, ok bool) {
	a, ok := b.added.tokens[added]
	if !ok && b.spelled != nil {
		a, ok = b.spelled.tokens[b.spelling(added, 0).text]
	}
	return a.ID, ok
}

// WithPrefix returns the encoding with the space before a text as said, sharing all else with b.
func (b *BPE) WithPrefix(p Prefix) *BPE {
	other := *b
	other.spec.Prefix = p
	other.spell(b.normalized)
	return &other
}

// Encode returns the tokens of text, all of which is text: no special token comes out. Those that the file adds without
// calling them special do. What has no token is left out, and covered by none, as published implementations do: see
// [BPE.Missing]. It returns an [*InvalidUTF8Error] where text is not valid UTF-8.
func (b *BPE) Encode(text string) ([]Token, error) { return b.encode(text, false) }

// EncodeSpecial is Encode, except that special tokens in text are read as such.
func (b *BPE) EncodeSpecial(text string) ([]Token, error) { return b.encode(text, true) }

func (b *BPE) encode(text string, special bool) ([]Token, error) {
	tokens := []Token{}
	err := b.words(text, special,
		func(w word) { tokens = b.appendTokens(tokens, &w) },
		func(t Token) { tokens = append(tokens, t) })
	if err != nil {
		return nil, err
	}
	return tokens, nil
}

// Merges returns the words of text and, for each, how what it starts as becomes the tokens of [BPE.Encode]. An added token
// is a word without merges. Where a word is taken as a whole, its merges are listed if they end in that token.
// It returns the error of Encode.
func (b *BPE) Merges(text string) ([]Word, error) {
	words := []Word{}
	err := b.words(text, false,
		func(w word) { words = append(words, b.listed(&w)) },
		func(t Token) { words = append(words, Word{Start: t.Start, End: t.End, Bytes: []Token{t}}) })
	if err != nil {
		return nil, err
	}
	return words, nil
}

// Missing returns the parts of text, in the order of the text, that Encode leaves out, for the vocabulary has no token
// for them: one for each byte, or character. Their ID is -1. It returns the error of Encode.
func (b *BPE) Missing(text string) ([]Token, error) {
	missing := []Token{}
	err := b.words(text, false, func(w word) {
		for at := 0; at < len(w.text); {
			size, id := b.unit(w.text[at:])
			if id < 0 && b.spec.Unknown < 0 && !b.haveBytes(w.text[at:at+size]) {
				missing = append(missing, w.token(-1, at, at+size))
			}
			at += size
		}
	}, func(Token) {})
	if err != nil {
		return nil, err
	}
	return missing, nil
}

// Decode returns the bytes of ids, without the spaces that a text gets before it, or an [*UnknownIDError]. It gives back a
// text from its tokens, except that what Encode respells stays so: characters are composed, "▁" is a space,
// and what has no token is the name of the unknown one.
func (b *BPE) Decode(ids []int) ([]byte, error) {
	text := make([]byte, 0, 4*len(ids))
	prefixed := b.spec.Prefix != PrefixNone
	for i, id := range ids {
		if id < 0 || id >= b.vocab {
			return nil, &UnknownIDError{ID: id, Index: i, Vocab: b.vocab}
		}
		piece, kind := b.pieces.at(id), b.kinds[id]
		if prefixed && kind == Normal && len(piece) > 0 && piece[0] == ' ' {
			piece = piece[1:]
		}
		text = append(text, piece...)
		added := kind == Control || kind == UserDefined || kind == Unknown
		prefixed = b.spec.Prefix == PrefixEach && added || prefixed && kind == Control
	}
	return text, nil
}

// Piece returns the bytes of id, and whether id is in the vocabulary.
func (b *BPE) Piece(id int) ([]byte, bool) {
	if id < 0 || id >= b.vocab {
		return nil, false
	}
	return append([]byte{}, b.pieces.at(id)...), true
}

// word is a word of a text as it is spelled, and what tells where it stands.
type word struct {
	text  string
	at    int // in its spelling
	ruler *ruler
}

// place returns where byte i of the word stands in the text.
func (w *word) place(i int) int { return w.ruler.place(w.at + i) }

// token returns the token of bytes s to e of the word.
func (w *word) token(id, s, e int) Token {
	start := w.place(s)
	return Token{ID: id, Start: start, End: w.place(e)}
}

// words calls each with the words of text and added with the added tokens, from left to right.
func (b *BPE) words(text string, special bool, each func(word), added func(Token)) error {
	if err := checkUTF8(text); err != nil {
		return err
	}
	for at := 0; at < len(text); {
		id, start, end := b.added.next(text, at, special)
		b.stretch(text[at:start], at, special, each, added)
		if id >= 0 {
			added(Token{ID: id, Start: start, End: end})
		}
		at = end
	}
	return nil
}

// stretch does the same with a stretch of text that holds none of the added tokens which are found in a text as it is. It
// begins at byte base of the whole.
func (b *BPE) stretch(text string, base int, special bool, each func(word), added func(Token)) {
	if text == "" {
		return
	}
	s := b.spelling(text, base)
	if b.spelled == nil {
		b.cut(b.prefixed(s, base), each)
		return
	}
	r := &ruler{cuts: s.cuts}
	for at := 0; at < len(s.text); {
		id, start, end := b.spelled.next(s.text, at, special)
		if start > at {
			b.cut(b.prefixed(s.part(at, start), base+at), each)
		}
		if id >= 0 {
			first := r.place(start)
			added(Token{ID: id, Start: first, End: r.place(end)})
		}
		at = end
	}
}

// cut calls each with the words of a spelling.
func (b *BPE) cut(s spelling, each func(word)) {
	r := &ruler{cuts: s.cuts}
	eachWord(s.text, 0, b.spec.Split, b.spec.Within, func(text string, at int) { each(word{text, at, r}) })
}

// spelling returns a stretch of text as the vocabulary spells it, with the space before it that it gets whether it has one or not.
func (b *BPE) spelling(text string, base int) spelling {
	s := newSpeller(base)
	if !b.spec.PrefixOnce && b.begins(base) {
		s.spell(" ", 0)
	}
	switch {
	case b.spec.Spaced:
		for {
			before, after, found := strings.Cut(text, string(spaceMark))
			s.spell(before, len(before))
			if !found {
				return s.done()
			}
			s.spell(" ", len(string(spaceMark)))
			text = after
		}
	case b.spec.Compose:
		compose(s, text)
	default:
		s.spell(text, len(text))
	}
	return s.done()
}

// prefixed returns a spelling with the space before it that it gets only if it has none; it begins at byte base of the text.
func (b *BPE) prefixed(s spelling, base int) spelling {
	if !b.spec.PrefixOnce || strings.HasPrefix(s.text, " ") || !b.begins(base) {
		return s
	}
	return s.behind(" ")
}

// begins reports whether what begins at a byte of a text gets a space before it.
func (b *BPE) begins(base int) bool {
	return b.spec.Prefix == PrefixEach || b.spec.Prefix == PrefixFirst && base == 0
}

// unit returns the first byte of rest, or its first character.
func (b *BPE) unit(rest string) (size, id int) {
	if !b.spec.Spaced {
		return 1, b.bytes[rest[0]]
	}
	_, size = utf8.DecodeRuneInString(rest)
	return size, b.index.find(rest[:size])
}

// join finds a merge in the list, or by the score of what it makes.
func (b *BPE) join(left, right int, piece string) (id, rank int, ok bool) {
	if b.ranks == nil {
		return b.pairs.find(left, right)
	}
	if len(piece) > b.longest || (left < 0 || right < 0) && b.spec.Unknown < 0 && !b.haveBytes(piece) {
		return 0, 0, false // too long for any, or of a character that is left out
	}
	if id = b.index.find(piece); id < 0 {
		return 0, 0, false
	}
	return id, int(b.ranks[id]), true
}

// whole returns the token that is the whole word, if words are looked up; else -1.
func (b *BPE) whole(w *word) int {
	if id := -1; !b.spec.Whole {
		return id
	}
	if id := b.index.find(w.text); id < b.vocab {
		return id
	}
	return -1
}

// appendTokens appends the tokens of a word.
func (b *BPE) appendTokens(tokens []Token, w *word) []Token {
	if id := b.whole(w); id >= 0 {
		return append(tokens, w.token(id, 0, len(w.text)))
	}
	m := newMerger(w.text, b)
	m.all()
	unknown := -1
	for s := 0; s < len(w.text); s = m.end[s] {
		if id := m.id[s]; id >= 0 && id < b.vocab {
			tokens = append(tokens, w.token(id, s, m.end[s]))
		} else {
			tokens = b.appendUnits(tokens, &unknown, w, s, m.end[s])
		}
	}
	return tokens
}

// appendUnits appends the tokens of what bytes s to e of a word started as. Unknown is the place of the last unknown one of
// the word in tokens: another right behind it may become one with it.
func (b *BPE) appendUnits(tokens []Token, unknown *int, w *word, s, e int) []Token {
	for s < e {
		size, id := b.unit(w.text[s:e])
		end := s + size
		switch {
		case id >= 0:
			tokens = append(tokens, w.token(id, s, end))
		case b.haveBytes(w.text[s:end]):
			for i := s; i < end; i++ {
				tokens = append(tokens, w.token(b.bytes[w.text[i]], i, i+1))
			}
		case b.spec.Unknown >= 0:
			t := w.token(b.spec.Unknown, s, end)
			if last := len(tokens) - 1; b.spec.FuseUnknown && last >= 0 && last == *unknown {
				tokens[last].End = t.End
			} else {
				*unknown = len(tokens)
				tokens = append(tokens, t)
			}
		}
		s = end
	}
	return tokens
}

// haveBytes reports whether each byte of a character has a token.
func (b *BPE) haveBytes(char string) bool {
	for i := range len(char) {
		if b.bytes[char[i]] < 0 {
			return false
		}
	}
	return true
}

// listed returns a word with its merges.
func (b *BPE) listed(w *word) Word {
	listed := Word{Start: w.place(0), End: w.place(len(w.text))}
	m := newMerger(w.text, b)
	place := make([]int, len(w.text)+1) // by byte, in what the word starts as
	for s := 0; s < len(w.text); s = m.end[s] {
		place[s] = len(listed.Bytes)
		unknown := -1
		listed.Bytes = b.appendUnits(listed.Bytes, &unknown, w, s, m.end[s])
		place[m.end[s]] = len(listed.Bytes)
	}
	for p, ok := m.first(); ok; p, ok = m.first() {
		left, right := m.id[p.start], m.id[p.mid]
		m.join(p)
		start, mid := w.place(p.start), w.place(p.mid)
		listed.Steps = append(listed.Steps, MergeStep{ID: p.id, Rank: p.rank, Score: b.score(p.id), Left: left, Right: right,
			Start: start, Mid: mid, End: w.place(p.end), from: place[p.start], to: place[p.end]})
	}
	b.takeApart(&listed, m, place)
	b.fuse(&listed, w, m, place)
	if id := b.whole(w); id >= 0 && m.id[0] != id {
		return Word{Start: listed.Start, End: listed.End, Bytes: []Token{w.token(id, 0, len(w.text))}}
	}
	return listed
}

// known returns an id of the vocabulary, and -1 for one that is none.
func (b *BPE) known(id int) int {
	if id >= b.vocab {
		return -1
	}
	return id
}

// score returns the score of an id, if scores decide.
func (b *BPE) score(id int) float32 {
	if b.ranks == nil {
		return 0
	}
	return b.spec.Scores[id]
}

// takeApart removes the merges of what is no token in the end, and says of others that make such a thing that they do.
func (b *BPE) takeApart(listed *Word, m *merger, place []int) {
	apart := make([]bool, len(listed.Bytes)) // by the tokens that the word starts as
	for s := 0; s < len(m.word); s = m.end[s] {
		for i := place[s]; m.id[s] >= b.vocab && i < place[m.end[s]]; i++ {
			apart[i] = true
		}
	}
	listed.Steps = slices.DeleteFunc(listed.Steps, func(step MergeStep) bool { return apart[step.from] })
	for i := range listed.Steps {
		step := &listed.Steps[i]
		step.ID, step.Left, step.Right = b.known(step.ID), b.known(step.Left), b.known(step.Right)
	}
}

// fuse adds the steps that make one of several unknown tokens in a row, where Encode does.
func (b *BPE) fuse(listed *Word, w *word, m *merger, place []int) {
	start := -1 // of the unknown tokens before
	for s := 0; s < len(m.word); s = m.end[s] {
		switch {
		case !b.spec.FuseUnknown || m.id[s] >= 0 || b.spec.Unknown < 0 || b.haveBytes(m.word[s:m.end[s]]):
			start = -1
		case start < 0:
			start = s
		default:
			listed.Steps = append(listed.Steps, MergeStep{ID: b.spec.Unknown, Rank: -1, Left: b.spec.Unknown, Right: b.spec.Unknown,
				Start: w.place(start), Mid: w.place(s), End: w.place(m.end[s]), from: place[start], to: place[m.end[s]]})
		}
	}
}
