package tokenizer

import (
	"strings"
	"testing"
)

func TestEveryByteOfAPieceIsSeen(t *testing.T) {
	cases := []struct{ piece, want string }{
		{"", ""},
		{" predict", "·predict"},
		{"\n\n", "↵↵"},
		{"\tx", "⇥x"},
		{"\r\n", "<0x0D>↵"},
		{"\x00\x07\x7f", "<0x00><0x07><0x7F>"},
		{"\u0085", "<0xC2><0x85>"},
		{"\xe4\xbd", "<0xE4><0xBD>"},
		{" \xf0\x9f", "·<0xF0><0x9F>"},
		{"é\xc3", "é<0xC3>"},
		{"\uFFFD", "<0xEF><0xBF><0xBD>"},
		{"\u00a0\u200d", "<0xC2><0xA0><0xE2><0x80><0x8D>"},
		{"e\u0301", "e\u0301"},
		{"שלום", "שלום"},
		{"🌍", "🌍"},
	}
	for _, c := range cases {
		if got := Visible([]byte(c.piece)); got != c.want {
			t.Errorf("Visible(%q) = %q, want %q", c.piece, got, c.want)
		}
	}
}

func TestEveryTokenOfGPT2IsSeen(t *testing.T) {
	g := gpt2(t)
	for id := range g.Vocab() {
		piece, _ := g.Piece(id)
		shown := Visible(piece)
		if shown == "" || strings.ContainsAny(shown, " \n\t\r\uFFFD") {
			t.Errorf("token %d, %q, is shown as %q", id, piece, shown)
		}
	}
}
