package finder

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How well a word that is looked for meets a word of a name, the best first.
const (
	meetsWhole  = 100
	meetsStart  = 70
	meetsInside = 30
	meetsSpread = 12 // its letters stand there in order, with others between them
	meetsFirst  = 5  // more, where it is the first word of its text
	meetsNext   = 25 // more, where it stands right behind the word that the one before it met
)

// fold makes the words of a text: small letters and digits, cut at everything else. A word
// of letters and a number behind it are two, so that "block2" means what "block 2" does.
func fold(text string) (words []string) {
	var word strings.Builder
	digits := false
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			continue
		case unicode.IsDigit(r) != digits:
			end()
			digits = unicode.IsDigit(r)
		}
		word.WriteRune(unicode.ToLower(r))
	}
	end()
	return words
}

// meets says how well a word that is looked for meets one of a name, 0 not at all. Numbers
// meet whole or from their start; letters are forgiven if the first one is right.
func meets(sought, word string) int {
	switch {
	case sought == word:
		return meetsWhole
	case strings.HasPrefix(word, sought):
		return meetsStart
	case sought[0] <= '9' || utf8.RuneCountInString(sought) < 2:
		return 0
	case strings.Contains(word, sought):
		return meetsInside
	case spread(sought, word):
		return meetsSpread
	}
	return 0
}

// spread reports whether the letters of a stand in b in their order, the first one first.
// At least a third of b has to be there: otherwise any word meets any other.
func spread(a, b string) bool {
	if len(a) < 3 || 3*len(a) < len(b) || a[0] != b[0] {
		return false
	}
	rest := a
	for _, r := range b {
		first, size := utf8.DecodeRuneInString(rest)
		if first == r {
			rest = rest[size:]
		}
		if rest == "" {
			return true
		}
	}
	return false
}

// A weighed text of an entry is looked through word by word; weight is what a hit there
// counts, in hundredths.
type weighed struct {
	words  []string
	weight int
}

// rank says how well the words that are looked for meet an entry: each has to meet one of
// its words. 0 is not at all.
func rank(sought []string, texts []weighed) int {
	sum, atText, atWord := 0, -1, -1
	for _, q := range sought {
		best, bestText, bestWord := 0, -1, -1
		for i, t := range texts {
			for k, word := range t.words {
				n := meets(q, word)
				if n == 0 {
					continue
				}
				if k == 0 {
					n += meetsFirst
				}
				if i == atText && k == atWord+1 {
					n += meetsNext
				}
				if n *= t.weight; n > best {
					best, bestText, bestWord = n, i, k
				}
			}
		}
		if best == 0 {
			return 0
		}
		sum, atText, atWord = sum+best, bestText, bestWord
	}
	return sum
}
