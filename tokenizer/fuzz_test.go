package tokenizer

import (
	"errors"
	"slices"
	"testing"
	"unicode/utf8"
)

// checkFuzzed holds encode to its promise: valid UTF-8 comes back byte for byte, anything else is
// refused at the first byte that is no character.
func checkFuzzed(t *testing.T, g *GPT2, encode func(string) ([]Token, error), text string) {
	t.Helper()
	tokens, err := encode(text)
	if !utf8.ValidString(text) {
		e, ok := errors.AsType[*InvalidUTF8Error](err)
		if !ok || !utf8.ValidString(text[:e.Offset]) || text[e.Offset] != e.Value {
			t.Fatalf("%q gives %v", text, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	checkSpans(t, g, text, tokens)
	if back, err := g.Decode(IDs(tokens)); err != nil || string(back) != text {
		t.Fatalf("%q comes back as %q, %v", text, back, err)
	}
}

func FuzzDecodeGivesBackWhatWasEncoded(f *testing.F) {
	g := gpt2(f)
	for _, text := range []string{"How to predict", "  it's\u00a0 '\n\n", "水👩‍🚀\x00", "<|endoftext|> ", "\xe4\xbd", "naïve 12½"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkFuzzed(t, g, g.Encode, text)
		checkFuzzed(t, g, g.EncodeSpecial, text)
		if utf8.ValidString(text) {
			checkEncoders(t, g, text)
		}
	})
}

func FuzzTablesAreRefusedOrWork(f *testing.F) {
	f.Add(makeTable([2]int{'a', 'b'}, [2]int{256, 'c'}, [2]int{257, 257}), "abcabc ab")
	f.Add(makeTable([2]int{256, 256}), "")
	f.Add(makeTable()[:40], "a")
	f.Fuzz(func(t *testing.T, table []byte, text string) {
		g, err := NewGPT2(table)
		if err != nil {
			if _, ok := errors.AsType[*TableError](err); !ok {
				t.Fatalf("the error %v is no *TableError", err)
			}
			return
		}
		checkFuzzed(t, g, g.EncodeSpecial, text)
		own, err := g.Merges(text)
		if err != nil {
			return
		}
		for _, w := range own {
			if n := len(w.Bytes) - len(w.Steps); len(w.Tokens()) != n {
				t.Fatalf("%d bytes and %d merges make %d tokens", len(w.Bytes), len(w.Steps), len(w.Tokens()))
			}
		}
	})
}

func FuzzLettersNameWhatTheyDoNotKnow(f *testing.F) {
	f.Add("ABC", "ABx")
	f.Add("é\n", "\xff")
	f.Fuzz(func(t *testing.T, alphabet, text string) {
		l, err := NewLetters(alphabet)
		if err != nil {
			return
		}
		tokens, err := l.Encode(text)
		if e, ok := errors.AsType[*UnknownRuneError](err); ok {
			at := []rune(text)[e.Index]
			if at != e.Rune || slices.Contains([]rune(alphabet), at) || e.Error() == "" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if err != nil {
			return
		}
		checkSpans(t, l, text, tokens)
	})
}
