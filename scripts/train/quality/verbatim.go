package quality

// longGram is the length of the texts that are looked for in the training documents.
const longGram = 12

// A gram is twelve ids; 16 bits hold any of GPT-2's.
type gram [longGram]uint16

// A lookup knows which of the 12-grams that are wanted stand in documents. It holds the wanted ones alone, so
// there may be any number of documents.
type lookup struct {
	found  map[gram]bool
	filter []uint64 // a bit for the hashes of the wanted ones
}

func newLookup() *lookup { return &lookup{found: map[gram]bool{}} }

// grams calls do with the index behind each 12-gram of ids that ends after from.
func grams(ids []int, from int, do func(end int)) {
	for end := max(longGram, from+1); end <= len(ids); end++ {
		do(end)
	}
}

func gramOf(ids []int) (g gram) {
	for i, id := range ids {
		g[i] = uint16(id)
	}
	return g
}

// add notes the 12-grams of ids that end after from.
func (l *lookup) add(ids []int, from int) {
	grams(ids, from, func(end int) { l.found[gramOf(ids[end-longGram:end])] = false })
}

// index makes the filter, with some 64 bits for each wanted 12-gram.
func (l *lookup) index() {
	words := 1
	for words < len(l.found) {
		words *= 2
	}
	l.filter = make([]uint64, words)
	for g := range l.found {
		h := uint64(0)
		for _, id := range g {
			h = h*hashFactor + uint64(id)
		}
		bit := l.bit(h)
		l.filter[bit/64] |= 1 << (bit % 64)
	}
}

// hashFactor is the multiplier of Knuth's 64-bit linear congruential generator MMIX.
const hashFactor = 6364136223846793005

// bit returns the bit of a hash: its highest bits, which depend on all ids.
func (l *lookup) bit(h uint64) uint64 { return h >> 32 % uint64(64*len(l.filter)) }

// scan notes which wanted 12-grams stand in a document. Its hash rolls: each step adds an id and takes the
// one away that is twelve back.
func (l *lookup) scan(ids []int) {
	leaving := uint64(1) // hashFactor¹²
	for range longGram {
		leaving *= hashFactor
	}
	h := uint64(0)
	for i, id := range ids {
		h = h*hashFactor + uint64(id)
		if i >= longGram {
			h -= leaving * uint64(ids[i-longGram])
		}
		if i+1 < longGram {
			continue
		}
		if bit := l.bit(h); l.filter[bit/64]>>(bit%64)&1 == 0 {
			continue
		}
		g := gramOf(ids[i+1-longGram : i+1])
		if _, wanted := l.found[g]; wanted {
			l.found[g] = true
		}
	}
}

// share returns how many 12-grams of ids that end after from have been found.
func (l *lookup) share(ids []int, from int) (s Share) {
	grams(ids, from, func(end int) { s.count(l.found[gramOf(ids[end-longGram:end])]) })
	return s
}
