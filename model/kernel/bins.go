package kernel

import "slices"

// Of a vocabulary in which each token has a value of its own, the first of the ranking are found bin by bin: one pass
// finds the first token of each bin, and only a bin of which more are wanted is looked through again.

// binLen is how many tokens a bin has.
const binLen = 256

// A bin is a part of the vocabulary: its tokens that have not been yielded.
type bin struct {
	first  int   // the token that ranks before the others
	from   int   // where it begins
	given  int   // how many have been yielded
	sorted []int // after manyOfOne of them: the tokens after first, the last to be yielded first
}

// manyOfOne is how many tokens of a bin are looked for one by one, before it is sorted.
const manyOfOne = 8

// RankBins yields the ids of values and the values, the largest first, equal ones by id, without those of which kept is 0,
// if it is there.
func RankBins(values, kept []float32, yield func(id int, v float32) bool) {
	before := func(a, b int) bool { return values[a] > values[b] || values[a] == values[b] && a < b }
	heap := make([]bin, 0, len(values)/binLen+1)
	for from := 0; from < len(values); from += binLen {
		if first := firstOf(values, kept, from); first >= 0 {
			heap = append(heap, bin{first: first, from: from})
		}
	}
	sink := func(i int) {
		for {
			first := i
			for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
				if before(heap[child].first, heap[first].first) {
					first = child
				}
			}
			if first == i {
				return
			}
			heap[i], heap[first] = heap[first], heap[i]
			i = first
		}
	}
	for i := len(heap)/2 - 1; i >= 0; i-- {
		sink(i)
	}
	for len(heap) > 0 {
		s := &heap[0]
		id := s.first
		if !yield(id, values[id]) {
			return
		}
		if s.advance(values, kept, before); s.first < 0 {
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
		}
		sink(0)
	}
}

// firstOf returns the first in the ranking of the bin that begins at from, or −1.
func firstOf(values, kept []float32, from int) int {
	first := -1
	for i, v := range values[from:min(from+binLen, len(values))] {
		if (first < 0 || v > values[first]) && (kept == nil || kept[from+i] > 0) {
			first = from + i
		}
	}
	return first
}

// advance makes first the next of the ranking, or −1.
func (s *bin) advance(values, kept []float32, before func(a, b int) bool) {
	last := s.first
	s.first = -1
	if s.given++; s.given > manyOfOne {
		if n := len(s.sorted); n > 0 {
			s.first, s.sorted = s.sorted[n-1], s.sorted[:n-1]
		}
		return
	}
	for i := s.from; i < min(s.from+binLen, len(values)); i++ {
		if i == last || !before(last, i) || kept != nil && kept[i] == 0 {
			continue
		}
		if s.first < 0 || before(i, s.first) {
			s.first = i
		}
		if s.given == manyOfOne {
			s.sorted = append(s.sorted, i)
		}
	}
	if s.given < manyOfOne || s.first < 0 {
		return
	}
	slices.SortFunc(s.sorted, func(a, b int) int {
		if before(a, b) {
			return 1
		}
		return -1
	})
	s.sorted = s.sorted[:len(s.sorted)-1] // the first
}
