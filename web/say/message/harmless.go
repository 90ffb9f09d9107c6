package message

import (
	"fmt"
	"strings"
	"unicode"
)

// The isolates of Unicode (UAX #9) by which a text keeps its own direction.
const (
	leftToRightIsolate = '\u2066'
	rightToLeftIsolate = '\u2067'
	firstStrongIsolate = '\u2068'
	popIsolate         = '\u2069'
)

// Harmless returns a text of someone else's, such as the name of a file, so that it can stand in a line: characters that
// can't be seen but turn the rest of the line around, hide parts of it, or steer a terminal are written as <U+202E>. A line
// break, a tab, what joins letters, and isolates that are closed again stay.
func Harmless(text string) string {
	if !strings.ContainsFunc(text, unseen) {
		return text
	}
	open, close := 0, strings.Count(text, string(popIsolate))
	var b strings.Builder
	for _, r := range text {
		stays := !unseen(r)
		switch r {
		case leftToRightIsolate, rightToLeftIsolate, firstStrongIsolate:
			if stays = open < close; stays {
				open++
			}
		case popIsolate:
			if stays = open > 0; stays {
				open--
			}
			close--
		}
		if stays {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}

// unseen reports whether a character has no look of its own, but may do something.
func unseen(r rune) bool {
	switch r {
	case '\n', '\t', '\u200c', '\u200d': // the last two join letters, or keep them apart
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}
