package language

import (
	"errors"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"glassbox/scripts/train/corpus"
	"glassbox/tokenizer"
)

// endOfText is the id of GPT-2's <|endoftext|>, which stands behind each document.
const endOfText = 50256

// Documents is how many documents the training part of the generated texts has. More would be nearer to
// a language without end, but of so many sentences made from the same words too many stand in there already:
// what the model writes is to be its own.
const Documents = 40000

// heldOutDocuments is how many there are in the held-out part, from which no model is trained.
const heldOutDocuments = 1000

// midway is how many windows there are to one that begins amid a document.
const midway = 4

// generated gives texts of package corpus: two parts, each of so many documents.
type generated struct {
	seed  uint64
	parts map[corpus.Split][][]word // documents
}

// newGenerated returns the source with so many documents in its parts. The words of the corpus are valid
// text, so its documents can always be encoded.
func newGenerated(tokens *tokenizer.GPT2, seed uint64, training, heldOut int) (*generated, error) {
	g := &generated{seed, map[corpus.Split][][]word{}}
	for split, n := range map[corpus.Split]int{corpus.Training: training, corpus.HeldOut: heldOut} {
		part := make([][]word, n)
		if err := eachOf(n, func(i int) (err error) {
			part[i], err = encode(tokens, g.generator(split, i))
			return err
		}); err != nil {
			return nil, err
		}
		g.parts[split] = part
	}
	return g, nil
}

// eachOf calls do for 0 … n−1, on all cores, and returns one of the errors.
func eachOf(n int, do func(i int) error) error {
	workers := runtime.GOMAXPROCS(0)
	failed := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n && failed[w] == nil; i += workers {
				failed[w] = do(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(failed...)
}

// encode returns the generator's document, with the end of the text behind it.
func encode(tokens *tokenizer.GPT2, g *corpus.Generator) ([]word, error) {
	document, answers := g.NextWithAnswers()
	list, err := tokens.Encode(document)
	if err != nil {
		return nil, err
	}
	words := make([]word, 0, len(list)+1)
	for _, t := range list {
		for len(answers) > 0 && answers[0].To <= t.Start {
			answers = answers[1:]
		}
		words = append(words, word{t.ID, len(answers) > 0 && answers[0].From < t.End})
	}
	return append(words, word{id: endOfText}), nil
}

// generator returns what writes document i of a part, as its first. Each document has one of its own.
func (g *generated) generator(split corpus.Split, i int) *corpus.Generator {
	return corpus.New(rand.New(rand.NewPCG(g.seed, uint64(i))).Uint64(), split)
}

// document returns document i of a part, as a text.
func (g *generated) document(split corpus.Split, i int) string { return g.generator(split, i).Next() }

// window returns documents, one behind the other. Most windows begin with a document, as readers'
// prompts do; some begin amid one, so that the ends of the long ones are seen as well.
func (g *generated) window(r *rand.Rand, heldOut bool, n int) []word {
	part := g.parts[corpus.Training]
	if heldOut {
		part = g.parts[corpus.HeldOut]
	}
	words := make([]word, 0, n)
	for len(words) < n {
		document := part[r.IntN(len(part))]
		if len(words) == 0 && r.IntN(midway) == 0 {
			document = document[r.IntN(len(document)):]
		}
		words = append(words, document[:min(len(document), n-len(words))]...)
	}
	return words
}

func (g *generated) vocabulary() []int {
	seen := map[int]bool{}
	for _, document := range g.parts[corpus.Training] {
		for _, w := range document {
			seen[w.id] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func (g *generated) describe() string {
	return "Documents of a small world in plain English, generated from the seed; combinations of names, things and " +
		"numbers that a hash picks are held out."
}
