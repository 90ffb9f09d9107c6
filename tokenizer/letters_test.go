package tokenizer

import (
	"errors"
	"slices"
	"testing"
)

func TestLettersAreTheirPlaceInTheAlphabet(t *testing.T) {
	l, err := NewLetters("AB€\n")
	if err != nil {
		t.Fatal(err)
	}
	var _ Tokenizer = l
	const text = "B€A\n€"
	tokens, err := l.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []Token{{1, 0, 1}, {2, 1, 4}, {0, 4, 5}, {3, 5, 6}, {2, 6, 9}}
	if !slices.Equal(tokens, want) {
		t.Errorf("Encode(%q) = %v, want %v", text, tokens, want)
	}
	checkSpans(t, l, text, tokens)
	if back, err := l.Decode(IDs(tokens)); err != nil || string(back) != text {
		t.Errorf("back comes %q, %v", back, err)
	}
	if l.Vocab() != 4 || l.Name() != "letters" || l.Alphabet() != "AB€\n" {
		t.Errorf("%d %s of %q", l.Vocab(), l.Name(), l.Alphabet())
	}
}

func TestTheEmptyTextHasNoTokens(t *testing.T) {
	l, err := NewLetters("A")
	if err != nil {
		t.Fatal(err)
	}
	for _, tok := range []Tokenizer{l, gpt2(t)} {
		if tokens, err := tok.Encode(""); err != nil || tokens == nil || len(tokens) != 0 {
			t.Errorf("%s: %#v, %v, want an empty list", tok.Name(), tokens, err)
		}
		if text, err := tok.Decode(nil); err != nil || len(text) != 0 {
			t.Errorf("%s: %q, %v, want nothing", tok.Name(), text, err)
		}
	}
}

func TestACharacterOutsideTheAlphabetIsNamed(t *testing.T) {
	cases := []struct {
		alphabet, text string
		rune           rune
		offset, index  int
		want           string
	}{
		{"ABC", "ABx", 'x', 2, 2, `this model knows only the letters A, B and C; "x" (character 3) is not one of them`},
		{"ABC", " ", ' ', 0, 0, `this model knows only the letters A, B and C; " " (character 1) is not one of them`},
		{"ABC", "A\nB", '\n', 1, 1, `this model knows only the letters A, B and C; "↵" (character 2) is not one of them`},
		{"é\n ", "éé?", '?', 4, 2, `this model knows only the characters é, ↵ and ·; "?" (character 3) is not one of them`},
		{"A", "AB", 'B', 1, 1, `this model knows only the letter A; "B" (character 2) is not one of them`},
		{"AB", "A\uFFFD", '\uFFFD', 1, 1, `this model knows only the letters A and B; "<0xEF><0xBF><0xBD>" (character 2) is not one of them`},
		{"abcdefghijklm", "z", 'z', 0, 0, `this model knows only the 13 letters of its alphabet; "z" (character 1) is not one of them`},
	}
	for _, c := range cases {
		l, err := NewLetters(c.alphabet)
		if err != nil {
			t.Fatal(err)
		}
		tokens, err := l.Encode(c.text)
		e, ok := errors.AsType[*UnknownRuneError](err)
		if !ok || *e != (UnknownRuneError{c.rune, c.offset, c.index, c.alphabet}) || tokens != nil {
			t.Errorf("Encode(%q) = %v, %#v", c.text, tokens, err)
			continue
		}
		if err.Error() != c.want {
			t.Errorf("the error reads\n\t%s\nwant\n\t%s", err, c.want)
		}
	}
}

func TestAlphabetsThatCannotWorkAreRefused(t *testing.T) {
	cases := []struct{ alphabet, want string }{
		{"", "the alphabet is empty: a tokenizer needs at least one character"},
		{"ABCB", `the alphabet has "B" twice, as characters 2 and 4`},
		{"A\xff", "alphabet: the text is not valid UTF-8: byte 0xFF at offset 1 begins no character"},
	}
	for _, c := range cases {
		if l, err := NewLetters(c.alphabet); l != nil || err == nil || err.Error() != c.want {
			t.Errorf("NewLetters(%q) = %v, %v, want %s", c.alphabet, l, err, c.want)
		}
	}
}

func TestLettersRefusesUnknownIDs(t *testing.T) {
	l, err := NewLetters("ABC")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []int{-1, 3} {
		_, err := l.Decode([]int{0, id})
		if e, ok := errors.AsType[*UnknownIDError](err); !ok || *e != (UnknownIDError{ID: id, Index: 1, Vocab: 3}) {
			t.Errorf("Decode of %d: %v", id, err)
		}
		if piece, ok := l.Piece(id); ok || piece != nil {
			t.Errorf("Piece(%d) = %q, %v", id, piece, ok)
		}
	}
}
