package engine

import (
	"time"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// An Engine holds a model, the trace of its last run, and the tokenizers. It is not safe
// for use by two goroutines at once.
type Engine struct {
	Memory int64 // bytes that a model and its text may take; 0: whatever there is

	name      string
	base      *model.Trace       // the run without edits; nil: no model yet
	trace     *model.Trace       // the run that the page shows: base, or one with edits
	edited    *model.Trace       // the last run with edits; nil: none
	metadata  map[string]string  // of its files
	words     string             // what the ids of the model stand for: "own", "letters", "gpt2", "numbers", or "" if nobody knows
	own       *own               // the tokenizer that its files brought; nil: none
	stops     []int              // the ids at which its settings have it stop
	letters   *tokenizer.Letters // of the model; nil if its tokens are no letters
	gpt2      *tokenizer.GPT2    // nil: no table yet
	last      lastRun
	patching  *patching            // the last one; nil: none
	searching *search              // the last one; nil: none
	renewal   *renewal             // the run that is computed anew; nil: none
	writing   *writing             // what this run and the one beside it go on with; nil: nobody asked
	models    int                  // how many were loaded
	held      *checkpoint.Imported // nil: none
	beside    *Engine              // the second one, to compare with; nil: none yet
	first     *Engine              // of the second one: that beside which it stands
}

// lastRun is what the engine remembers of the last run: to send only what is new, and to
// restore it when the next run fails.
type lastRun struct {
	request  int // its ID
	text     string
	ids      []int
	sampling model.Sampling
	edits    []string // that could be made
	show     Show
	beside   int             // the run whose numbers are taken off, while that is shown
	off      *model.Model    // the model whose weights are taken off, likewise
	changed  map[string]bool // weights that the page has with edits
	sent     map[string]bool // the tensors whose values the page got
	order    *order          // the vocabulary by rank; nil: nobody has asked for it
}

// New returns an engine without a model.
func New() *Engine { return &Engine{} }

// Hold gives the engine a model that was read already: a Load that is Held makes it the one that runs, as often as it is asked for.
func (e *Engine) Hold(i *checkpoint.Imported) { e.held = i }

// Handle answers a request. It never panics: whatever goes wrong is in the reply's Error and
// Fault, for the reader, and leaves the engine as it was.
func (e *Engine) Handle(q Request) (r Reply) {
	if q.Beside {
		return e.handleBeside(q)
	}
	before := *e
	defer func() {
		if p := recover(); p != nil {
			*e = before
			e.writing = nil // it may be half done
			e.restore()
			r = refusal(q.ID, q.failure(p))
		}
	}()
	start := time.Now()
	r, err := e.answer(q)
	r.ID, r.Words = q.ID, e.replyWords(r)
	if err != nil {
		return refusal(q.ID, fault.Of(err))
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
		if r.Read, err = e.read(q.Read); err == nil {
			r.Coarse, err = e.coarse(q.Read)
		}
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
	case q.Lab != nil:
		r.Lab, err = e.lab(q.Lab)
	default:
		err = fault.New("requestEmpty", "the request asks for nothing")
	}
	return r, err
}

// failure returns what to say of a panic, p, that a request led to.
func (q Request) failure(p any) *fault.Fault {
	switch {
	case q.Inspect != nil:
		return fault.New("failedInspecting", "The engine failed while it looked at %s: %v. What was there before is still there.", q.Inspect.name(), p)
	case q.Load != nil:
		return fault.New("failedLoading", "The engine failed while it loaded %s: %v. What was there before is still there.", q.Load.Name, p)
	case q.Run != nil:
		return fault.New("failedRunning", "The engine failed while it ran the model: %v. What was there before is still there.", p)
	case q.Tensor != nil:
		return fault.New("failedReading", "The engine failed while it read %s: %v. What was there before is still there.", q.Tensor.Name, p)
	case q.Read != nil:
		return fault.New("failedReadingRows", "The engine failed while it read its numbers: %v. What was there before is still there.", p)
	case q.Explain != nil:
		return fault.New("failedExplaining", "The engine failed while it explained a cell of %s: %v. What was there before is still there.", q.Explain.Name, p)
	case q.Rank != nil:
		return fault.New("failedRanking", "The engine failed while it ranked the vocabulary: %v. What was there before is still there.", p)
	case q.Export != nil:
		return fault.New("failedExporting", "The engine failed while it wrote a file of %s: %v. What was there before is still there.", q.Export.Name, p)
	case q.Lab != nil:
		return fault.New("failedLab", "The engine failed while it looked behind the run: %v. What was there before is still there.", p)
	case q.Average != nil:
		return fault.New("failedAveraging", "The engine failed while it averaged %s: %v. What was there before is still there.", q.Average.Name, p)
	}
	return fault.New("failedTokenizing", "The engine failed while it cut the text into tokens: %v. What was there before is still there.", p)
}

// refusal returns the reply to a request that could not be answered.
func refusal(id int, f *fault.Fault) Reply { return Reply{ID: id, Error: f.Sentence(), Fault: f} }

// restore repeats the last run, after one that failed half way.
func (e *Engine) restore() {
	if e.base == nil {
		return
	}
	e.base, e.edited = model.NewTrace(e.base.Model), nil
	e.trace = e.base
	if err := e.base.Run(e.last.ids); err != nil || len(e.last.ids) == 0 {
		return
	}
	e.edit(e.last.edits, e.last.show)
	// The settings were those of a run that went well, so there is no error here.
	_, _ = e.trace.Sample(e.last.sampling)
}

// errNoModel is the error of requests that need a model when none is loaded.
var errNoModel = fault.New("noModel", "there is no model yet; choose one first")

// DamagedReply returns the reply to a request to load a file that the page carries but can't
// unpack. The browser's own error ("failed to fetch") would mislead the reader: there is no
// network.
func DamagedReply(q Request) Reply {
	r := damaged(q)
	r.Beside = q.Beside
	return r
}

func damaged(q Request) Reply {
	if q.Load != nil && q.Load.Name != "" {
		return refusal(q.ID, fault.New("modelDamaged", "The model %s in this page is damaged: it can't be unpacked. "+
			"Load the page again, or get a new copy of its file.", q.Load.Name))
	}
	return refusal(q.ID, fault.New("tableDamaged", "The table of the GPT-2 tokenizer in this page is damaged: it can't be unpacked. "+
		"Load the page again, or get a new copy of its file."))
}
