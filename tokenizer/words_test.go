package tokenizer

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dlclark/regexp2"
)

// split cuts text by nextWord.
func split(text string) []string {
	words := []string{}
	for len(text) > 0 {
		n := nextWord(text)
		words = append(words, text[:n])
		text = text[n:]
	}
	return words
}

func TestTextIsCutIntoWords(t *testing.T) {
	cases := []struct{ text, want string }{
		{"How to predict", "How| to| predict"},
		{"  two  spaces", " | two| | spaces"},
		{"end  ", "end|  "},
		{"line\n\nline", "line|\n|\n|line"},
		{"line\n next", "line|\n| next"},
		{"don't we'll I'D", "don|'t| we|'ll| I|'|D"},
		{"''s", "''|s"},
		{" 's", " '|s"},
		{"a1²½b", "a|1²½|b"},
		{"x\u00a0y", "x|\u00a0|y"},
		{"x \u3000y", "x| |\u3000|y"},
		{"नमस्ते", "नमस|्|त|े"}, // a vowel sign is a mark, not a letter
		{"ok... fine", "ok|...| fine"},
	}
	for _, c := range cases {
		if got := split(c.text); strings.Join(got, "|") != c.want {
			t.Errorf("%q is cut into %q, want %q", c.text, got, strings.Split(c.want, "|"))
		}
	}
}

// regexpCuts cuts text by the engine and the pattern of tiktoken-go.
func regexpCuts(t *testing.T, pattern *regexp2.Regexp, text string) []string {
	t.Helper()
	words := []string{}
	m, err := pattern.FindStringMatch(text)
	for ; m != nil && err == nil; m, err = pattern.FindNextMatch(m) {
		words = append(words, m.String())
	}
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// Each character stands between a letter, a number and a sign, so that one of the wrong kind moves
// a cut. Planes 4 to 13 are empty and 15 and 16 private: a few of their characters will do.
func TestEveryUnicodeCharacterIsCutAsTiktokenCutsIt(t *testing.T) {
	pattern := regexp2.MustCompile(wordPattern, regexp2.None)
	var b strings.Builder
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if plane := r >> 16; !utf8.ValidRune(r) || plane > 3 && plane != 14 && r%251 != 0 {
			continue
		}
		b.WriteString("x" + string(r) + "1" + string(r) + "!")
		if b.Len() < 1<<12 {
			continue
		}
		if got, want := split(b.String()), regexpCuts(t, pattern, b.String()); !slices.Equal(got, want) {
			t.Errorf("the characters up to U+%04X are cut differently", r)
		}
		b.Reset()
	}
}

func TestRandomTextsAreCutAsTiktokenCutsThem(t *testing.T) {
	g, rng := gpt2(t), rand.New(rand.NewPCG(5, 6))
	pattern := regexp2.MustCompile(wordPattern, regexp2.None)
	for range 3000 {
		text := randomText(g, rng, rng.IntN(40))
		if got, want := split(text), regexpCuts(t, pattern, text); !slices.Equal(got, want) {
			t.Fatalf("%q is cut into %q, want %q", text, got, want)
		}
	}
}
