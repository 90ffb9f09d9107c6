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

// amounts says how many documents there are.
type amounts struct {
	stories, heldOut int
	drills           [drillCount]int
}

// shipped is what the shipped model is trained with. More stories would be nearer to a language without end, but of so
// many sentences made from the same words too many stand in there already: what the model writes is to be
// its own.
var shipped = amounts{40000, 1000, [drillCount]int{rows: 10000, mixed: 30000, quizzes: 15000, trades: 15000, sums: 10000, lectures: 4000}}

// Documents is how many the training part of the shipped model has.
var Documents = shipped.training()

func (n amounts) training() int {
	sum := n.stories
	for _, drill := range n.drills {
		sum += drill
	}
	return sum
}

// One window in midwayOneIn begins in the middle of a document.
const midwayOneIn = 4

// generated gives texts of package corpus: two parts, each of so many documents.
type generated struct {
	seed             uint64
	stories, heldOut [][]word
	drills           [drillCount][][]word // of the training part

	unique       [][]word // stories that have no stretch in common with another document
	uniqueDrills [drillCount][][]word
}

// newGenerated returns the source with so many documents. The words of the corpus are valid text, so its documents
// can always be encoded.
func newGenerated(tokens *tokenizer.GPT2, seed uint64, n amounts) (g *generated, err error) {
	g = &generated{seed: seed}
	write := func(n int, split corpus.Split, kinds ...string) [][]word {
		documents := make([][]word, n)
		if err == nil {
			err = parallel(n, func(i int) (err error) {
				documents[i], err = encode(tokens, g.generator(i, split, kinds...))
				return err
			})
		}
		return documents
	}
	g.stories, g.heldOut = write(n.stories, corpus.Training), write(n.heldOut, corpus.HeldOut)
	for d := range g.drills {
		g.drills[d] = write(n.drills[d], corpus.Training, drillKinds[d]...)
	}
	g.dropRareLectures()
	kept := unique(append([][][]word{g.stories}, g.drills[:]...)...)
	g.unique = kept[0]
	copy(g.uniqueDrills[:], kept[1:])
	g.uniqueDrills[lectures] = g.drills[lectures] // explanations say few things, of many words
	return g, err
}

// dropRareLectures leaves out the lectures that hold a token which no other document does: it would have a row of its own,
// and the model would hardly ever have seen it.
func (g *generated) dropRareLectures() {
	all := g.drills[lectures]
	g.drills[lectures] = nil
	seen := map[int]bool{}
	for _, id := range g.vocabulary() {
		seen[id] = true
	}
	g.drills[lectures] = slices.DeleteFunc(all, func(document []word) bool {
		return slices.ContainsFunc(document, func(w word) bool { return !seen[w.id] })
	})
}

// parallel calls do for 0 … n−1, on all cores, and returns one of the errors.
func parallel(n int, do func(i int) error) error {
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

// generator returns what writes document i of a part, or of a drill, as its first. Each document has one of its own.
func (g *generated) generator(i int, split corpus.Split, kinds ...string) *corpus.Generator {
	return corpus.New(rand.New(rand.NewPCG(g.seed, uint64(i))).Uint64(), split, kinds...)
}

// document returns document i of the training part, as a text: stories first, then the drills.
func (g *generated) document(i int) string {
	if i < shipped.stories {
		return g.generator(i, corpus.Training).Next()
	}
	i -= shipped.stories
	d := 0
	for ; i >= shipped.drills[d]; d++ {
		i -= shipped.drills[d]
	}
	return g.generator(i, corpus.Training, drillKinds[d]...).Next()
}

// window returns documents, one behind the other, of which the lesson's shares are drills. Most windows begin with
// a document, as readers' prompts do; some begin amid one, so that the ends of the long ones are seen as well.
func (g *generated) window(r *rand.Rand, heldOut bool, l lesson, n int) []word {
	part, drills := g.stories, &g.drills
	if l.unique {
		part, drills = g.unique, &g.uniqueDrills
	}
	if heldOut {
		part = g.heldOut
	}
	words := make([]word, 0, n)
	for len(words) < n {
		from, x, sum := part, r.Float64(), 0.0
		for d, share := range l.shares {
			if sum += share; x < sum {
				from = drills[d]
				break
			}
		}
		document := from[r.IntN(len(from))]
		if len(words) == 0 && r.IntN(midwayOneIn) == 0 {
			document = slices.Clone(document[r.IntN(len(document)):])
			for i := range document {
				document[i].answer = false // what it rests on may be gone
			}
		}
		words = append(words, document[:min(len(document), n-len(words))]...)
	}
	return words
}

func (g *generated) vocabulary() []int {
	seen := map[int]bool{}
	for _, document := range slices.Concat(g.stories, slices.Concat(g.drills[:]...)) {
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
