package corpus

import (
	"regexp"
	"testing"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// TestLecturesSayWhatIsTrueOfTokens asks the tokenizer about each word that is said to be one, and looks that two words
// which are compared are two.
func TestLecturesSayWhatIsTrueOfTokens(t *testing.T) {
	gpt2, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`[tT]he (?:\w+ )?word (\w+) is one token, and the (?:\w+ )?word (\w+) is another`)
	for g, found := New(4, Training, "lecture"), 0; found < 100; {
		text := g.Next()
		for _, m := range said.FindAllStringSubmatch(text, -1) {
			found++
			for _, word := range m[1:] {
				if list, err := gpt2.Encode(" " + word); err != nil || len(list) != 1 {
					t.Fatalf("%q, but %q has %d tokens, %v", m[0], word, len(list), err)
				}
			}
			if m[1] == m[2] {
				t.Fatal(m[0])
			}
		}
	}
}

// TestLecturesAreWellFormed lets the checker read them.
func TestLecturesAreWellFormed(t *testing.T) {
	g := New(4, Training, "lecture")
	for range 200 {
		for _, s := range Check(g.Next()) {
			if !s.OK {
				t.Errorf("%q is refused: %s", s.Text, s.Reason)
			}
		}
	}
}
