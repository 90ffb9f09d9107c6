package quality

import (
	"maps"
	"slices"
)

// NGram is a bigram or trigram model with interpolated Kneser–Ney smoothing, as in S. Chen and J. Goodman,
// "An Empirical Study of Smoothing Techniques for Language Modeling", TR-10-98, Harvard 1998:
//
//	p(w | h) = max(c(hw) − d, 0) / c(h)  +  d · N₁₊(h·) / c(h) · p(w | h′)
//
// where h′ is h without its first token. For the longest h, c counts n-grams; below it counts how many
// different tokens stand before them. N₁₊(h·) is how many different tokens follow h. The
// discount is d = n₁ / (n₁ + 2n₂), nᵢ n-grams having the count i (H. Ney, U. Essen, R. Kneser, "On
// Structuring Probabilistic Dependences in Stochastic Language Modelling", 1994). The shortest h rests on 1/V.
type NGram struct {
	vocab  int
	levels []level // by the length of h: none, one token, two
}

// A level holds the n-grams of one length, in the order of their keys: those with the same h are neighbours.
type level struct {
	keys     []uint64
	counts   []uint32
	contexts map[uint64]span // by h
	discount float64
}

// A span is where the n-grams of one h stand, and Σ c over them.
type span struct {
	from, to int
	total    float64
}

func newLevel(counts map[uint64]uint32) level {
	l := level{keys: slices.Sorted(maps.Keys(counts)), contexts: map[uint64]span{}}
	var once, twice float64
	for i, key := range l.keys {
		n := counts[key]
		l.counts = append(l.counts, n)
		switch n {
		case 1:
			once++
		case 2:
			twice++
		}
		s, known := l.contexts[key>>bitsOfID]
		if !known {
			s.from = i
		}
		s.to, s.total = i+1, s.total+float64(n)
		l.contexts[key>>bitsOfID] = s
	}
	l.discount = 0.5 // with no n-gram that occurs once, n₁ / (n₁ + 2n₂) would leave nothing for unseen ones
	if once > 0 {
		l.discount = once / (once + 2*twice)
	}
	return l
}

// rest returns the share of a context that goes to shorter ones.
func (l level) rest(s span) float64 { return l.discount * float64(s.to-s.from) / s.total }

// own returns what the i-th n-gram has of its context for itself.
func (l level) own(s span, i int) float64 {
	return max(float64(l.counts[i])-l.discount, 0) / s.total
}

// context returns the n-grams at level n that begin with the last n tokens of a text, if there are any.
func (g *NGram) context(n int, text []int) (h uint64, s span, known bool) {
	if n > len(text) {
		return 0, s, false
	}
	for _, id := range text[len(text)-n:] {
		h = h<<bitsOfID | uint64(id)
	}
	s, known = g.levels[n].contexts[h]
	return h, s, known
}

// Probability returns the probability that id follows a text. Over all ids it sums to 1.
func (g *NGram) Probability(text []int, id int) float64 {
	p := 1 / float64(g.vocab)
	for n, l := range g.levels {
		h, s, known := g.context(n, text)
		if !known {
			continue
		}
		p *= l.rest(s)
		if i, found := slices.BinarySearch(l.keys[s.from:s.to], h<<bitsOfID|uint64(id)); found {
			p += l.own(s, s.from+i)
		}
	}
	return p
}

// Best returns the most likely token after a text; of equal ones, that with the smallest id. It uses
// p, of V values, for itself.
func (g *NGram) Best(text []int, p []float64) int {
	for i := range p {
		p[i] = 0
	}
	for n, l := range g.levels { // 1/V is the same for all ids, so the first level may begin with 0
		_, s, known := g.context(n, text)
		if !known {
			continue
		}
		rest := l.rest(s)
		for i := range p {
			p[i] *= rest
		}
		for i := s.from; i < s.to; i++ {
			p[l.keys[i]&oneID] += l.own(s, i)
		}
	}
	return largest(p)
}

// largest returns the first index of the largest value.
func largest(values []float64) (at int) {
	for i, v := range values {
		if v > values[at] {
			at = i
		}
	}
	return at
}
