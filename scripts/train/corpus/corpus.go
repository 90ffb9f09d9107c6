// Package corpus writes the texts on which the model that tells stories is trained, and
// judges what the model writes. There is nothing to download: a seed gives the texts.
//
// # The world
//
// People of some 200 names, things with a colour each, animals, trades, places, days, numbers,
// countries. A document is 60 to 220 words of simple English about a few of them: a plot
// with a cause and an ending, a conversation, a list, a sum, or how a language model
// predicts a word (the page's example, "How to predict"). Templates choose the words, but what is true
// is kept apart in a small model of the world: who owns what after it was given away,
// who is where, which colour a thing has. The text asks for it later, so a model can
// only be right by looking back. Made-up names come twice or more, for heads that copy.
//
// # What is held out
//
// [Combinations] reads from a text which name stands in it together with which coloured
// thing, pair of numbers, country, opposite or list. A combination is held out if its
// hash says so, one in [heldOutOf]. No training document holds such a combination; every held-out
// document does, and so does every probe. The rule is about texts, not about
// templates: it holds for whatever is written here, and a test reads it off.
//
// # Who checks
//
// Every [Probe] is cut out of a held-out document before a word that the document marks as the one
// right answer; a test reads the prompt and finds the answer its own way. [Check] judges
// sentences by a grammar and a dictionary; it shares words.txt with the generator
// and nothing else.
package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// Split says which documents a Generator writes.
type Split int

const (
	Training Split = iota // without any combination that is held out
	HeldOut               // each with a combination that is held out
)

// The words of a document.
const (
	minWords = 60
	maxWords = 220
)

// A kind of document, how often it is written, and who writes it.
type kind struct {
	name   string
	weight int
	write  func(*page)
}

// kinds lists every kind of document.
func kinds() []kind {
	return []kind{
		{"gift", 16, gift},
		{"lost", 10, lost},
		{"wish", 7, wish},
		{"stranger", 9, stranger},
		{"talk", 9, talk},
		{"pair", 11, pair},
		{"travel", 8, travel},
		{"list", 8, list},
		{"sum", 9, sum},
		{"opposites", 6, opposites},
		{"countries", 6, countries},
		{"kinds", 6, kindsOf},
		{"fable", 7, fable},
		{"makers", 6, makers},
		{"explain", 8, explain},
	}
}

// Kinds returns the kinds of documents.
func Kinds() (names []string) {
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// Weight returns how often a kind of document is drawn, out of the sum over all kinds;
// 0 for a name that is no kind. Documents that do not fit their split or length are
// drawn again, so frequencies follow the weights only nearly.
func Weight(name string) int {
	for _, k := range kinds() {
		if k.name == name {
			return k.weight
		}
	}
	return 0
}

// A Generator writes one document after another. The same seed and split give the same documents.
// It is not safe for use by several goroutines; give each its own seed.
type Generator struct {
	rng   *rand.Rand
	split Split
	kinds []kind
	total int
}

// New returns the generator of a seed. It writes stories of all kinds, or what is of one of the named kinds, which may
// be exercises.
func New(seed uint64, split Split, names ...string) *Generator {
	g := &Generator{rng: rand.New(rand.NewPCG(seed, uint64(split))), split: split, kinds: kinds()}
	if len(names) > 0 {
		g.kinds = slices.DeleteFunc(append(g.kinds, exercises()...), func(k kind) bool { return !slices.Contains(names, k.name) })
	}
	for _, k := range g.kinds {
		g.total += k.weight
	}
	return g
}

// Next returns the next document, without a newline at its end.
func (g *Generator) Next() string {
	return unmark(g.draw(g.kind()))
}

// NextOf returns the next document of a kind, or "" if there is no such kind.
func (g *Generator) NextOf(name string) string {
	for _, k := range g.kinds {
		if k.name == name {
			return unmark(g.draw(k))
		}
	}
	return ""
}

// kind draws a kind by its weight.
func (g *Generator) kind() kind {
	n := g.rng.IntN(g.total)
	for _, k := range g.kinds {
		if n -= k.weight; n < 0 {
			return k
		}
	}
	panic("corpus: the weights do not sum up")
}

// draw writes documents of a kind until one fits the split and the length. The probes'
// answers are still marked.
func (g *Generator) draw(k kind) string {
	for {
		p := newPage(g.rng)
		k.write(p)
		marked := p.text.String()
		plain := unmark(marked)
		if n := len(strings.Fields(plain)); n < minWords || n > maxWords {
			continue
		}
		if anyHeldOut(Combinations(plain)) == (g.split == HeldOut) {
			return marked
		}
	}
}
