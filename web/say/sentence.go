package say

import (
	"strings"
	"unicode/utf8"

	"glassbox/model/fault"
)

// Sentence gives s a capital at its start, unless a name stands there, and a full stop at its end.
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	s = fault.Capital(s)
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(".!?…。！？؟।", last) {
		return s
	}
	return Units.Sentence(s)
}

// Capital gives a phrase that begins a sentence a capital, unless it is a name.
func Capital(s string) string { return fault.Capital(s) }
