package engine

import (
	"errors"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"glassbox/model"
	"glassbox/tokenizer"
)

// An Engine holds a model, the trace of its last run, and the tokenizers. It is not safe
// for use by two goroutines at once.
type Engine struct {
	name    string
	trace   *model.Trace       // nil: no model yet
	words   string             // what the ids of the model stand for: "letters", "gpt2", "numbers", or "" if nobody knows
	letters *tokenizer.Letters // of the model; nil if its tokens are no letters
	gpt2    *tokenizer.GPT2    // nil: no table yet
	last    lastRun
	models  int // how many were loaded
}

// lastRun is what the engine remembers of the last run: to send only what is new, and to
// restore it when the next run fails.
type lastRun struct {
	request  int // its ID
	text     string
	ids      []int
	sampling model.Sampling
	sent     map[string]bool // the tensors whose values the page got
	order    *order          // the vocabulary by rank; nil: nobody has asked for it
}

// New returns an engine without a model.
func New() *Engine { return &Engine{} }

// Handle answers a request. It never panics: whatever goes wrong is in the reply's Error, as
// a sentence for the reader, and leaves the engine as it was.
func (e *Engine) Handle(q Request) (r Reply) {
	before := *e
	defer func() {
		if p := recover(); p != nil {
			*e = before
			e.restore()
			r = Reply{ID: q.ID, Error: fmt.Sprintf("The engine failed while it %s: %v. What was there before is still there.", q.describe(), p)}
		}
	}()
	start := time.Now()
	r, err := e.answer(q)
	r.ID, r.Words = q.ID, e.replyWords(r)
	if err != nil {
		return Reply{ID: q.ID, Error: sentence(err)}
	}
	millis := float64(time.Since(start).Microseconds()) / 1000
	switch {
	case r.Loaded != nil:
		r.Loaded.Millis = millis
	case r.Ran != nil:
		r.Ran.Millis = millis
	}
	return r
}

// answer does what the request asks for.
func (e *Engine) answer(q Request) (r Reply, err error) {
	switch {
	case q.Inspect != nil:
		r.Inspected, err = e.inspect(q.Inspect)
	case q.Load != nil:
		r.Loaded, err = e.load(q.Load)
	case q.Run != nil:
		r.Ran, err = e.run(q.ID, q.Run)
	case q.Tensor != nil:
		r.Values, err = e.tensor(q.Tensor)
	case q.Read != nil:
		r.Read, err = e.read(q.Read)
	case q.Explain != nil:
		r.Explained, err = e.explain(q.Explain)
	case q.Tokenize != nil:
		r.Tokenized, err = e.tokenize(q.Tokenize)
	case q.Rank != nil:
		r.Ranking, err = e.rank(q.Rank)
	case q.Export != nil:
		r.Exported, err = e.export(q.Export)
	case q.Average != nil:
		r.Values, err = e.average(q.Average)
	default:
		err = errors.New("the request asks for nothing")
	}
	return r, err
}

// describe returns what a request makes the engine do, in the past tense: "ran the model".
func (q Request) describe() string {
	switch {
	case q.Inspect != nil:
		return "looked at " + q.Inspect.Name
	case q.Load != nil:
		return "loaded " + q.Load.Name
	case q.Run != nil:
		return "ran the model"
	case q.Tensor != nil:
		return "read " + q.Tensor.Name
	case q.Read != nil:
		return "read its numbers"
	case q.Explain != nil:
		return "explained a cell of " + q.Explain.Name
	case q.Rank != nil:
		return "ranked the vocabulary"
	case q.Export != nil:
		return "wrote a file of " + q.Export.Name
	case q.Average != nil:
		return "averaged " + q.Average.Name
	}
	return "cut the text into tokens"
}

// restore repeats the last run, after one that failed half way.
func (e *Engine) restore() {
	if e.trace == nil {
		return
	}
	e.trace = model.NewTrace(e.trace.Model)
	if err := e.trace.Run(e.last.ids); err != nil || len(e.last.ids) == 0 {
		return
	}
	// The settings were those of a run that went well, so there is no error here.
	_, _ = e.trace.Sample(e.last.sampling)
}

// errNoModel is the error of requests that need a model when none is loaded.
var errNoModel = errors.New("there is no model yet; choose one first")

// fileError is an error that begins with the name of a file, which sentence does not
// capitalize.
type fileError struct{ error }

// sentence returns an error's text with a capital at its start and a full stop at its end.
func sentence(err error) string {
	s := err.Error()
	if first, size := utf8.DecodeRuneInString(s); !errors.As(err, new(fileError)) {
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if last, _ := utf8.DecodeLastRuneInString(s); last != '.' {
		s += "."
	}
	return s
}
