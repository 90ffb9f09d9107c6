package app

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence gives s a capital at its start and a full stop at its end.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// valid replaces what is no UTF-8, which a link could not carry. A browser's text field
// never holds it.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
