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

// amounts says how many documents there are of each sort.
type amounts struct{ stories, exercises, rows, quizzes, trades, sums, heldOut int }

// all is what the shipped model is trained with. More stories would be nearer to a language without end, but of so
// many sentences made from the same words too many stand in there already: what the model writes is to be
// its own.
var all = amounts{stories: 40000, exercises: 30000, rows: 10000, quizzes: 15000, trades: 15000, sums: 10000, heldOut: 1000}

// Documents is how many the training part has.
var Documents = all.stories + all.exercises + all.rows + all.quizzes + all.trades + all.sums

// midway is how many windows there are to one that begins amid a document.
const midway = 4

// generated gives texts of package corpus: two parts, each of so many documents.
type generated struct {
	seed             uint64
	stories, heldOut [][]word
	exercises, rows  [][]word
	quizzes, trades  [][]word
	sums             [][]word
}

// newGenerated returns the source with so many documents. The words of the corpus are valid text, so its documents
// can always be encoded.
func newGenerated(tokens *tokenizer.GPT2, seed uint64, n amounts) (*generated, error) {
	g := &generated{seed: seed}
	for _, part := range []struct {
		documents *[][]word
		n         int
		writer    func(i int) *corpus.Generator
	}{
		{&g.stories, n.stories, g.story}, {&g.heldOut, n.heldOut, g.heldOutStory}, {&g.exercises, n.exercises, g.exercise},
		{&g.rows, n.rows, g.row}, {&g.quizzes, n.quizzes, g.quiz}, {&g.trades, n.trades, g.trade}, {&g.sums, n.sums, g.sum},
	} {
		documents := make([][]word, part.n)
		if err := eachOf(part.n, func(i int) (err error) {
			documents[i], err = encode(tokens, part.writer(i))
			return err
		}); err != nil {
			return nil, err
		}
		*part.documents = documents
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

// of is the seed of document i of a part. Each has a generator of its own, which writes it as its first.
func (g *generated) of(i int) uint64 { return rand.New(rand.NewPCG(g.seed, uint64(i))).Uint64() }

func (g *generated) story(i int) *corpus.Generator        { return corpus.New(g.of(i), corpus.Training) }
func (g *generated) heldOutStory(i int) *corpus.Generator { return corpus.New(g.of(i), corpus.HeldOut) }
func (g *generated) exercise(i int) *corpus.Generator {
	return corpus.NewExercises(g.of(i), corpus.Training)
}
func (g *generated) row(i int) *corpus.Generator   { return corpus.NewRows(g.of(i), corpus.Training) }
func (g *generated) quiz(i int) *corpus.Generator  { return corpus.NewQuizzes(g.of(i), corpus.Training) }
func (g *generated) trade(i int) *corpus.Generator { return corpus.NewTrades(g.of(i), corpus.Training) }
func (g *generated) sum(i int) *corpus.Generator   { return corpus.NewSums(g.of(i), corpus.Training) }

// document returns document i of the training part, as a text: stories first, then exercises, rows, quizzes, trades and sums.
func (g *generated) document(i int) string {
	if i < all.stories {
		return g.story(i).Next()
	}
	if i -= all.stories; i < all.exercises {
		return g.exercise(i).Next()
	}
	if i -= all.exercises; i < all.rows {
		return g.row(i).Next()
	}
	if i -= all.rows; i < all.quizzes {
		return g.quiz(i).Next()
	}
	if i -= all.quizzes; i < all.trades {
		return g.trade(i).Next()
	}
	return g.sum(i - all.trades).Next()
}

// window returns documents, one behind the other, of which the lesson's shares are exercises. Most windows begin with
// a document, as readers' prompts do; some begin amid one, so that the ends of the long ones are seen as well.
func (g *generated) window(r *rand.Rand, heldOut bool, l lesson, n int) []word {
	part := g.stories
	if heldOut {
		part = g.heldOut
	}
	words := make([]word, 0, n)
	for len(words) < n {
		from := part
		switch x := r.Float64(); {
		case x < l.rows:
			from = g.rows
		case x < l.rows+l.exercises:
			from = g.exercises
		case x < l.rows+l.exercises+l.quizzes:
			from = g.quizzes
		case x < l.rows+l.exercises+l.quizzes+l.trades:
			from = g.trades
		case x < l.rows+l.exercises+l.quizzes+l.trades+l.sums:
			from = g.sums
		}
		document := from[r.IntN(len(from))]
		if len(words) == 0 && r.IntN(midway) == 0 {
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
	for _, document := range slices.Concat(g.stories, g.exercises, g.rows, g.quizzes, g.trades, g.sums) {
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
