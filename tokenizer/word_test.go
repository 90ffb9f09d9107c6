package tokenizer

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestMergeStepsTellHowAWordIsPutTogether(t *testing.T) {
	words, err := gpt2(t).Merges("a here")
	if err != nil {
		t.Fatal(err)
	}
	if len(words) != 2 || words[1].Start != 1 || words[1].End != 6 {
		t.Fatalf("the words are %+v", words)
	}
	w := words[1]
	wantSteps := []MergeStep{ // h+e, r+e, " "+he, " he"+re
		{ID: 258, Rank: 258, Left: 71, Right: 68, Start: 2, Mid: 3, End: 4, from: 1, to: 3},
		{ID: 260, Rank: 260, Left: 81, Right: 68, Start: 4, Mid: 5, End: 6, from: 3, to: 5},
		{ID: 339, Rank: 339, Left: 220, Right: 258, Start: 1, Mid: 2, End: 4, from: 0, to: 3},
		{ID: 994, Rank: 994, Left: 339, Right: 260, Start: 1, Mid: 4, End: 6, from: 0, to: 5},
	}
	if !slices.Equal(w.Steps, wantSteps) {
		t.Errorf("the steps are %+v, want %+v", w.Steps, wantSteps)
	}
	if got, want := w.After(2), []Token{{220, 1, 2}, {258, 2, 4}, {260, 4, 6}}; !slices.Equal(got, want) {
		t.Errorf("after two merges: %v, want %v", got, want)
	}
	if !slices.Equal(w.After(0), w.Bytes) || !slices.Equal(w.Tokens(), []Token{{994, 1, 6}}) {
		t.Errorf("the word goes from %v to %v", w.After(0), w.Tokens())
	}
}

// mergeByHand is byte-pair encoding as one would do it with a pencil: look at all pairs, join the one
// of lowest rank, look again.
func mergeByHand(g *GPT2, parts []string) (ids []int, next []string) {
	best, at := len(g.pieces), -1
	for i := range len(parts) - 1 {
		if id, ok := g.ranks[parts[i]+parts[i+1]]; ok && id < best {
			best, at = id, i
		}
	}
	for _, p := range parts {
		ids = append(ids, g.ranks[p])
	}
	if at < 0 {
		return ids, nil
	}
	return ids, slices.Concat(parts[:at], []string{parts[at] + parts[at+1]}, parts[at+2:])
}

func TestEveryStateOfAWordIsTheOneFoundByHand(t *testing.T) {
	g := gpt2(t)
	rng := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		text := randomText(g, rng, 12)
		words, err := g.Merges(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			var parts []string
			for i := w.Start; i < w.End; i++ {
				parts = append(parts, text[i:i+1])
			}
			for n := range len(w.Steps) + 1 {
				want, next := mergeByHand(g, parts)
				if got := IDs(w.After(n)); !slices.Equal(got, want) {
					t.Fatalf("%q after %d merges is %v, want %v", text[w.Start:w.End], n, got, want)
				}
				parts = next
			}
			if parts != nil {
				t.Fatalf("%q: the list of merges ends too early", text[w.Start:w.End])
			}
		}
	}
}
