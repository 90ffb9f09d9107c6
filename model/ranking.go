package model

import "sort"

// A ranking yields the columns of a row one by one, the largest value first, equal values
// by id. It is a heap of the D distinct values: making it takes D steps and each id log D, so
// the few ids that sampling keeps need no sort of the whole vocabulary.
type ranking struct {
	t      *Tensor
	values []float32
	given  []int // how many tokens of each value have been yielded
	heap   []int // the values of which a token is left
}

func (t *Tensor) ranking(r int) *ranking {
	values := t.distinct(r)
	o := &ranking{t, values, make([]int, len(values)), make([]int, 0, len(values))}
	for i := range values {
		if t.count(i) > 0 {
			o.heap = append(o.heap, i)
		}
	}
	for i := len(o.heap)/2 - 1; i >= 0; i-- {
		o.sink(i)
	}
	return o
}

// all yields the ids and their values, without the tokens that a filter dropped.
func (o *ranking) all(yield func(id int, v float32) bool) {
	for len(o.heap) > 0 {
		i := o.heap[0]
		id := o.id(i)
		if o.given[i]++; o.given[i] == o.t.count(i) {
			last := len(o.heap) - 1
			o.heap[0] = o.heap[last]
			o.heap = o.heap[:last]
		}
		o.sink(0)
		if !yield(id, o.values[i]) {
			return
		}
	}
}

// id returns the next token of the i-th value.
func (o *ranking) id(i int) int { return o.t.shared.Token(i, o.given[i]) }

// before reports whether the next token of value a ranks before that of value b.
func (o *ranking) before(a, b int) bool {
	return o.values[a] > o.values[b] || o.values[a] == o.values[b] && o.id(a) < o.id(b)
}

// sink moves the value at i down to where none below it ranks before it.
func (o *ranking) sink(i int) {
	for {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(o.heap); child++ {
			if o.before(o.heap[child], o.heap[first]) {
				first = child
			}
		}
		if first == i {
			return
		}
		o.heap[i], o.heap[first] = o.heap[first], o.heap[i]
		i = first
	}
}

// Ranked returns the ids of the n largest values, the largest first, equal ones by id.
func Ranked(values []float32, n int) []int {
	t := Tensor{Rows: 1, Cols: len(values), data: values}
	return t.Ranked(0, n)
}

// Ranked returns the columns of the n largest values of row r, the largest first, equal
// ones by their number; fewer, if a sampling filter has left fewer.
func (t *Tensor) Ranked(r, n int) []int {
	ids := make([]int, 0, max(0, min(n, t.Cols)))
	for id := range t.ranking(r).all {
		if len(ids) >= n {
			break
		}
		ids = append(ids, id)
	}
	return ids
}

// Rank returns how many columns of row r rank before column c, in the order of Ranked: 0
// for the first. The cell must not be masked.
func (t *Tensor) Rank(r, c int) int {
	values := t.distinct(r)
	v, rank := values[t.shared.Row(c)], 0
	for i, x := range values {
		if x > v {
			rank += t.count(i)
		} else if x == v {
			rank += sort.Search(t.count(i), func(n int) bool { return t.shared.Token(i, n) >= c })
		}
	}
	return rank
}
