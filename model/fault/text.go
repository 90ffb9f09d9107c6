package fault

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Legible returns a name from a file in a form that can stand in a line of text: quoted if it is
// empty or holds a space, a colon or an unprintable character, and cut if it is long.
func Legible(name string) string {
	const limit = 100 // bytes
	if name == "" {
		return `""`
	}
	cut := name
	if len(cut) > limit {
		cut = strings.ToValidUTF8(cut[:limit], "") + "…"
	}
	for _, r := range cut {
		if r == ' ' || r == ':' || r == utf8.RuneError || !strconv.IsPrint(r) {
			return strconv.Quote(cut)
		}
	}
	return cut
}

// Numbers writes numbers in the form "[3, 48]".
func Numbers[N int | int64 | uint64](numbers []N) string {
	var s strings.Builder
	for i, n := range numbers {
		if i > 0 {
			s.WriteString(", ")
		}
		if n < 0 {
			s.WriteString(strconv.FormatInt(int64(n), 10))
		} else {
			s.WriteString(strconv.FormatUint(uint64(n), 10))
		}
	}
	return "[" + s.String() + "]"
}
