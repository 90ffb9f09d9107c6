package app

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestAFuzzRepeatsItself(t *testing.T) {
	a, b, c := NewFuzz(7), NewFuzz(7), NewFuzz(8)
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
	for _, s := range fuzzShares {
		sum += s.share
	}
	if sum != 1000 {
		t.Errorf("the shares sum to %d; expected 1000", sum)
	}
	f, count, texts := NewFuzz(1), map[FuzzKind]int{}, map[string]bool{}
	for range 50000 {
		e := f.Next()
		count[e.Kind]++
		texts[e.Text] = true
	}
	for _, s := range fuzzShares {
		if n := count[s.kind]; n < s.share*50*7/10 && n < s.share*50-60 {
			t.Errorf("%d of 50000 events are %s; expected about %d", n, s.kind, s.share*50)
		}
	}
	for _, text := range slices.Concat(fuzzKeys, fuzzTexts, fuzzHashes, fuzzPosts, fuzzFiles) {
		if !texts[text] {
			t.Errorf("%q never comes", text)
		}
	}
}

func TestAFuzzLosesAndRestoresTheGPUInTurn(t *testing.T) {
	f, lost := NewFuzz(3), false
	for range 20000 {
		switch e := f.Next(); e.Kind {
		case FuzzLose, FuzzRestore:
			if lost == (e.Kind == FuzzLose) {
				t.Fatalf("%s follows while lost is %t", e.Kind, lost)
			}
			lost = !lost
		}
	}
}

func TestTheMessagesOfAFuzzAreJSON(t *testing.T) {
	for _, text := range fuzzPosts {
		if !json.Valid([]byte(text)) {
			t.Errorf("%s is no JSON", text)
		}
	}
}
