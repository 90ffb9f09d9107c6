package feature

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"glassbox/web/say"
)

// Valid replaces what is no UTF-8, which a link could not carry. A browser's text field
// never holds it.
func Valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// spelled writes the characters that are in an alphabet only in the other case as that
// has them: who types b into a model of A, B and C means B. Without an alphabet a text
// stays as it is.
func spelled(text, alphabet string) string {
	return strings.Map(func(r rune) rune {
		if alphabet == "" || strings.ContainsRune(alphabet, r) {
			return r
		}
		for _, other := range []rune{unicode.ToUpper(r), unicode.ToLower(r)} {
			if strings.ContainsRune(alphabet, other) {
				return other
			}
		}
		return r
	}, text)
}

// UnseenNote says which tokens of the text the model has never met in training; "" none.
func UnseenNote(s State) string {
	var texts []string
	for _, t := range s.Tokens {
		if t.Unseen && !slices.Contains(texts, t.Text) {
			texts = append(texts, t.Text)
		}
	}
	const most = 3
	switch n := len(texts); {
	case n == 0:
		return ""
	case n == 1:
		return fmt.Sprintf("The model has never seen %s: to it, all tokens that its training did not hold are one and the same.", texts[0])
	case n > most:
		texts = append(texts[:most], say.Count(n-most)+" more")
	}
	last := len(texts) - 1
	return fmt.Sprintf("The model has never seen %s and %s: to it, all tokens that its training did not hold are one and the same.",
		strings.Join(texts[:last], ", "), texts[last])
}
