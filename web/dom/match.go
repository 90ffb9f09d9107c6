package dom

import (
	"reflect"
	"slices"

	"github.com/vugu/vugu"
)

// maxTable bounds the work of aligning two lists without keys; longer ones are matched in order.
const maxTable = 1 << 18

// match decides which old node each new one takes over, so that focus, caret and what others put into
// islands stay where they were. The result holds an index of old for each of kids, or -1.
//
// Roots of components take over the node of the same instance, wherever it was. All others keep their
// order: of the ways to pair them, the one that pairs most alike nodes wins.
func match(old, kids []*node) []int {
	m := matcher{old: old, kids: kids, from: make([]int, len(kids)), taken: make([]bool, len(old))}
	for i := range m.from {
		m.from[i] = -1
	}
	first, end := 0, min(len(old), len(kids))
	for first < end && alike(old[first], kids[first]) {
		m.pair(first, first)
		first++
	}
	for i, j := len(old)-1, len(kids)-1; i >= first && j >= first && alike(old[i], kids[j]); i, j = i-1, j-1 {
		m.pair(i, j)
	}
	m.matchInstances()
	m.matchOrdered()
	return m.from
}

// matcher is a pairing in progress.
type matcher struct {
	old, kids []*node
	from      []int
	taken     []bool // per old node
}

func (m *matcher) pair(i, j int) {
	m.from[j] = i
	m.taken[i] = true
}

// matchInstances pairs roots of components. A new instance takes over the node of a vanished one of its
// type only if no instance of that type stayed: then Vugu exchanged them all because something before
// them appeared or vanished. Otherwise it is a new row.
func (m *matcher) matchInstances() {
	old := map[any]int{}
	for i, n := range m.old {
		if n.key != nil && !m.taken[i] {
			old[n.key] = i
		}
	}
	stayed := map[reflect.Type]bool{}
	for j, n := range m.kids {
		if n.key == nil {
			continue
		}
		if i, ok := old[n.key]; ok && m.from[j] < 0 && !m.taken[i] && sameKind(m.old[i], n) {
			m.pair(i, j)
		}
		if m.from[j] >= 0 {
			stayed[reflect.TypeOf(n.key)] = true
		}
	}
	vanished := map[reflect.Type][]int{}
	for i, n := range m.old {
		if typ := reflect.TypeOf(n.key); n.key != nil && !m.taken[i] && !stayed[typ] {
			vanished[typ] = append(vanished[typ], i)
		}
	}
	for j, n := range m.kids {
		typ := reflect.TypeOf(n.key)
		if left := vanished[typ]; n.key != nil && m.from[j] < 0 && len(left) > 0 && sameKind(m.old[left[0]], n) {
			m.pair(left[0], j)
			vanished[typ] = left[1:]
		}
	}
}

// matchOrdered pairs the nodes without a key: first alike ones, then, between those, ones of a kind.
func (m *matcher) matchOrdered() {
	var a, b []int
	for i, n := range m.old {
		if n.key == nil && !m.taken[i] {
			a = append(a, i)
		}
	}
	for j, n := range m.kids {
		if n.key == nil && m.from[j] < 0 {
			b = append(b, j)
		}
	}
	if len(a)*len(b) <= maxTable {
		m.align(a, b)
	}
	m.fill(a, b)
}

// fill pairs what align left over: nodes of a kind, in order, between the pairs that there are.
func (m *matcher) fill(a, b []int) {
	limits := make([]int, len(b)) // for each of b, the old node of the next pair
	limit := len(m.old)
	for at := len(b) - 1; at >= 0; at-- {
		if from := m.from[b[at]]; from >= 0 {
			limit = from
		}
		limits[at] = limit
	}
	next := 0 // in a
	for at, j := range b {
		for m.from[j] >= 0 && next < len(a) && a[next] <= m.from[j] {
			next++
		}
		for p := next; m.from[j] < 0 && p < len(a) && a[p] < limits[at]; p++ {
			if sameKind(m.old[a[p]], m.kids[j]) {
				m.pair(a[p], j)
				next = p + 1
			}
		}
	}
}

// align pairs alike nodes of a and b without crossing: a longest common subsequence in which an
// element counts more than any text, for texts between elements are mostly line breaks.
func (m *matcher) align(a, b []int) {
	width := len(b) + 1
	best := make([]int, (len(a)+1)*width) // best[i*width+j]: of a[i:] and b[j:]
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			score := max(best[(i+1)*width+j], best[i*width+j+1])
			if alike(m.old[a[i]], m.kids[b[j]]) {
				score = max(score, best[(i+1)*width+j+1]+m.weight(b[j]))
			}
			best[i*width+j] = score
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch here := best[i*width+j]; {
		case alike(m.old[a[i]], m.kids[b[j]]) && here == best[(i+1)*width+j+1]+m.weight(b[j]):
			m.pair(a[i], b[j])
			i, j = i+1, j+1
		case here == best[(i+1)*width+j]:
			i++
		default:
			j++
		}
	}
}

// weight is what a pair counts.
func (m *matcher) weight(j int) int {
	if m.kids[j].vg.Type == vugu.ElementNode {
		return 8
	}
	return 1
}

// unmoved returns which of the nodes that come from old places stay where they are while the others
// are moved around them: a longest increasing subsequence of from, without the -1.
func unmoved(from []int) []bool {
	var tails []int // tails[k]: the place in from that ends the best run of length k+1
	before := make([]int, len(from))
	for j, f := range from {
		if f < 0 {
			continue
		}
		k, _ := slices.BinarySearchFunc(tails, f, func(tail, f int) int { return from[tail] - f })
		before[j] = -1
		if k > 0 {
			before[j] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, j)
		}
		tails[k] = j
	}
	stay := make([]bool, len(from))
	if len(tails) == 0 {
		return stay
	}
	for j := tails[len(tails)-1]; j >= 0; j = before[j] {
		stay[j] = true
	}
	return stay
}
