package run

import (
	"slices"
	"testing"
)

func TestEditsOfALinkAreReadAndWrittenAlike(t *testing.T) {
	edits, err := ParseEdits(" off:mask;;~h.0.ln_1=mean@9;~")
	if want := []Edit{{"off:mask", false}, {"h.0.ln_1=mean@9", true}}; err != nil || !slices.Equal(edits, want) {
		t.Fatalf("they are %v, %v", edits, err)
	}
	if got := JoinEdits(edits); got != "off:mask;~h.0.ln_1=mean@9" {
		t.Errorf("they are written %s", got)
	}
	if made := Made(edits); !slices.Equal(made, []string{"off:mask"}) || !LooksAhead(edits) || LooksAhead(edits[1:]) {
		t.Errorf("those that are made are %v", made)
	}
	if anew := Anew(edits); anew[1].Spec != "h.0.ln_1=mean" || !anew[1].Paused {
		t.Errorf("for another text they are %v", anew)
	}
	if again := Respelled(edits, []string{"off:mask", "h.0.ln_1=mean@9"}, []string{"off:norm", "x"}); again[0].Spec != "off:norm" || again[1] != edits[1] {
		t.Errorf("in other words they are %v", again)
	}
	if _, err := ParseEdits("off:mask;nonsense"); err == nil {
		t.Error("nonsense is an edit")
	}
}

func TestTokensKeepTheirNumbersUnlessAnEditReachesBack(t *testing.T) {
	in := func(text, edits string, generated ...int) Input {
		list, err := ParseEdits(edits)
		if err != nil {
			t.Fatal(err)
		}
		return Input{Text: text, Generated: generated, Edits: list}
	}
	for _, c := range []struct {
		a, b Input
		keep bool
	}{
		{in("AB", ""), in("AC", ""), true},
		{in("AB", "off:norm"), in("AC", "off:norm"), true},
		{in("AB", "off:norm"), in("AB", ""), false},
		{in("AB", "off:mask"), in("AB", "off:mask", 1), false},
		{in("AB", "~off:mask"), in("AC", "~off:mask"), true},
		{in("AB", "ln_f=mean"), in("AC", "ln_f=mean"), false},
		{in("AB", "ln_f=mean", 1), in("AB", "ln_f=mean", 1, 2), true},
		{in("AB", "ln_f=mean", 1, 2), in("AB", "ln_f=mean"), false},
	} {
		if got := c.a.Keeps(c.b); got != c.keep {
			t.Errorf("from %+v to %+v the first tokens keep their numbers: %t", c.a, c.b, got)
		}
	}
}
