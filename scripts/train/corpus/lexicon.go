package corpus

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var wordsFile string

// An entry is a word with its forms. Nouns use base and plural, verbs base, third, past,
// participle and gerund, pairs base and other; every other part of speech has base alone.
type entry struct {
	base, plural                    string
	third, past, participle, gerund string
	other                           string
}

// A lexicon holds the words of words.txt by "part class", and by class alone where that
// is how templates ask for them.
type lexicon struct {
	classes map[string][]entry // "noun tool", "verb move", "adj feel", …
	nouns   map[string]entry   // every noun by its singular
	order   []string           // the keys of classes as they stand in the file
}

// words returns the lexicon, which is read once and never written again.
var words = sync.OnceValue(func() *lexicon { return readLexicon(wordsFile) })

// readLexicon reads lines "part class: word word/form …".
func readLexicon(text string) *lexicon {
	lex := &lexicon{classes: map[string][]entry{}, nouns: map[string]entry{}}
	for line := range strings.Lines(text) {
		key, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(key, "#") {
			continue
		}
		part, _, _ := strings.Cut(key, " ")
		lex.order = append(lex.order, key)
		for word := range strings.FieldsSeq(list) {
			e := newEntry(part, strings.Split(word, "/"))
			lex.classes[key] = append(lex.classes[key], e)
			if part == "noun" || part == "mass" || part == "place" {
				lex.nouns[e.base] = e
			}
		}
	}
	return lex
}

// newEntry completes the forms that the file leaves to the rules of spelling.
func newEntry(part string, forms []string) entry {
	e := entry{base: forms[0]}
	switch part {
	case "noun", "place":
		e.plural = pluralOf(e.base)
		if len(forms) > 1 {
			e.plural = forms[1]
		}
	case "verb":
		e.third, e.gerund = thirdOf(e.base), gerundOf(e.base)
		e.past = pastOf(e.base)
		if len(forms) > 1 {
			e.past = forms[1]
		}
		e.participle = e.past
		if len(forms) > 2 {
			e.participle = forms[2]
		}
	case "pair", "capital":
		e.other = forms[1]
	}
	return e
}

func vowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

// hisses reports whether a word takes -es rather than -s.
func hisses(w string) bool {
	for _, end := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// endsInY reports whether a word ends in y after a consonant.
func endsInY(w string) bool {
	return len(w) > 2 && w[len(w)-1] == 'y' && !vowel(w[len(w)-2])
}

func pluralOf(w string) string {
	switch {
	case hisses(w):
		return w + "es"
	case endsInY(w):
		return w[:len(w)-1] + "ies"
	}
	return w + "s"
}

func thirdOf(w string) string {
	switch w {
	case "have":
		return "has"
	case "be":
		return "is"
	case "go", "do":
		return w + "es"
	}
	return pluralOf(w)
}

// doubles reports whether a verb doubles its last letter before -ed and -ing: one
// syllable that ends consonant, vowel, consonant, and the few longer ones stressed there.
func doubles(w string) bool {
	n := len(w)
	if w == "begin" || w == "forget" || w == "prefer" || w == "admit" {
		return true
	}
	if n < 3 || vowel(w[n-1]) || !vowel(w[n-2]) || strings.IndexByte("wxy", w[n-1]) >= 0 {
		return false
	}
	for i := range n - 2 {
		if vowel(w[i]) && (w[i] != 'u' || i == 0 || w[i-1] != 'q') {
			return false
		}
	}
	return true
}

func pastOf(w string) string {
	switch {
	case strings.HasSuffix(w, "e"):
		return w + "d"
	case endsInY(w):
		return w[:len(w)-1] + "ied"
	case doubles(w):
		return w + w[len(w)-1:] + "ed"
	}
	return w + "ed"
}

func gerundOf(w string) string {
	switch {
	case w == "be" || strings.HasSuffix(w, "ee"):
		return w + "ing"
	case strings.HasSuffix(w, "ie"):
		return w[:len(w)-2] + "ying"
	case strings.HasSuffix(w, "e"):
		return w[:len(w)-1] + "ing"
	case doubles(w):
		return w + w[len(w)-1:] + "ing"
	}
	return w + "ing"
}

// article returns the word with "a" or "an" before it.
func article(w string) string {
	if soundsLikeVowel(w) {
		return "an " + w
	}
	return "a " + w
}

// soundsLikeVowel reports whether a word is spoken with a vowel first.
func soundsLikeVowel(w string) bool {
	if w == "" {
		return false
	}
	for _, start := range []string{"one", "use", "uni", "eu", "uk"} {
		if strings.HasPrefix(w, start) {
			return false
		}
	}
	return vowel(w[0]|0x20) || strings.HasPrefix(w, "hour") || strings.HasPrefix(w, "honest")
}
