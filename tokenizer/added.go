package tokenizer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// matcher finds added tokens in a text: the leftmost, of several there the longest.
type matcher struct {
	tokens  map[string]Added
	lengths [singles][]int // by first byte, the lengths in bytes of the tokens that begin with it, longest first
	marks   bool           // spaces are marks, which are no spaces to what takes spaces along
}

// addMatcher makes the matchers of added tokens, which must be in the vocabulary.
func (b *BPE) addMatcher(added []Added) error {
	b.added = &matcher{tokens: map[string]Added{}}
	for _, a := range added {
		if a.ID < 0 || a.ID >= b.vocab {
			return outsideVocabulary(a.ID, b.vocab)
		}
		if !a.Normalized {
			b.added.add(string(b.pieces.at(a.ID)), a)
			continue
		}
		b.normalized = append(b.normalized, a)
	}
	b.spell(b.normalized)
	return nil
}

// spell makes the matcher of added tokens that are found in a text as it is spelled.
func (b *BPE) spell(normalized []Added) {
	b.spelled = nil
	for _, a := range normalized {
		if b.spelled == nil {
			b.spelled = &matcher{tokens: map[string]Added{}, marks: b.spec.Spaced && !b.spec.PrefixOnce}
		}
		b.spelled.add(b.spelling(string(b.pieces.at(a.ID)), 0).text, a)
	}
}

// space reports whether a character is one that a token takes along.
func (m *matcher) space(r rune) bool { return unicode.IsSpace(r) && !(m.marks && r == ' ') }

// add makes a token be found. The first of two with one text stays.
func (m *matcher) add(text string, a Added) {
	if _, twice := m.tokens[text]; twice || text == "" {
		return
	}
	m.tokens[text] = a
	lengths := &m.lengths[text[0]]
	descending := func(a, b int) int { return cmp.Compare(b, a) }
	if i, found := slices.BinarySearchFunc(*lengths, len(text), descending); !found {
		*lengths = slices.Insert(*lengths, i, len(text))
	}
}

// next finds the first added token in text at or behind at; id is -1 if there is none. Special ones count if special.
func (m *matcher) next(text string, at int, special bool) (id, start, end int) {
	from := at
	for at < len(text) {
		a, size := m.match(text[at:])
		switch {
		case size == 0:
			at++
		case a.Special && !special || a.Word && besideWord(text, at, at+size):
			at += size
		default:
			start, end = at, at+size
			if a.Left {
				start = from + len(strings.TrimRightFunc(text[from:start], m.space))
			}
			if a.Right {
				end = len(text) - len(strings.TrimLeftFunc(text[end:], m.space))
			}
			return a.ID, start, end
		}
	}
	return -1, len(text), len(text)
}

// match returns the longest token that text begins with, and its length; 0: none.
func (m *matcher) match(text string) (Added, int) {
	for _, n := range m.lengths[text[0]] {
		if n <= len(text) {
			if a, ok := m.tokens[text[:n]]; ok {
				return a, n
			}
		}
	}
	return Added{}, 0
}

// besideWord reports whether text[start:end] touches a letter, a digit, a mark or an underscore.
func besideWord(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return start > 0 && isWord(before) || end < len(text) && isWord(after)
}

func isWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}
