package tokenizer

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestGPT2Has50257Tokens(t *testing.T) {
	g := gpt2(t)
	if g.Vocab() != 50257 || g.EndOfTextID() != 50256 {
		t.Errorf("V = %d and %s is %d, want 50257 and 50256", g.Vocab(), EndOfText, g.EndOfTextID())
	}
	var _ Tokenizer = g
	if g.Name() != "gpt2" {
		t.Errorf("the name is %q", g.Name())
	}
}

func TestEndOfTextIsTextUnlessSpecialTokensAreAskedFor(t *testing.T) {
	g := gpt2(t)
	const text = "a<|endoftext|><|endoftext|> b"
	plain, err := g.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(IDs(plain), g.EndOfTextID()) {
		t.Errorf("Encode(%q) gives the special token: %v", text, IDs(plain))
	}
	special, err := g.EncodeSpecial(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []Token{{64, 0, 1}, {50256, 1, 14}, {50256, 14, 27}, {275, 27, 29}}
	if !slices.Equal(special, want) {
		t.Errorf("EncodeSpecial(%q) = %v, want %v", text, special, want)
	}
	checkSpans(t, g, text, special)
}

func TestInvalidUTF8IsNamedByOffsetAndValue(t *testing.T) {
	g := gpt2(t)
	letters, err := NewLetters("ab€\uFFFD")
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]func(string) error{
		"Encode":         func(s string) error { _, err := g.Encode(s); return err },
		"EncodeSpecial":  func(s string) error { _, err := g.EncodeSpecial(s); return err },
		"Merges":         func(s string) error { _, err := g.Merges(s); return err },
		"Letters.Encode": func(s string) error { _, err := letters.Encode(s); return err },
	}
	cases := []struct {
		text string
		want InvalidUTF8Error
	}{
		{"\xff", InvalidUTF8Error{0, 0xFF}},
		{"ab\xe4\xbd", InvalidUTF8Error{2, 0xE4}},
		{"€\uFFFD\x80a", InvalidUTF8Error{6, 0x80}},
		{"a\xed\xa0\x80", InvalidUTF8Error{1, 0xED}}, // half of a surrogate pair
	}
	for name, call := range calls {
		for _, c := range cases {
			err := call(c.text)
			if e, ok := errors.AsType[*InvalidUTF8Error](err); !ok || *e != c.want {
				t.Errorf("%s(%q): %v, want %v", name, c.text, err, &c.want)
			}
		}
	}
}

func TestIDsOutsideTheVocabularyAreRefused(t *testing.T) {
	g := gpt2(t)
	for _, id := range []int{-1, 50257, 1 << 40} {
		_, err := g.Decode([]int{0, 50256, id})
		if e, ok := errors.AsType[*UnknownIDError](err); !ok || *e != (UnknownIDError{ID: id, Index: 2, Vocab: 50257}) {
			t.Errorf("Decode of %d: %v", id, err)
		}
		if piece, ok := g.Piece(id); ok || piece != nil {
			t.Errorf("Piece(%d) = %q, %v", id, piece, ok)
		}
	}
}

func TestPiecesAreCopies(t *testing.T) {
	g := gpt2(t)
	piece, _ := g.Piece(2437)
	piece[0] = 'X'
	if again, _ := g.Piece(2437); string(again) != "How" {
		t.Errorf("a caller's write reached the table: %q", again)
	}
}

// Every token of the vocabulary is reached by its merges, so that a whole word may be looked up, as
// tiktoken-go does, or merged, as GPT-2 does.
func TestTheMergesOfAPieceEndInItsToken(t *testing.T) {
	g := gpt2(t)
	for id, piece := range g.pieces {
		m := newMerger(piece, g)
		m.all()
		if m.end[0] != len(piece) {
			t.Errorf("the merges of token %d, %q, end after %q", id, piece, piece[:m.end[0]])
		}
	}
}

// randomText returns n pieces of text that are likely to meet an edge: spaces of all sorts, endings,
// letters and numbers of several scripts, emoji, words of the vocabulary.
func randomText(g *GPT2, rng *rand.Rand, n int) string {
	edges := []string{" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u2003", "\u3000", "\u0085", "'s", "'ll", "'S", "'",
		"a", "B", "é", "ß", "ж", "ب", "水", "े", "9", "²", "Ⅷ", "٣", ".", "—", "<|endoftext|>", "👩‍🚀", "\u200b", "\x00", "\uFFFD"}
	var b strings.Builder
	for range n {
		switch rng.IntN(4) {
		case 0:
			if piece := g.pieces[rng.IntN(len(g.pieces))]; utf8.ValidString(piece) {
				b.WriteString(piece)
			}
		case 1:
			if r := rune(rng.IntN(utf8.MaxRune + 1)); utf8.ValidRune(r) {
				b.WriteRune(r)
			}
		default:
			b.WriteString(edges[rng.IntN(len(edges))])
		}
	}
	return b.String()
}

func TestBothEncodersAgreeOnRandomTexts(t *testing.T) {
	g := gpt2(t)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		checkEncoders(t, g, randomText(g, rng, rng.IntN(30)))
	}
}

// A hostile word must not take quadratic time: tiktoken-go, which would, must not get to see it.
func TestLongWordsAreEncodedWithoutTiktoken(t *testing.T) {
	g := *gpt2(t)
	core := g.core
	g.core = func(text string) []int {
		if n := longestWord(text); n > longWord {
			t.Fatalf("tiktoken-go is given a word of %d bytes", n)
		}
		return core(text)
	}
	words := map[string]string{
		"one letter":      strings.Repeat("a", 1<<18),
		"ten letters":     strings.Repeat("abcdefghij", 25_000),
		"spaces":          strings.Repeat(" ", 1<<18),
		"signs":           strings.Repeat("=-", 1<<17),
		"a script":        strings.Repeat("水", 80_000),
		"special tokens":  strings.Repeat(EndOfText, 20_000),
		"many long words": strings.Repeat(strings.Repeat("x", 300)+" ", 800),
	}
	for name, text := range words {
		for _, encode := range []func(string) ([]Token, error){g.Encode, g.EncodeSpecial} {
			tokens, err := encode(text)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			checkSpans(t, &g, text, tokens)
		}
	}
}

func TestEncodersAgreeAroundTheLengthWhereTheyTakeTurns(t *testing.T) {
	g := gpt2(t)
	for n := longWord - 2; n <= longWord+2; n++ {
		for _, letter := range []string{"a", "=", " ", "1", "xyz"} {
			text := "so  " + strings.Repeat(letter, n)[:n] + "\n\nend"
			checkEncoders(t, g, text)
			tokens, err := g.Encode(text)
			if err != nil || !slices.Equal(IDs(tokens), g.core(text)) {
				t.Errorf("%d × %q: %v, %v", n, letter, tokens, err)
			}
		}
	}
}
