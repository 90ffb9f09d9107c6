package tokenizer

// joins says what a word is made of, and which neighbouring parts of it are joined.
type joins interface {
	// unit returns the size in bytes of what the word starts as, at the beginning of rest, and its id; -1: it has none.
	unit(rest string) (size, id int)
	// join returns the id of piece, which left and right make, and its rank: the pair of the lowest is joined first.
	join(left, right int, piece string) (id, rank int, ok bool)
}

// merger joins the units of one word, pair by pair. Parts form a list through the offsets at which
// they start; the pairs that can be joined wait in a heap. A word of n units takes n-1 merges
// at most, each of which adds two pairs: O(n log n) steps, about 80·n bytes.
type merger struct {
	word  string
	table joins
	id    []int // id[s] is that of the part that starts at s
	end   []int // end[s] is where the part that starts at s ends, 0 where none starts
	prev  []int // prev[s] is where the part before the one that starts at s starts
	queue []queued
}

// pair is two neighbouring parts of a word, word[start:mid] and word[mid:end], the id that they make, and its rank.
type pair struct {
	rank, id, start, mid, end int
}

// queued is a pair in the heap, where it takes half the memory.
type queued struct {
	rank, id, start, mid, end int32
}

func (p pair) queued() queued {
	return queued{int32(p.rank), int32(p.id), int32(p.start), int32(p.mid), int32(p.end)}
}

func (q queued) pair() pair {
	return pair{int(q.rank), int(q.id), int(q.start), int(q.mid), int(q.end)}
}

// newMerger returns a merger whose parts are the units of word.
func newMerger(word string, table joins) *merger {
	m := &merger{word: word, table: table, id: make([]int, len(word)), end: make([]int, len(word)), prev: make([]int, len(word))}
	for s, before := 0, -1; s < len(word); {
		size, id := table.unit(word[s:])
		m.id[s], m.end[s], m.prev[s] = id, s+size, before
		before, s = s, s+size
	}
	for s := 0; s < len(word) && m.end[s] < len(word); s = m.end[s] {
		if p, ok := m.find(s, m.end[s], m.end[m.end[s]]); ok {
			m.queue = append(m.queue, p.queued())
		}
	}
	for i := len(m.queue)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return m
}

// all makes all merges.
func (m *merger) all() {
	for _, ok := m.next(); ok; _, ok = m.next() {
	}
}

// next joins the pair of lowest rank, the leftmost of several; ok is false when no pair is left.
func (m *merger) next() (p pair, ok bool) {
	if p, ok = m.first(); ok {
		m.join(p)
	}
	return p, ok
}

// first returns the pair that next joins, and takes it from the queue.
func (m *merger) first() (p pair, ok bool) {
	for len(m.queue) > 0 {
		p = m.pop()
		if m.end[p.start] == p.mid && m.end[p.mid] == p.end {
			return p, true
		} // else one of the two has been joined with another part since
	}
	return pair{}, false
}

// join makes one part of two and queues the pairs that it forms with its neighbours.
func (m *merger) join(p pair) {
	s, e := p.start, p.end
	m.id[s], m.end[s], m.end[p.mid] = p.id, e, 0
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
	id, rank, ok := m.table.join(m.id[s], m.id[mid], m.word[s:e])
	return pair{rank: rank, id: id, start: s, mid: mid, end: e}, ok
}

// push queues the pair word[s:mid] and word[mid:e] if the table has it.
func (m *merger) push(s, mid, e int) {
	p, ok := m.find(s, mid, e)
	if !ok {
		return
	}
	m.queue = append(m.queue, p.queued())
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
	first, last := m.queue[0].pair(), len(m.queue)-1
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
	return a.rank < b.rank || a.rank == b.rank && a.start < b.start
}
