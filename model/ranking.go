package model

// A ranking gives the ids of a row one by one, the largest value first, equal values
// by id. It is a heap: making it costs V steps and each id log V, so the few that
// sampling keeps don't cost a sort of the whole vocabulary.
type ranking struct {
	values []float32
	heap   []int
}

func newRanking(values []float32) *ranking {
	r := &ranking{values, make([]int, len(values))}
	for i := range r.heap {
		r.heap[i] = i
	}
	for i := len(r.heap)/2 - 1; i >= 0; i-- {
		r.sink(i)
	}
	return r
}

// next takes the first id off the ranking; it must not be empty.
func (r *ranking) next() int {
	first, last := r.heap[0], len(r.heap)-1
	r.heap[0] = r.heap[last]
	r.heap = r.heap[:last]
	r.sink(0)
	return first
}

// before reports whether id a ranks before id b.
func (r *ranking) before(a, b int) bool {
	return r.values[a] > r.values[b] || r.values[a] == r.values[b] && a < b
}

// sink moves the id at i down to where no id below it ranks before it.
func (r *ranking) sink(i int) {
	for {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(r.heap); child++ {
			if r.before(r.heap[child], r.heap[first]) {
				first = child
			}
		}
		if first == i {
			return
		}
		r.heap[i], r.heap[first] = r.heap[first], r.heap[i]
		i = first
	}
}

// Ranked returns the ids of the n largest values, the largest first, equal ones by id.
func Ranked(values []float32, n int) []int {
	r := newRanking(values)
	ids := make([]int, min(n, len(values)))
	for i := range ids {
		ids[i] = r.next()
	}
	return ids
}
