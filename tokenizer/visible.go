package tokenizer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns piece in a form in which every byte can be seen: a space as "·", a newline as "↵", a
// tab as "⇥", and as its bytes ("<0xE4><0xBD>") what is no complete character or has no glyph
// of its own: control and format characters, other spaces, private use, and the replacement
// character U+FFFD, which would look like a mistake of the page. Everything else stays as it is, combining
// marks and right-to-left letters too. The form can't be read back: a "·" in a text looks like a space.
func Visible(piece []byte) string {
	var b strings.Builder
	for len(piece) > 0 {
		r, size := utf8.DecodeRune(piece)
		switch {
		case r == ' ':
			b.WriteRune('·')
		case r == '\n':
			b.WriteRune('↵')
		case r == '\t':
			b.WriteRune('⇥')
		case r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Z):
			for _, c := range piece[:size] {
				fmt.Fprintf(&b, "<0x%02X>", c)
			}
		default:
			b.Write(piece[:size])
		}
		piece = piece[size:]
	}
	return b.String()
}
