package jsontext

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
