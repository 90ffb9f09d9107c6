package quality

import (
	"math"
	"math/rand/v2"
	"testing"
)

func counted(vocab int, ids ...int) *Counts {
	c := NewCounts(vocab)
	c.Add(ids...)
	return c
}

func TestTheBigramIsSmoothedAsByHand(t *testing.T) {
	// Pairs: 01 twice, 10 and 12 once, so d = 2/(2+2·1). Each of 0, 1, 2 has one token before it, so there d = 1,
	// and all is left to 1/V.
	g := counted(4, 0, 1, 0, 1, 2).Bigram()
	for _, c := range []struct {
		before, id int
		want       float64
	}{
		{0, 1, 1.5/2 + 0.5*1/2*0.25},
		{1, 2, 0.5/2 + 0.5*2/2*0.25},
		{1, 3, 0.5 * 2 / 2 * 0.25},
		{3, 1, 0.25}, // nothing has ever followed 3
	} {
		if p := g.Probability([]int{c.before}, c.id); math.Abs(p-c.want) > 1e-12 {
			t.Errorf("p(%d | %d) = %v, want %v", c.id, c.before, p, c.want)
		}
	}
}

func TestTheTrigramIsSmoothedAsByHand(t *testing.T) {
	// Triples: 012, 120, 201 twice, 013 once: d = 1/(1+2·3).
	g := counted(4, 0, 1, 2, 0, 1, 2, 0, 1, 3).Trigram()
	for id, want := range []float64{1. / 42, 1. / 42, 27. / 42, 13. / 42} {
		if p := g.Probability([]int{3, 0, 1}, id); math.Abs(p-want) > 1e-12 {
			t.Errorf("p(%d | 0 1) = %v, want %v", id, p, want)
		}
	}
}

func TestBaselinesAreDistributionsAndKnowTheirBest(t *testing.T) {
	const vocab = 9
	r := rand.New(rand.NewPCG(1, 2))
	c := NewCounts(vocab)
	for range 300 {
		c.Add(min(r.IntN(vocab-1), r.IntN(vocab-1)))
	}
	p := make([]float64, vocab)
	for name, g := range map[string]*NGram{"bigram": c.Bigram(), "trigram": c.Trigram()} {
		for range 200 {
			text := []int{r.IntN(vocab), r.IntN(vocab)}[r.IntN(2):]
			sum, best := 0.0, 0
			for id := range vocab {
				q := g.Probability(text, id)
				if sum += q; q > g.Probability(text, best)+1e-12 {
					best = id
				}
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("%s after %v: the probabilities sum to %v", name, text, sum)
			}
			got := g.Best(text, p)
			if math.Abs(g.Probability(text, got)-g.Probability(text, best)) > 1e-12 {
				t.Errorf("%s after %v: the best is %d, want %d", name, text, got, best)
			}
		}
	}
}

func TestATrigramKnowsWhatABigramCannot(t *testing.T) {
	var ids []int
	for range 50 {
		ids = append(ids, 1, 2, 3, 4, 2, 5)
	}
	c, windows := counted(6, ids...), [][]int{ids}
	bigram, trigram := c.Bigram().Loss(windows), c.Trigram().Loss(windows)
	if !(trigram.Mean() < 0.2 && bigram.Mean() > trigram.Mean()+0.1) {
		t.Errorf("the losses are %.3f and %.3f nats; expected the trigram to be sure, the bigram not", bigram.Mean(), trigram.Mean())
	}
}
