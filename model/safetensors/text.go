package safetensors

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Legible returns a name from a file in a form that can stand in a line of text.
func Legible(name string) string { return legible(name) }

// legible returns a name from a file in a form that can stand in a line of text: quoted if it is
// empty or holds a space, a colon or an unprintable character, and cut if it is long.
func legible(name string) string {
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

// join writes numbers in the form "3, 48".
func join[N int | int64](numbers []N) string {
	var s strings.Builder
	for i, n := range numbers {
		if i > 0 {
			s.WriteString(", ")
		}
		s.WriteString(strconv.FormatInt(int64(n), 10))
	}
	return s.String()
}

// list writes numbers in the form "[3, 48]".
func list[N int | int64](numbers []N) string {
	return "[" + join(numbers) + "]"
}
