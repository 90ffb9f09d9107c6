package tokenizer

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"glassbox/model/fault"
)

// Kind says what a token is for. The numbers are those of tokenizer.ggml.token_type in GGUF.
type Kind byte

const (
	Normal      Kind = 1 // what texts are made of
	Unknown     Kind = 2 // stands for what has no token
	Control     Kind = 3 // ends a text, begins a turn, …: never read out of a text, unless that is asked for
	UserDefined Kind = 4 // found in a text before anything else
	Unused      Kind = 5
	Byte        Kind = 6 // one byte of a character that has no token ("<0x0A>")
)

// Prefix says where a text gets a space that it does not have, so that its first word is spelled like the others.
type Prefix byte

const (
	PrefixNone  Prefix = iota
	PrefixEach         // at the start, and behind every added token
	PrefixFirst        // at the start, unless an added token stands there
)

// Spec says what a published byte-pair encoding is made of.
type Spec struct {
	Name   string
	Tokens []string // by id, as the file spells them
	Kinds  []Kind   // by id; Normal where it ends
	Added  []Added  // found in a text before it is cut into words

	// Spaced tells the two alphabets apart. A vocabulary of bytes spells each byte as a character, and begins with single
	// bytes. That of SentencePiece spells the space as "▁", and begins with single characters.
	Spaced bool

	Merges iter.Seq2[string, string] // the pairs that are joined, in order of rank, as the file spells them
	Last   bool                      // of a pair that stands there twice the last place counts, not the first
	Scores []float32                 // by id, instead of Merges: the pair whose token has the highest is joined first

	Split       Split
	Within      []Split // how the words of Split are cut further, each by itself
	Whole       bool    // a word that is a token is taken as that, whatever its merges
	Compose     bool    // characters are composed first (Unicode's normalization form C)
	Prefix      Prefix  // the space before a text
	PrefixOnce  bool    // a text that begins with a space gets no other
	Unknown     int     // the token of what has none; -1: that is left out
	FuseUnknown bool    // several of them in a row are one
}

// Cut makes a text be cut by one split after another.
func (s *Spec) Cut(splits []Split) {
	if len(splits) >= 2 && splits[0] == SplitDigit && splits[1] == SplitGPT2 {
		splits = slices.Concat([]Split{SplitSmolLM}, splits[2:])
	}
	if len(splits) > 0 {
		s.Split, s.Within = splits[0], splits[1:]
	}
}

// Added is a token that is found in a text before anything else.
type Added struct {
	ID          int
	Special     bool // only [BPE.EncodeSpecial] finds it
	Word        bool // only where no letter or digit stands beside it
	Left, Right bool // takes the spaces on that side along

	// Normalized: it is found in the text as that is spelled, with composed characters or spaces as marks, and spelled so itself.
	// It is looked for between the tokens that are not.
	Normalized bool
}

// BPE is a published byte-pair encoding: a vocabulary, the pairs that are joined, and what is done to a text before. It is
// immutable and safe for concurrent use.
//
// Two things set its tokens apart from those of [GPT2]. A space that a text gets before its first word belongs to
// a token that covers no byte of the text, or one less than it stands for. And where characters are composed, a token covers
// the characters as the text has them.
type BPE struct {
	spec    Spec // without what is kept below
	vocab   int
	pieces  *pieces // of the ids 0 … vocab-1, then what merges make that is no token
	kinds   []Kind
	index   *index
	pairs   *pairs
	ranks   []int32 // by id, of scores; nil: pairs has the merges
	longest int     // bytes of the longest piece
	bytes   [singles]int
	added   *matcher
	lost    Lost

	normalized []Added
	spelled    *matcher // of those; nil: there are none
}

// Lost says which merges of a file are of no use, for they join, or make, what is no token.
type Lost struct {
	Count       int
	Left, Right string // of the first one, as the file spells it
}

// Lost returns the merges of the file that are never made, or whose token is taken apart again.
func (b *BPE) Lost() Lost { return b.lost }

// MaxVocab is the largest vocabulary that is read, far above what is published: 262,144.
const MaxVocab = 1 << 20

// NewBPE returns the encoding that a spec describes. Nothing of the spec is kept but its Scores. It refuses a vocabulary that is
// empty or too large, and scores or ids that don't fit it.
func NewBPE(s Spec) (*BPE, error) {
	n := len(s.Tokens)
	if n == 0 || n > MaxVocab {
		return nil, fault.New("vocabularySize", "the vocabulary has %d token(s); expected 1 to %d", n, MaxVocab)
	}
	if s.Scores != nil && len(s.Scores) != n {
		return nil, fault.New("scoresCount", "the file has %d score(s) for %d token(s); expected as many", len(s.Scores), n)
	}
	if s.Unknown >= n {
		return nil, outsideVocabulary(s.Unknown, n)
	}
	b := &BPE{spec: s, vocab: n, kinds: kindsOf(s)}
	if err := b.addPieces(s); err != nil {
		return nil, err
	}
	if err := b.addMatcher(s.Added); err != nil {
		return nil, err
	}
	if s.Scores == nil {
		b.addMerges(s)
	} else {
		b.ranks = ranksOf(s.Scores)
	}
	b.spec.Tokens, b.spec.Kinds, b.spec.Added, b.spec.Merges = nil, nil, nil, nil
	return b, nil
}

// outsideVocabulary refuses an id.
func outsideVocabulary(id, vocab int) error {
	return fault.New("idOutside", "the file gives id %d to a token; expected 0 to %d", id, vocab-1)
}

// kindsOf returns the kind of each token.
func kindsOf(s Spec) []Kind {
	kinds := make([]Kind, len(s.Tokens))
	n := copy(kinds, s.Kinds)
	for i := n; i < len(kinds); i++ {
		kinds[i] = Normal
	}
	for _, a := range s.Added {
		if a.ID >= 0 && a.ID < len(kinds) && kinds[a.ID] == Normal {
			kinds[a.ID] = UserDefined
			if a.Special {
				kinds[a.ID] = Control
			}
		}
	}
	return kinds
}

// addPieces fills what finds a token by its bytes, and bytes by their token.
func (b *BPE) addPieces(s Spec) error {
	b.pieces = &pieces{ends: make([]uint32, 0, len(s.Tokens))}
	b.index = newIndex(b.pieces, len(s.Tokens))
	var piece []byte
	for id, token := range s.Tokens {
		var made bool
		piece, made = b.appendPiece(piece[:0], id, token)
		if len(b.pieces.text)+len(piece) > math.MaxUint32 {
			return fault.New("vocabularyLong", "the tokens have more than %s together", fault.Bytes(math.MaxUint32))
		}
		b.pieces.add(piece)
		b.longest = max(b.longest, len(piece))
		if made && len(piece) > 0 && b.isText(id) {
			b.index.add(id)
		}
	}
	b.addBytes()
	return nil
}

// addBytes fills the tokens of single bytes; -1 where one has none.
func (b *BPE) addBytes() {
	for c := range singles {
		b.bytes[c] = -1
		if !b.spec.Spaced {
			b.bytes[c] = b.index.find(string([]byte{byte(c)}))
		}
	}
	for id, kind := range b.kinds {
		if piece := b.pieces.at(id); kind == Byte && len(piece) == 1 {
			b.bytes[piece[0]] = id
		}
	}
}

// isText reports whether merges may make a token.
func (b *BPE) isText(id int) bool { return b.kinds[id] == Normal || b.kinds[id] == UserDefined }

// appendPiece appends the bytes of a token; made is false where they are no spelling of the alphabet.
func (b *BPE) appendPiece(text []byte, id int, token string) (_ []byte, made bool) {
	switch kind := b.kinds[id]; {
	case kind == Byte:
		if c, ok := byteToken(token); ok {
			return append(text, c), true
		}
	case b.spec.Spaced && kind != Control && kind != Unknown:
		piece := appendSpaced(text, token)
		return piece, !slices.Contains([]byte(token), ' ')
	case !b.spec.Spaced && (kind == Normal || kind == Unused):
		if piece, ok := appendBytes(text, token); ok {
			return piece, true
		}
	}
	return append(text, token...), b.kinds[id] == UserDefined
}

// addMerges fills the list of merges.
func (b *BPE) addMerges(s Spec) {
	b.pairs = &pairs{}
	controls := map[string]bool{}
	for id, kind := range b.kinds {
		if kind == Control || kind == Unknown {
			controls[string(b.pieces.at(id))] = true
		}
	}
	var piece []byte
	if s.Merges != nil {
		for left, right := range s.Merges {
			var mid int
			if piece, mid = b.pieceOf(piece[:0], left, right); mid < 0 || controls[string(piece)] || b.addMerge(piece, mid) {
				continue
			}
			if b.lost.Count++; b.lost.Count == 1 {
				b.lost.Left, b.lost.Right = left, right
			}
		}
	}
	b.pairs.build(s.Last)
}

// addMerge adds the merge of piece[:mid] and piece[mid:], and reports whether it joins tokens and makes one. One whose
// parts nothing makes is never made.
func (b *BPE) addMerge(piece []byte, mid int) bool {
	left, right, to := b.index.find(string(piece[:mid])), b.index.find(string(piece[mid:])), b.index.find(string(piece))
	if left < 0 || right < 0 {
		return false
	}
	if to < 0 { // no token, but merges that follow may need it; what is left of it at the end of a word is taken apart
		to = b.pieces.add(piece)
		b.index.add(to)
	}
	b.pairs.add(left, right, to)
	return left < b.vocab && right < b.vocab && to < b.vocab
}

// pieceOf appends the bytes of the pieces of a merge, and says where the second begins; -1: they are no pieces.
func (b *BPE) pieceOf(to []byte, left, right string) (piece []byte, mid int) {
	if b.spec.Spaced {
		to = appendSpaced(to, left)
		return appendSpaced(to, right), len(to)
	}
	to, first := appendBytes(to, left)
	piece, second := appendBytes(to, right)
	if !first || !second || len(left) == 0 || len(right) == 0 {
		return piece, -1
	}
	return piece, len(to)
}

// ranksOf returns the rank of each id by its score: 0 for the highest, the same for equals.
func ranksOf(scores []float32) []int32 {
	ids := make([]int32, len(scores))
	for i := range ids {
		ids[i] = int32(i)
	}
	slices.SortStableFunc(ids, func(a, b int32) int { return cmp.Compare(scores[b], scores[a]) })
	ranks := make([]int32, len(scores))
	for place, id := range ids {
		ranks[id] = int32(place)
		if before := ids[max(place-1, 0)]; scores[before] == scores[id] {
			ranks[id] = ranks[before]
		}
	}
	return ranks
}
