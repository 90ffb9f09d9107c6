package feature_test

import (
	"testing"

	. "glassbox/web/feature"
)

// TestEscapeClosesTheUppermostCard opens all cards of the page itself, and closes one after the other.
func TestEscapeClosesTheUppermostCard(t *testing.T) {
	s := State{Menu: true, LinkText: "#", Problem: &Problem{}}
	closes := []func(){
		func() { s.Menu = false },
		func() { s.LinkText = "" }, func() { s.Problem = nil },
	}
	cards := s.Cards()
	if len(closes) != len(cards) {
		t.Fatalf("the page has %d cards, of which this test knows %d", len(cards), len(closes))
	}
	for n, close := range closes {
		if got, want := s.EscapeMessage(), cards[n].Close; got != want {
			t.Errorf("with cards from %d on open Escape sends %T; expected %T", n, got, want)
		}
		if s.Modal() || !s.Obeys("s") || !s.Obeys("Escape") {
			t.Errorf("with cards from %d on open, modal is %t", n, s.Modal())
		}
		close()
	}
	if got := s.EscapeMessage(); got != (PanelChosen{}) {
		t.Errorf("with no card open Escape sends %T", got)
	}
}
