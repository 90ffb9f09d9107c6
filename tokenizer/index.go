package tokenizer

import (
	"hash/maphash"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// pieces holds the bytes of the tokens of a vocabulary, end to end: a string for each would take four times the memory.
type pieces struct {
	text []byte
	ends []uint32 // by id
}

// add appends the bytes of the next id, and returns that.
func (p *pieces) add(piece []byte) (id int) {
	p.text = append(p.text, piece...)
	p.ends = append(p.ends, uint32(len(p.text)))
	return len(p.ends) - 1
}

// at returns the bytes of an id.
func (p *pieces) at(id int) []byte {
	start := uint32(0)
	if id > 0 {
		start = p.ends[id-1]
	}
	return p.text[start:p.ends[id]]
}

// index finds ids by their bytes: a hash table that holds only ids. 150,000 tokens take 2 MB.
type index struct {
	pieces *pieces
	seed   maphash.Seed
	slots  []int32 // id+1; 0: free
	mask   int
	size   int
}

// room returns how many slots a table of n entries has: a power of two, of which at most two thirds are taken.
func room(n int) int { return 1 << bits.Len(uint(n+n/2+1)) }

// newIndex returns an index that has room for n ids, and grows beyond.
func newIndex(p *pieces, n int) *index {
	x := &index{pieces: p, seed: maphash.MakeSeed()}
	x.grow(n)
	return x
}

// grow makes room for n ids.
func (x *index) grow(n int) {
	old := x.slots
	x.slots = make([]int32, room(n))
	x.mask = len(x.slots) - 1
	for _, slot := range old {
		if slot > 0 {
			at, _ := x.slot(string(x.pieces.at(int(slot - 1))))
			x.slots[at] = slot
		}
	}
}

// slot returns where a piece is, or would be.
func (x *index) slot(piece string) (at int, found bool) {
	at = int(maphash.String(x.seed, piece)) & x.mask
	for ; x.slots[at] > 0; at = (at + 1) & x.mask {
		if string(x.pieces.at(int(x.slots[at]-1))) == piece {
			return at, true
		}
	}
	return at, false
}

// find returns the id of a piece, -1 if it has none.
func (x *index) find(piece string) int {
	at, _ := x.slot(piece)
	return int(x.slots[at]) - 1
}

// add gives a piece, which pieces holds already, its id. The first id of a piece stays.
func (x *index) add(id int) {
	if room(x.size+1) > len(x.slots) {
		x.grow(2 * x.size)
	}
	if at, found := x.slot(string(x.pieces.at(id))); !found {
		x.slots[at] = int32(id + 1)
		x.size++
	}
}

// pairs finds the merges of a list by the two ids that they join. 150,000 take 4 MB.
type pairs struct {
	left, right, to []int32 // ids by rank
	slots           []int32 // rank+1; 0: free
	factor          uint64
}

// add appends a merge to the list.
func (p *pairs) add(left, right, to int) {
	p.left, p.right, p.to = append(p.left, int32(left)), append(p.right, int32(right)), append(p.to, int32(to))
}

// build makes the merges of the list be found. Of several that join the same ids the first counts, or the last.
func (p *pairs) build(last bool) {
	p.left, p.right, p.to = slices.Clone(p.left), slices.Clone(p.right), slices.Clone(p.to) // without what append keeps ready
	p.slots = make([]int32, room(len(p.to)))
	p.factor = rand.Uint64() | 1 // so that no file can be made which collides
	for rank := range p.to {
		if at, found := p.slot(int(p.left[rank]), int(p.right[rank])); !found || last {
			p.slots[at] = int32(rank + 1)
		}
	}
}

// slot returns where the pair of two ids is, or would be.
func (p *pairs) slot(left, right int) (at int, found bool) {
	mask := len(p.slots) - 1
	hash := (uint64(uint32(left))<<32 | uint64(uint32(right))) * p.factor
	hash ^= hash >> 29
	at = int((hash*p.factor)>>20) & mask
	for ; p.slots[at] > 0; at = (at + 1) & mask {
		rank := p.slots[at] - 1
		if int(p.left[rank]) == left && int(p.right[rank]) == right {
			return at, true
		}
	}
	return at, false
}

// find returns the id that two ids make, and the rank of their merge.
func (p *pairs) find(left, right int) (id, rank int, ok bool) {
	at, found := p.slot(left, right)
	if !found {
		return 0, 0, false
	}
	rank = int(p.slots[at] - 1)
	return int(p.to[rank]), rank, true
}
