package language

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
)

// stretch is how many tokens in a row make what two documents may have in common; package quality looks for as many of
// the training documents in what a model writes.
const stretch = 12

// unique returns those of each list of documents that have no stretch in common with any other, in any list. What a model
// has read many times word for word it writes word for word (Lee et al., "Deduplicating training data makes
// language models better", arXiv:2107.06499).
func unique(lists ...[][]word) [][][]word {
	var all []uint64
	for _, list := range lists {
		for _, document := range list {
			all = append(all, stretches(document)...)
		}
	}
	slices.Sort(all)
	again := map[uint64]bool{}
	for i := 1; i < len(all); i++ {
		if all[i] == all[i-1] {
			again[all[i]] = true
		}
	}
	kept := make([][][]word, len(lists))
	for n, list := range lists {
		for _, document := range list {
			if !slices.ContainsFunc(stretches(document), func(h uint64) bool { return again[h] }) {
				kept[n] = append(kept[n], document)
			}
		}
	}
	return kept
}

// stretches returns a hash of each stretch of a document: 64-bit FNV-1a of its tokens, of which 16 bits hold any.
func stretches(document []word) (hashes []uint64) {
	h := fnv.New64a()
	var ids [2 * stretch]byte
	for i := range max(len(document)-stretch+1, 0) {
		for k, w := range document[i : i+stretch] {
			binary.LittleEndian.PutUint16(ids[2*k:], uint16(w.id))
		}
		h.Reset()
		h.Write(ids[:])
		hashes = append(hashes, h.Sum64())
	}
	return hashes
}
