package quality

// Counts counts the pairs and triples of neighbouring tokens in a stream. An n-gram is a key of 16 bits for each
// token, the last one lowest, so a vocabulary has at most 65536 words.
type Counts struct {
	vocab   int
	pairs   map[uint64]uint32
	triples map[uint64]uint32
	before  uint64 // the last two tokens
	seen    int
}

const (
	bitsOfID = 16
	oneID    = 1<<bitsOfID - 1
	twoIDs   = 1<<(2*bitsOfID) - 1
)

// NewCounts returns counts of nothing, for ids below vocab. It panics if vocab is above 65536.
func NewCounts(vocab int) *Counts {
	if vocab > oneID+1 {
		panic("quality: the vocabulary does not fit into 16 bits")
	}
	return &Counts{vocab: vocab, pairs: map[uint64]uint32{}, triples: map[uint64]uint32{}}
}

// Add appends tokens to the stream.
func (c *Counts) Add(ids ...int) {
	for _, id := range ids {
		key := c.before<<bitsOfID | uint64(id)
		if c.seen >= 1 {
			c.pairs[key&twoIDs]++
		}
		if c.seen >= 2 {
			c.triples[key]++
		}
		c.before = key & twoIDs
		c.seen++
	}
}

// Bigram returns the model that predicts a token from the one before.
func (c *Counts) Bigram() *NGram {
	return &NGram{c.vocab, []level{newLevel(continuations(c.pairs, oneID)), newLevel(c.pairs)}}
}

// Trigram returns the model that predicts a token from the two before.
func (c *Counts) Trigram() *NGram {
	return &NGram{c.vocab, []level{
		newLevel(continuations(c.pairs, oneID)),
		newLevel(continuations(c.triples, twoIDs)),
		newLevel(c.triples),
	}}
}

// continuations returns for each n-gram without its first token how many different tokens stood there.
func continuations(grams map[uint64]uint32, rest uint64) map[uint64]uint32 {
	counts := map[uint64]uint32{}
	for key := range grams {
		counts[key&rest]++
	}
	return counts
}
