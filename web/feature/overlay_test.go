package feature_test

import (
	"testing"

	. "glassbox/web/feature"
)

// TestEscapeClosesTheUppermostCard opens all cards, and closes one after the other.
func TestEscapeClosesTheUppermostCard(t *testing.T) {
	s := State{Opening: &Opening{}, Finder: &Finder{}, Menu: true, Help: true, LinkText: "#", Taking: &Taking{}, Problem: &Problem{}}
	closes := []func(){
		func() { s.Opening = nil }, func() { s.Finder = nil }, func() { s.Menu = false }, func() { s.Help = false },
		func() { s.LinkText = "" }, func() { s.Taking = nil }, func() { s.Problem = nil },
	}
	if len(closes) != len(s.Cards()) {
		t.Fatalf("there are %d cards, of which this test knows %d", len(s.Cards()), len(closes))
	}
	for n, close := range closes {
		if got, want := s.EscapeMessage(), s.Cards()[n].Close; got != want {
			t.Errorf("with cards from %d on open Escape sends %T; expected %T", n, got, want)
		}
		if modal := n < 4; s.Modal() != modal || s.Obeys("s") == modal || !s.Obeys("Escape") {
			t.Errorf("with cards from %d on open, modal is %t", n, s.Modal())
		}
		close()
	}
	if got := s.EscapeMessage(); got != (PanelChosen{}) {
		t.Errorf("with no card open Escape sends %T", got)
	}
}
