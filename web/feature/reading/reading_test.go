package reading

import (
	"testing"

	"glassbox/tokenizer"
	"glassbox/web/engine"
	"glassbox/web/feature"
)

func TestWhatIsShownReadsBack(t *testing.T) {
	for _, text := range []string{" red ball.\nThe", "\tÄh — 日本語 🙂", "a < 0x2 <0xZZ> b", ""} {
		if got := plain(tokenizer.Visible([]byte(text))); got != text {
			t.Errorf("%q reads back as %q", text, got)
		}
	}
	if got := plain("<0xF0><0x9F>" + "<0x99><0x82> <0xFF>"); got != "🙂 \uFFFD" {
		t.Errorf("a character in two tokens, and half of one: %q", got)
	}
}

func TestPromptAndContinuationStandApart(t *testing.T) {
	s := feature.State{Text: "Anna has a"}
	s.Tokens = []engine.Token{{Text: "Anna"}, {Text: "·has"}, {Text: "·a"}, {Text: "·red", Generated: true}, {Text: ".", Generated: true}}
	c := Written{&feature.Screen{State: &s}}
	if c.Given() != "Anna has a" || c.Continued() != " red." {
		t.Errorf("%q, then %q", c.Given(), c.Continued())
	}
}
