package tokenizer

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"
)

// unicodeNFC is what Unicode says about canonical composition (Unicode Standard Annex #15).
type unicodeNFC struct {
	apart  map[rune][2]rune // the characters that one is taken apart into; the second may be 0
	joined map[[2]rune]rune
	second map[rune]bool // what may be joined to a character before it
	class  map[rune]byte // combining classes other than 0
}

var nfcTables = sync.OnceValue(func() *unicodeNFC {
	t := &unicodeNFC{map[rune][2]rune{}, map[[2]rune]rune{}, map[rune]bool{}, map[rune]byte{}}
	for r := []rune(compositions); len(r) > 0; r = r[3:] {
		pair := [2]rune{r[1], r[2]}
		t.apart[r[0]], t.joined[pair], t.second[r[2]] = pair, r[0], true
	}
	for r := []rune(decompositions); len(r) > 0; r = r[3:] {
		t.apart[r[0]] = [2]rune{r[1], r[2]}
	}
	for r := []rune(combiningClasses); len(r) > 0; r = r[3:] {
		for c := r[0]; c <= r[1]; c++ {
			t.class[c] = byte(r[2])
		}
	}
	return t
})

// Below this character nothing is taken apart by composing, or joined to what stands before it.
const firstCombining = 0x300

// compose spells text with composed characters (normalization form C).
func compose(s *speller, text string) {
	same := 0 // up to here text is spelled
	for at := 0; at < len(text); {
		n, changed := stretchNFC(text[at:])
		if changed != nil {
			s.spell(text[same:at], at-same)
			s.spell(string(changed), n)
			same = at + n
		}
		at += n
	}
	s.spell(text[same:], len(text)-same)
}

// stretchNFC returns the length of the characters at the beginning of text that don't depend on what follows, and what they
// are when composed; nil: themselves.
func stretchNFC(text string) (n int, changed []rune) {
	first, n := utf8.DecodeRuneInString(text)
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if r < firstCombining || !nfcTables().follows(r) {
			break
		}
		n += size
	}
	if first < firstCombining && n == utf8.RuneLen(first) {
		return n, nil
	}
	if composed := nfcTables().compose(text[:n]); string(composed) != text[:n] {
		return n, composed
	}
	return n, nil
}

// follows reports whether a character may change together with the one before it.
func (t *unicodeNFC) follows(r rune) bool {
	first := r
	if pair, ok := t.apart[r]; ok {
		first = pair[0]
	}
	return t.class[r] > 0 || t.class[first] > 0 || t.second[first] || isVowel(r) || isFinal(r)
}

// compose returns the composed characters of a stretch.
func (t *unicodeNFC) compose(text string) []rune {
	var runes []rune
	for _, r := range text {
		runes = t.appendApart(runes, r)
	}
	t.order(runes)
	return t.join(runes)
}

// appendApart appends what a character is taken apart into.
func (t *unicodeNFC) appendApart(to []rune, r rune) []rune {
	if pair, ok := t.apart[r]; ok {
		to = t.appendApart(to, pair[0])
		if pair[1] == 0 {
			return to
		}
		return t.appendApart(to, pair[1])
	}
	if syllable := r - hangulFirst; 0 <= syllable && syllable < hangulCount {
		to = append(to, hangulLead+syllable/(vowels*finals), hangulVowel+syllable/finals%vowels)
		if final := syllable % finals; final > 0 {
			to = append(to, hangulFinal+final)
		}
		return to
	}
	return append(to, r)
}

// order sorts each run of combining characters by class.
func (t *unicodeNFC) order(runes []rune) {
	for start := 0; start < len(runes); start++ {
		end := start
		for end < len(runes) && t.class[runes[end]] > 0 {
			end++
		}
		slices.SortStableFunc(runes[start:end], func(a, b rune) int { return cmp.Compare(t.class[a], t.class[b]) })
		start = max(start, end-1)
	}
}

// join composes characters with the starter before them, unless another of their class, or a starter, stands between.
func (t *unicodeNFC) join(runes []rune) []rune {
	out := runes[:0]
	starter, before := -1, byte(0) // the place of the last starter, and the class of the character behind which the next stands
	for _, r := range runes {
		class := t.class[r]
		if starter >= 0 && (len(out)-1 == starter || before < class) {
			if c, ok := t.pair(out[starter], r); ok {
				out[starter] = c
				continue
			}
		}
		if class == 0 {
			starter = len(out)
		}
		out, before = append(out, r), class
	}
	return out
}

// pair returns the character that two compose.
func (t *unicodeNFC) pair(a, b rune) (rune, bool) {
	if lead := a - hangulLead; 0 <= lead && lead < leads && isVowel(b) {
		return hangulFirst + (lead*vowels+b-hangulVowel)*finals, true
	}
	if syllable := a - hangulFirst; 0 <= syllable && syllable < hangulCount && syllable%finals == 0 && isFinal(b) {
		return a + b - hangulFinal, true
	}
	c, ok := t.joined[[2]rune{a, b}]
	return c, ok
}

// The syllables of Hangul follow from their letters (The Unicode Standard, section 3.12).
const (
	hangulFirst, hangulLead, hangulVowel, hangulFinal = 0xAC00, 0x1100, 0x1161, 0x11A7
	leads, vowels, finals                             = 19, 21, 28
	hangulCount                                       = leads * vowels * finals
)

func isVowel(r rune) bool { return hangulVowel <= r && r < hangulVowel+vowels }
func isFinal(r rune) bool { return hangulFinal < r && r < hangulFinal+finals }
