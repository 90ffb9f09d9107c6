package quality

import (
	"iter"

	"glassbox/model"
	"glassbox/scripts/train/corpus"
	"glassbox/tokenizer"
)

// The size of an exam, and of a quick one.
const (
	heldOutDocuments, heldOutQuick = 500, 40
	probesOfKind, probesQuick      = 200, 25
	trainingQuick                  = 8000
	naturalDocuments               = 200 // whose 12-grams are looked for in the training documents
)

// An exam is all that a model is asked, in token ids.
type exam struct {
	words     *tokenizer.GPT2
	end       int                       // the id that stands between two documents
	documents int                       // how many training yields
	training  iter.Seq2[[]int, error]   // documents
	heldOut   [][]int                   // documents
	kinds     []string                  // of probes
	probes    map[string][]corpus.Probe // by kind
	prompts   []string
	sampling  model.Sampling
	check     check
}

// newExam returns the exam in the corpus.
func newExam(words *tokenizer.GPT2, o Options) (*exam, error) {
	x := &exam{words: words, end: words.EndOfTextID(), documents: o.Documents, check: corpus.Check, prompts: corpus.Prompts(),
		sampling: model.Sampling{Temperature: 0.8, TopP: 0.95, Seed: o.Seed},
		kinds:    corpus.ProbeKinds(), probes: map[string][]corpus.Probe{}}
	documents, each := heldOutDocuments, probesOfKind
	if o.Quick {
		documents, each, x.documents = heldOutQuick, probesQuick, min(x.documents, trainingQuick)
	}
	for _, kind := range x.kinds {
		x.probes[kind] = corpus.Probes(kind, o.Seed, each)
	}
	for text := range take(documents, generate(o.Seed, corpus.HeldOut)) {
		ids, err := x.encode(text)
		if err != nil {
			return nil, err
		}
		x.heldOut = append(x.heldOut, ids)
	}
	training := o.Training
	if training == nil {
		training = generate(o.Seed, corpus.Training)
	}
	x.training = x.encoded(take(x.documents, training))
	return x, nil
}

// generate yields what the generator writes, without end.
func generate(seed uint64, split corpus.Split) iter.Seq[string] {
	return func(yield func(string) bool) {
		for g := corpus.New(seed, split); yield(g.Next()); {
		}
	}
}

// take yields the first n of a sequence.
func take(n int, of iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for text := range of {
			if i++; !yield(text) || i == n {
				return
			}
		}
	}
}

// encoded yields the ids of documents.
func (x *exam) encoded(texts iter.Seq[string]) iter.Seq2[[]int, error] {
	return func(yield func([]int, error) bool) {
		for text := range texts {
			ids, err := x.encode(text)
			if !yield(ids, err) || err != nil {
				return
			}
		}
	}
}

func (x *exam) encode(text string) ([]int, error) {
	tokens, err := x.words.Encode(text)
	return tokenizer.IDs(tokens), err
}

// decode returns the text of ids, with bytes that are no character as "<0xE4>".
func (x *exam) decode(ids []int) (string, error) {
	b, err := x.words.Decode(ids)
	return readable(b), err
}

// natural returns the held-out documents whose 12-grams are looked for.
func (x *exam) natural() [][]int { return x.heldOut[:min(len(x.heldOut), naturalDocuments)] }
