package fuzz

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestAFuzzRepeatsItself(t *testing.T) {
	a, b, c := New(7), New(7), New(8)
	differ := false
	for n := range 2000 {
		x, y, z := a.Next(), b.Next(), c.Next()
		if x != y {
			t.Fatalf("event %d is %v, then %v", n, x, y)
		}
		differ = differ || x != z
	}
	if !differ {
		t.Error("another seed gives the same events")
	}
}

func TestAFuzzHasEveryKindAndItsShare(t *testing.T) {
	sum := 0
	for _, s := range shares {
		sum += s.share
	}
	if sum != 1000 {
		t.Errorf("the shares sum to %d; expected 1000", sum)
	}
	f, count, came := New(1), map[Kind]int{}, map[string]bool{}
	for range 50000 {
		e := f.Next()
		count[e.Kind]++
		came[e.Text] = true
	}
	for _, s := range shares {
		if n := count[s.kind]; n < s.share*50*7/10 && n < s.share*50-60 {
			t.Errorf("%d of 50000 events are %s; expected about %d", n, s.kind, s.share*50)
		}
	}
	for _, text := range slices.Concat(keys, texts, hashes, posts, files) {
		if !came[text] {
			t.Errorf("%q never comes", text)
		}
	}
}

func TestAFuzzLosesAndRestoresTheGPUInTurn(t *testing.T) {
	f, lost := New(3), false
	for range 20000 {
		switch e := f.Next(); e.Kind {
		case Lose, Restore:
			if lost == (e.Kind == Lose) {
				t.Fatalf("%s follows while lost is %t", e.Kind, lost)
			}
			lost = !lost
		}
	}
}

func TestTheMessagesOfAFuzzAreJSON(t *testing.T) {
	for _, text := range posts {
		if !json.Valid([]byte(text)) {
			t.Errorf("%s is no JSON", text)
		}
	}
}
