// Package language holds the task of going on with a text: at each place of it the model says which of
// GPT-2's 50257 tokens comes next. The texts are those of package corpus, or a reader's own file.
//
// A small language holds a few thousand of the tokens. Those are the model's own vocabulary in training:
// tokens that occur get a row of the embedding each, by rising id, and all others share one more, the last. That
// row learns how likely any of them is, which is hardly, and from inputs in which a token in a hundred
// is replaced by it, what to make of a word that was never seen.
package language

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"

	"glassbox/model"
	"glassbox/model/train"
	"glassbox/scripts/train/quality"
	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// Context is the most tokens that the model reads at once, T.
const Context = 128

// One token in unseenOneIn of the inputs is replaced by an unseen one.
const unseenOneIn = 100

// Streams of the generator, beside that of the weights, 0, as in package train.
const (
	streamHeldOut = 1
	streamBatch   = 2 // and all above: one for each step
)

// Task is the task of a language. It implements train.Task and train.SharingTask.
type Task struct {
	source source
	seed   uint64
	tokens *tokenizer.GPT2
	ids    []int // of the tokens that occur, rising; its length is the shared row
	rows   []int // (V): the row of each token
}

// A word is a token of a text.
type word struct {
	id     int
	answer bool // who has read what comes before can be sure of it
}

// A source gives texts as GPT-2's tokens.
type source interface {
	// window returns n tokens that follow each other, from the part for training, in which the lesson's shares of
	// the documents are drills if there are any, or from the held-out part.
	window(r *rand.Rand, heldOut bool, l lesson, n int) []word

	// lessons returns how it is learned, by rising steps; the first is from step 0.
	lessons() []lesson

	// vocabulary returns all tokens that occur in the part for training, rising.
	vocabulary() []int

	// describe says what the texts are.
	describe() string
}

// New returns the task of the texts of package corpus.
func New(seed uint64) (*Task, error) {
	tokens, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		return nil, err
	}
	g, err := newGenerated(tokens, seed, shipped)
	if err != nil {
		return nil, err
	}
	return open(seed, tokens, g)
}

// Read returns the task of a text: what comes last in it is held out.
func Read(seed uint64, name, text string) (*Task, error) {
	tokens, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		return nil, err
	}
	s, err := newUserText(tokens, name, text)
	if err != nil {
		return nil, err
	}
	return open(seed, tokens, s)
}

func open(seed uint64, tokens *tokenizer.GPT2, s source) (*Task, error) {
	ids := s.vocabulary()
	t := &Task{source: s, seed: seed, tokens: tokens, ids: ids, rows: make([]int, tokens.Vocab())}
	if len(ids) >= len(t.rows) {
		return nil, fmt.Errorf("the texts hold all %d tokens; expected some that never occur", len(t.rows))
	}
	for id := range t.rows {
		t.rows[id] = len(ids)
	}
	for row, id := range ids {
		t.rows[id] = row
	}
	return t, nil
}

// Name returns "language".
func (t *Task) Name() string { return "language" }

// Data describes the texts.
func (t *Task) Data() string {
	return fmt.Sprintf("%s %d of GPT-2's %d tokens occur.", t.source.describe(), len(t.ids), len(t.rows))
}

// Config returns the sizes of the model that is trained: one with a vocabulary of the tokens that occur
// and one more for all the others.
func (t *Task) Config() model.Config {
	return model.Config{Vocab: len(t.ids) + 1, Context: Context, Width: 128, Heads: 4, Blocks: 4, Tied: true}
}

// Copies returns how many tokens never occur.
func (t *Task) Copies() int { return len(t.rows) - len(t.ids) }

// Publish returns the model with the vocabulary of GPT-2, in which tokens that never occur share a row.
func (t *Task) Publish(m *model.Model) (*model.Model, error) { return model.Share(m, t.rows) }

// Recipe returns the settings with which the shipped model was trained.
func (t *Task) Recipe() train.Recipe {
	return train.Recipe{Steps: 16900, Batch: 16, Rate: 4e-3, FinalRate: 1e-4, WarmUp: 100, Hold: 10500, Sinusoids: 0.02,
		Restarts: []train.Restart{{Step: 15000, Rate: 1.5e-3}, {Step: 16500, Rate: 5e-4, Anew: true}},
		Momentum: 0.95, Beta1: 0.9, Beta2: 0.98, Epsilon: 1e-8, Decay: 0.05, Clip: 1}
}

// Batch returns windows of the training part: that many, or more of a lesson's shorter ones, with as many
// tokens in all. In the inputs one token in a hundred, on average, is replaced by one that never occurs; that
// one need not be foreseen. Answers weigh what the lesson says.
func (t *Task) Batch(step, texts int) train.Batch {
	r := rand.New(rand.NewPCG(t.seed, streamBatch+uint64(step)))
	l := lessonOf(t.source.lessons(), step)
	b := train.Batch{T: l.tokens}
	for range texts * Context / l.tokens {
		b = t.add(b, t.source.window(r, false, l, b.T+1), l.answer)
	}
	for i := range b.IDs {
		if r.IntN(unseenOneIn) > 0 {
			continue
		}
		b.IDs[i] = len(t.ids)
		if i%b.T > 0 {
			b.Targets[i-1] = train.Ignore
		}
	}
	return b
}

// HeldOut returns windows of the held-out part, the same at every call.
func (t *Task) HeldOut(texts int) train.Batch {
	r := rand.New(rand.NewPCG(t.seed, streamHeldOut))
	b := train.Batch{T: Context}
	for range texts {
		b = t.add(b, t.source.window(r, true, lesson{}, Context+1), 1)
	}
	return b
}

// add appends a window to a batch; answers in it have that weight.
func (t *Task) add(b train.Batch, window []word, answer float32) train.Batch {
	for i, w := range window {
		row := t.rows[w.id]
		if i < b.T {
			b.IDs = append(b.IDs, row)
		}
		if i == 0 {
			continue
		}
		weight := float32(1)
		if row == len(t.ids) {
			row = train.Ignore
		} else if w.answer {
			weight = answer
		}
		b.Targets, b.Weights = append(b.Targets, row), append(b.Weights, weight)
	}
	return b
}

// Documents returns the documents of the training part, each as a text. There are none if the texts are
// a reader's own.
func (t *Task) Documents() iter.Seq[string] {
	if g, ok := t.source.(*generated); ok {
		return Texts(g.seed, Documents)
	}
	return func(func(string) bool) {}
}

// Evaluate puts the questions of package quality to the model, which is one of Config. For texts
// that are not those of package corpus it measures the loss alone, and passes.
func (t *Task) Evaluate(m *model.Model) (train.Report, error) {
	whole, err := t.Publish(m)
	if err != nil {
		return train.Report{}, err
	}
	if _, ok := t.source.(*generated); !ok {
		return train.Report{Passed: true}, nil
	}
	r, err := quality.Measure(whole, t.tokens, quality.Options{
		Seed: t.seed, Documents: Documents, Training: t.Documents(),
	})
	if err != nil {
		return train.Report{}, err
	}
	facts := append([]train.Fact{{Name: "documents", Value: strconv.Itoa(Documents)}}, r.Facts()...)
	return train.Report{Facts: facts, Passed: r.Passed()}, nil
}
