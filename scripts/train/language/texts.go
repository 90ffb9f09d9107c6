package language

import "iter"

// Texts yields the first n documents of the training part of a seed, as texts: what [Task.Documents] yields, without
// the time that it takes to encode them.
func Texts(seed uint64, n int) iter.Seq[string] {
	return func(yield func(string) bool) {
		g := generated{seed: seed}
		for i := 0; i < n && yield(g.document(i)); i++ {
		}
	}
}
