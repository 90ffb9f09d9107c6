package say

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plural writes a number with its noun: 1 token, 2 tokens.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Count(n) + " " + noun + "s"
}

// Sentence gives s a capital at its start and a full stop at its end.
func Sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// Lower makes the first letter small, for the middle of a sentence.
func Lower(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); s == "" || unicode.IsUpper(second) {
		return s // a name such as GELU
	}
	return string(unicode.ToLower(first)) + s[size:]
}
