// Package quality measures what the model that tells stories has learned, and writes the report that
// stands beside its weights.
//
// # What is measured
//
//   - The loss on held-out documents ([HeldOut]), beside that of a uniform guess and of a bigram and a
//     trigram model ([Counts]) of the training documents.
//   - The probes of package corpus: beginnings of held-out documents whose next word is
//     certain to who has read them. The token with the largest logit counts, as at temperature 0.
//   - What the model writes after fixed prompts: how many of its sentences [corpus.Check] accepts, whether
//     it says the same again and again, and how much of it stands in the training documents, word by word.
//
// The page gives a prompt to the model as it is, so no <|endoftext|> stands before prompts and probes
// here either. Everything depends on the weights, the seed and the options alone: the same
// give the same bytes, on any machine with the same kernels.
package quality

import (
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/model/train"
	"glassbox/scripts/train/corpus"
	"glassbox/tokenizer"
)

// What the model must reach.
const (
	minProbes    = 0.90 // of each kind, right
	minSentences = 0.95 // of those that the model writes, accepted
	maxVerbatim  = 0.05 // of its 12-grams, in the training documents
)

// Options say what is measured.
type Options struct {
	Seed      uint64            // of the corpus: its training documents, held-out documents and probes
	Documents int               // training documents
	Training  iter.Seq[string]  // those documents, if not the first that the generator of Seed writes
	Quick     bool              // fewer documents and probes, half a minute at most: to judge a checkpoint
	About     []train.Fact      // what else the report shall say of the weights: steps, size, …
	Unrounded map[string]string // of weights that were rounded since: what was measured before, by the names of Facts
	Curve     string            // the file of a picture of the losses, beside the report; "": there is none
	Progress  io.Writer         // told now and then how far the work is; nil: nobody
}

// A Result is what Measure has found. All shares are from 0 to 1, all losses in nats per token.
type Result struct {
	Options  Options
	Config   model.Config
	Loss     Loss
	Uniform  float64 // ln V
	Bigram   Loss
	Trigram  Loss
	Counted  int // training documents that the baselines and the 12-grams have seen
	Probes   []ProbeResult
	Writings []Writing
	Sampling model.Sampling // of the sampled ones; its Draw counts from 0 in each
	Verbatim Share          // 12-grams of the writings that stand in the training documents
	Natural  Share          // the same of held-out documents: how much the corpus itself repeats
}

// A Share is Part out of All.
type Share struct{ Part, All int }

// Of returns Part/All, 0 if All is 0.
func (s Share) Of() float64 {
	if s.All == 0 {
		return 0
	}
	return float64(s.Part) / float64(s.All)
}

func (s Share) String() string { return fmt.Sprintf("%.1f %% (%d of %d)", 100*s.Of(), s.Part, s.All) }

// Measure measures m, whose tokens are those of GPT-2. It fails if the model's vocabulary is another one,
// or if its weights give no numbers.
func Measure(m *model.Model, words *tokenizer.GPT2, o Options) (Result, error) {
	if m.Config.Vocab != words.Vocab() {
		return Result{}, fmt.Errorf("the model has a vocabulary of %d; expected %d, that of GPT-2", m.Config.Vocab, words.Vocab())
	}
	t := newProgress(o.Progress)
	t.say("writing held-out documents and probes")
	x, err := newExam(words, o)
	if err != nil {
		return Result{}, err
	}
	return x.run(m, o, t)
}

// run measures m by the exam.
func (x *exam) run(m *model.Model, o Options, t *progress) (r Result, err error) {
	r = Result{Options: o, Config: m.Config, Uniform: math.Log(float64(m.Config.Vocab)), Sampling: x.sampling}
	if r.Writings, err = x.write(m, t); err != nil {
		return r, err
	}
	counts, err := x.readTraining(&r, m.Config.Vocab, t)
	if err != nil {
		return r, err
	}
	bigram, trigram := counts.Bigram(), counts.Trigram()
	windows := Windows(x.heldOut, x.end, m.Config.Context)
	if r.Loss, err = heldOut(m, windows, t); err != nil {
		return r, err
	}
	r.Bigram, r.Trigram = bigram.Loss(windows), trigram.Loss(windows)
	r.Probes, err = x.runProbes(m, bigram, trigram, t)
	return r, err
}

// readTraining goes once through the training documents: it counts their n-grams, and looks for the
// 12-grams of the writings and of held-out documents.
func (x *exam) readTraining(r *Result, vocab int, t *progress) (*Counts, error) {
	counts, looked := NewCounts(vocab), newLookup()
	for _, w := range r.Writings {
		looked.add(w.ids, len(w.ids)-w.Tokens)
	}
	for _, ids := range x.natural() {
		looked.add(ids, 0)
	}
	looked.index()
	for ids, err := range x.training {
		if err != nil {
			return nil, err
		}
		counts.Add(x.end)
		counts.Add(ids...)
		looked.scan(ids)
		r.Counted++
		t.step("reading training documents", r.Counted, x.documents)
	}
	counts.Add(x.end)
	for i := range r.Writings {
		w := &r.Writings[i]
		w.Verbatim = looked.share(w.ids, len(w.ids)-w.Tokens)
		r.Verbatim = r.Verbatim.plus(w.Verbatim)
	}
	for _, ids := range x.natural() {
		r.Natural = r.Natural.plus(looked.share(ids, 0))
	}
	return counts, nil
}

func (s Share) plus(other Share) Share { return Share{s.Part + other.Part, s.All + other.All} }

// Sentences returns how many sentences of the writings the checker accepts.
func (r Result) Sentences() (s Share) {
	for _, w := range r.Writings {
		s = s.plus(w.Accepted())
	}
	return s
}

// Repeated returns how many writings hold a 4-gram three times within 60 tokens.
func (r Result) Repeated() (s Share) {
	for _, w := range r.Writings {
		s.All++
		if w.Again != "" {
			s.Part++
		}
	}
	return s
}

// Weakest returns the kind of probes with the smallest share of right answers.
func (r Result) Weakest() (weakest ProbeResult) {
	for i, p := range r.Probes {
		if i == 0 || p.Model.Of() < weakest.Model.Of() {
			weakest = p
		}
	}
	return weakest
}

// A demand is something that the model must reach.
type demand struct {
	what, found string
	held        bool
}

func (r Result) demands() []demand {
	weakest, sentences, repeated := r.Weakest(), r.Sentences(), r.Repeated()
	return []demand{
		{fmt.Sprintf("at least %.0f %% of the probes of each kind right", 100*minProbes),
			fmt.Sprintf("the weakest kind is “%s”: %v", weakest.Kind, weakest.Model),
			len(r.Probes) > 0 && weakest.Model.Of() >= minProbes},
		{fmt.Sprintf("at least %.0f %% of the sentences accepted", 100*minSentences),
			sentences.String(), sentences.All > 0 && sentences.Of() >= minSentences},
		{fmt.Sprintf("no %d-gram three times within %d tokens", shortGram, repeatWithin),
			fmt.Sprintf("%d of %d texts have one", repeated.Part, repeated.All), repeated.Part == 0},
		{fmt.Sprintf("at most %.0f %% of the %d-grams verbatim from training", 100*maxVerbatim, longGram),
			r.Verbatim.String(), r.Verbatim.Of() <= maxVerbatim},
	}
}

// Passed reports whether all demands hold.
func (r Result) Passed() bool {
	for _, d := range r.demands() {
		if !d.held {
			return false
		}
	}
	return true
}

// Facts returns the numbers for the metadata of the weights' file.
func (r Result) Facts() []train.Fact {
	facts := []train.Fact{
		{Name: "held_out_loss", Value: fmt.Sprintf("%.4f nats per token", r.Loss.Mean())},
		{Name: "held_out_perplexity", Value: fmt.Sprintf("%.3f", r.Loss.Perplexity())},
		{Name: "bigram_loss", Value: fmt.Sprintf("%.4f nats per token", r.Bigram.Mean())},
		{Name: "trigram_loss", Value: fmt.Sprintf("%.4f nats per token", r.Trigram.Mean())},
	}
	for _, p := range r.Probes {
		facts = append(facts, train.Fact{Name: "probe_" + strings.ReplaceAll(p.Kind, " ", "_"), Value: p.Model.String()})
	}
	return append(facts,
		train.Fact{Name: "sentences_accepted", Value: r.Sentences().String()},
		train.Fact{Name: "texts_that_repeat", Value: r.Repeated().String()},
		train.Fact{Name: "verbatim_12_grams", Value: r.Verbatim.String()})
}

// Unrounded stands before the names of Facts in the metadata of weights that were rounded after they were measured.
const Unrounded = "unrounded_"

// Measured reports whether metadata of that name say what was measured, as Facts does.
func Measured(name string) bool {
	return strings.HasPrefix(name, "probe_") || slices.ContainsFunc(Result{}.Facts(), func(f train.Fact) bool { return f.Name == name })
}

// Report returns the facts and the verdict as a task of package train gives them.
func (r Result) Report() train.Report { return train.Report{Facts: r.Facts(), Passed: r.Passed()} }

// check is how sentences are judged; the tests have a checker of their own.
type check = func(text string) []corpus.Sentence
