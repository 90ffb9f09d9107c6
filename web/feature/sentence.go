package feature

import (
	"strings"
	"unicode"
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
