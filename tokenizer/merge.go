package tokenizer

// merger joins the bytes of one word, pair by pair. Parts form a list through the offsets at which
// they start; the pairs that can be joined wait in a heap. A word of n bytes takes n-1 merges
// at most, each of which adds two pairs: O(n log n) steps, about 100·n bytes.
type merger struct {
	word  string
	ranks map[string]int
	end   []int // end[s] is where the part that starts at s ends, 0 where none starts
	prev  []int // prev[s] is where the part before the one that starts at s starts
	queue []pair
}

// pair is two neighbouring parts of a word, word[start:mid] and word[mid:end], and the id that they make.
type pair struct {
	id, start, mid, end int
}

// newMerger returns a merger whose parts are the single bytes of word.
func newMerger(word string, ranks map[string]int) *merger {
	m := &merger{word: word, ranks: ranks, end: make([]int, len(word)), prev: make([]int, len(word))}
	for s := range len(word) {
		m.end[s], m.prev[s] = s+1, s-1
	}
	for s := range len(word) - 1 {
		if p, ok := m.find(s, s+1, s+2); ok {
			m.queue = append(m.queue, p)
		}
	}
	for i := len(m.queue)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return m
}

// next joins the pair of lowest rank, the leftmost of several; ok is false when no pair is left.
func (m *merger) next() (p pair, ok bool) {
	for len(m.queue) > 0 {
		p = m.pop()
		if m.end[p.start] != p.mid || m.end[p.mid] != p.end {
			continue // one of the two has been joined with another part since
		}
		m.join(p)
		return p, true
	}
	return pair{}, false
}

// join makes one part of two and queues the pairs that it forms with its neighbours.
func (m *merger) join(p pair) {
	s, e := p.start, p.end
	m.end[s], m.end[p.mid] = e, 0
	if e < len(m.word) {
		m.prev[e] = s
		m.push(s, e, m.end[e])
	}
	if s > 0 {
		m.push(m.prev[s], s, e)
	}
}

// find returns the pair of word[s:mid] and word[mid:e]; ok is false where the table has none.
func (m *merger) find(s, mid, e int) (p pair, ok bool) {
	if e-s > maxPiece {
		return pair{}, false
	}
	id, ok := m.ranks[m.word[s:e]]
	return pair{id: id, start: s, mid: mid, end: e}, ok
}

// push queues the pair word[s:mid] and word[mid:e] if the table has it.
func (m *merger) push(s, mid, e int) {
	p, ok := m.find(s, mid, e)
	if !ok {
		return
	}
	m.queue = append(m.queue, p)
	for i := len(m.queue) - 1; i > 0; {
		parent := (i - 1) / 2
		if !m.less(i, parent) {
			return
		}
		m.queue[i], m.queue[parent] = m.queue[parent], m.queue[i]
		i = parent
	}
}

// pop removes the first pair from the queue, which is not empty.
func (m *merger) pop() pair {
	first, last := m.queue[0], len(m.queue)-1
	m.queue[0] = m.queue[last]
	m.queue = m.queue[:last]
	m.sink(0)
	return first
}

// sink moves entry i down the heap to its place.
func (m *merger) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.queue); child++ {
			if m.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		m.queue[i], m.queue[least] = m.queue[least], m.queue[i]
		i = least
	}
}

// less orders the queue by rank, then from left to right.
func (m *merger) less(i, j int) bool {
	a, b := m.queue[i], m.queue[j]
	return a.id < b.id || a.id == b.id && a.start < b.start
}
