package reading

import (
	"strconv"
	"strings"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Written is the text as it reads.
type Written struct{ Screen *feature.Screen }

// Given is what was typed.
func (c Written) Given() string { return c.Screen.State.Text }

// Continued is what the model wrote after it.
func (c Written) Continued() string {
	var shown strings.Builder
	for _, t := range c.Screen.State.Tokens {
		if t.Generated {
			shown.WriteString(t.Text)
		}
	}
	return plain(shown.String())
}

// Copy puts both on the clipboard.
func (c *Written) Copy() {
	c.Screen.Do(feature.Copy{Text: c.Given() + c.Continued(), What: say.Reading.Text()})
}

// plain turns tokens as the page shows them back into text: tokenizer.Visible, read backwards. A "·" that
// stood in the text itself reads as a space, for they look alike; bytes that make no character read as
// "�", as in any other program.
func plain(shown string) string {
	var b strings.Builder
	for len(shown) > 0 {
		if text, ok := strings.CutPrefix(shown, "<0x"); ok && len(text) > 2 && text[2] == '>' {
			if n, err := strconv.ParseUint(text[:2], 16, 8); err == nil {
				b.WriteByte(byte(n))
				shown = text[3:]
				continue
			}
		}
		b.WriteByte(shown[0])
		shown = shown[1:]
	}
	return strings.NewReplacer("·", " ", "↵", "\n", "⇥", "\t").Replace(strings.ToValidUTF8(b.String(), "\uFFFD"))
}
