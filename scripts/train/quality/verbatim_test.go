package quality

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestTwelveGramsAreFoundAsByReading(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	document := func(n int) []int {
		ids := make([]int, n)
		for i := range ids {
			ids[i] = r.IntN(2) * 50255 // two ids, so that many are found
		}
		return ids
	}
	var training [][]int
	for range 10 {
		training = append(training, document(60))
	}
	text, from := append(document(100), training[3][5:30]...), 4
	l := newLookup()
	l.add(text, from)
	l.index()
	want := Share{}
	for _, ids := range training {
		l.scan(ids)
	}
	for end := longGram; end <= len(text); end++ {
		if end <= from {
			continue
		}
		want.count(slices.ContainsFunc(training, func(ids []int) bool {
			for i := 0; i+longGram <= len(ids); i++ {
				if slices.Equal(ids[i:i+longGram], text[end-longGram:end]) {
					return true
				}
			}
			return false
		}))
	}
	if got := l.share(text, from); got != want || got.Part < 14 || got.Part == got.All {
		t.Errorf("found are %v; expected %v", got, want)
	}
}

func TestAShortTextHasNoTwelveGrams(t *testing.T) {
	l := newLookup()
	l.add(make([]int, 11), 0)
	l.index()
	l.scan(make([]int, 20))
	if s := l.share(make([]int, 11), 0); s != (Share{}) {
		t.Errorf("there are %v", s)
	}
	if s := l.share(make([]int, 14), 13); s.All != 1 {
		t.Errorf("%d 12-grams end in the one token of a continuation; expected 1", s.All)
	}
}

func TestAFourGramThreeTimesIsNoticedWithin60Tokens(t *testing.T) {
	for _, c := range []struct {
		third int
		found bool
	}{{56, true}, {57, false}} {
		ids := make([]int, 80)
		for i := range ids {
			ids[i] = 100 + i
		}
		for _, at := range []int{0, 28, c.third} {
			copy(ids[at:], []int{1, 2, 3, 4})
		}
		if got := findRepeat(ids); (got != nil) != c.found || c.found && !slices.Equal(got, []int{1, 2, 3, 4}) {
			t.Errorf("third at %d: found %v", c.third, got)
		}
	}
	if findRepeat([]int{1, 2, 3}) != nil {
		t.Error("three tokens hold no 4-gram")
	}
}
