package model

import (
	_ "embed"
	"path"
	"runtime"
	"slices"
	"time"

	"glassbox/model/fault"
)

//go:embed gpt2.go
var textOfGPT2 string

//go:embed llama.go
var textOfLlama string

//go:embed sample.go
var textOfSample string

// A sourceFile is a file that records steps.
type sourceFile struct{ name, text string }

// sources returns the files whose lines the steps name, with their text; lines count from 1.
func sources() []sourceFile {
	return []sourceFile{{"gpt2.go", textOfGPT2}, {"llama.go", textOfLlama}, {"sample.go", textOfSample}}
}

// A Trace is one run of a model: its steps in order, with all their numbers. It is
// also the key/value cache: when the ids only grew, Run computes the new rows alone,
// and they have the same bits as those of a full run.
//
// It holds all rows of a small model. Of a large one it holds what later tokens need and the residual stream, and computes any
// other row again when it is asked for: see rows.go.
//
// A trace is not safe for use by two goroutines at once, since a row may be computed when it is asked for; those of a step over
// the vocabulary always are.
type Trace struct {
	Model *Model
	Steps []*Step // the network's, in the order of its forward
	Drawn []*Step // those of the last Sample

	Budget int                  // bytes of rows that are held although they can be computed again
	Clock  func() time.Duration // by which Costs tells how long steps take; nil: it is not measured

	ids     []int
	rooms   []room     // of the rows that are kept
	again   []*stretch // rows that can be computed again, the oldest first
	bytes   int        // that these take
	tensors map[string]*Tensor
	lines   bool    // steps say which line recorded them
	edited  *edited // of a run with edits; else nil

	directions map[string][]float32 // that were asked for last, by step and texts

	took time.Duration // of all steps since the last Run began

	whole   whole     // what the heads of a block have in common
	scratch []float32 // a few rows of a packed weight as float32, and their products
}

// NewTrace returns the trace of m for no tokens yet.
func NewTrace(m *Model) *Trace { return newTrace(m, true) }

// newTrace returns the same; without lines its steps don't say which line recorded them, which
// takes half of the time.
func newTrace(m *Model, lines bool) *Trace {
	tr := &Trace{Model: m, Budget: Budget, tensors: map[string]*Tensor{}, lines: lines}
	tr.record()
	return tr
}

// record records the steps of the model.
func (tr *Trace) record() {
	for _, p := range tr.Model.Parameters() {
		tr.tensors[p.Name] = p
	}
	tr.Model.network.forward(tr, tr.Model.Config)
	tr.decideLasting()
}

// Forward runs ids through the model and returns every step.
func (m *Model) Forward(ids []int) (*Trace, error) {
	tr := NewTrace(m)
	return tr, tr.Run(ids)
}

// Lens returns what the model would say after each token if it ended at x, a step of the residual stream: the steps of its own final
// norm, logits and probabilities, computed on x, with what edits change of these (nostalgebraist, "interpreting GPT: the logit lens",
// 2020). They hold until tr runs again.
func (tr *Trace) Lens(x *Step) *Trace {
	lens := &Trace{Model: tr.Model, Budget: tr.Budget, ids: tr.ids, tensors: map[string]*Tensor{x.Name: &x.Tensor}}
	for _, p := range tr.Model.Parameters() {
		lens.tensors[p.Name] = p
	}
	tr.Model.network.read(lens, tr.Model.Config, x)
	lens.rooms = append(append(lens.rooms, tr.rooms...), tr.Original().rooms...)
	for _, s := range lens.Steps {
		s.changes = tr.Step(s.Name).changesFor(s)
		s.resize(0, x.Rows)
	}
	return lens
}

// Outline returns the steps of a model of the given sizes with T tokens: names,
// operations, inputs and shapes, but no values and no weights.
func Outline(c Config, T int) ([]Info, error) {
	m, err := Skeleton(c)
	if err != nil {
		return nil, err
	}
	if T < 0 || T > c.Context {
		return nil, &ContextError{T, c.Context}
	}
	tr := NewTrace(m)
	return append(tr.infos(T), tr.Weights()...), nil
}

// OutlineSampling returns the steps that Sample records for a model of the given sizes, as
// Outline does those of the network.
func OutlineSampling(c Config) ([]Info, error) {
	m, err := c.oneBlock()
	if err != nil {
		return nil, err
	}
	tr := NewTrace(m)
	tr.sample(Sampling{})
	var infos []Info
	for _, s := range tr.Drawn {
		s.Rows = 1
		infos = append(infos, s.Info())
	}
	return infos, nil
}

// infos describes the steps as those of a run of T tokens.
func (tr *Trace) infos(T int) []Info {
	infos := make([]Info, 0, len(tr.Steps)+len(tr.Model.Parameters()))
	for _, s := range tr.Steps {
		if s.Rows = T; s.grows() {
			s.Cols = T
		}
		infos = append(infos, s.Info())
	}
	return infos
}

// ContextError says that a text is longer than the model's context.
type ContextError struct{ Tokens, Context int }

func (e *ContextError) Error() string { return e.Fault().Error() }

// Fault returns the error as one that can be worded.
func (e *ContextError) Fault() *fault.Fault {
	return fault.New("textTooLong", "the text has %d token(s), and this model holds %d at most; remove %d to go on",
		e.Tokens, e.Context, e.Tokens-e.Context)
}

// Run makes the trace that of ids. It computes only the rows after the longest prefix
// that the previous ids share. On an error the trace stays as it was: a *ContextError
// if the text is too long, otherwise the first id that is not in the vocabulary. A run with edits fails as well if they can't
// be made in a text of these ids; then it must be made anew.
func (tr *Trace) Run(ids []int) error {
	c := tr.Model.Config
	if len(ids) > c.Context {
		return &ContextError{len(ids), c.Context}
	}
	for t, id := range ids {
		if id < 0 || id >= c.Vocab {
			return fault.New("tokenOutOfRange", "token %d has id %d; expected 0 to %d", t, id, c.Vocab-1)
		}
	}
	keep := 0
	for keep < len(ids) && keep < len(tr.ids) && ids[keep] == tr.ids[keep] {
		keep++
	}
	if tr.edited != nil {
		again, err := tr.runOriginal(ids)
		if err != nil {
			return err
		}
		if again || tr.edited.unmasked && !slices.Equal(ids, tr.ids) {
			keep = 0
		}
	}
	tr.ids = append(tr.ids[:0], ids...)
	tr.forgetSample()
	tr.whole.begin()
	defer tr.whole.end()
	if keep < len(ids) {
		tr.forgetTimes()
	}
	tr.resize(keep, len(ids))
	for from := max(keep, tr.firstOwn()); from < len(ids); {
		to := len(ids)
		if !tr.unmasked() { // else each row reads all others
			_, to = tr.Original().together(from, min(from+rowsAtOnce, to), from)
		}
		tr.computeRows(from, to)
		from = to
	}
	return nil
}

// computeRows makes rows from … to−1 of all steps.
func (tr *Trace) computeRows(from, to int) {
	tr.makeRoom(from, to)
	for _, s := range tr.Steps {
		if s.row == nil && from >= s.own {
			s.timed(func() { s.compute(from, to) })
		}
		if s.Op == OpAdd { // the end of half a block, whose other rows nothing reads now
			tr.forget()
		}
	}
}

// IDs returns the token ids of the run.
func (tr *Trace) IDs() []int { return append([]int(nil), tr.ids...) }

// Step returns the step of that name, or nil.
func (tr *Trace) Step(name string) *Step {
	for _, list := range [][]*Step{tr.Steps, tr.Drawn} {
		for _, s := range list {
			if s.Name == name {
				return s
			}
		}
	}
	return nil
}

// Find returns the first step of an operation in a part of the network, or nil: how to come by
// the logits or the probabilities of whatever model.
func (tr *Trace) Find(p Part, op Op) *Step {
	for _, list := range [][]*Step{tr.Steps, tr.Drawn} {
		for _, s := range list {
			if s.Part == p && s.Op == op {
				return s
			}
		}
	}
	return nil
}

// Tensor returns the weight or step output of that name, or nil.
func (tr *Trace) Tensor(name string) *Tensor { return tr.tensors[name] }

// Overflow says at which step the numbers of the run become too large for float32; nil: nowhere. Probabilities may be finite
// all the same, and mean nothing: a norm divides by infinity, and what it leaves is 0.
func (tr *Trace) Overflow() *fault.Fault { return tr.overflow(0) }

// overflow is Overflow for the tokens from one on. It looks at the one number that norms and softmaxes take from each row, in
// which an infinity of any number before it, or what is no number, shows. What is computed when somebody asks is left out.
func (tr *Trace) overflow(from int) *fault.Fault {
	for _, s := range tr.Steps {
		for t := from; t < s.Rows && s.Kind == KindAggregate && s.row == nil; t++ {
			if v := s.Row(t)[0]; v-v != 0 { // true of ±Inf and NaN alone
				return fault.New("stepOverflows", "the numbers of %s are too large for float32 or none at all, and what is made from them means nothing: "+
					"nothing can be drawn", s.Name)
			}
		}
	}
	return nil
}

// Weights describes the model's weights as the steps are described. A weight belongs where
// the first step that reads it does.
func (tr *Trace) Weights() []Info {
	home := map[string]*Step{}
	for _, s := range tr.Steps {
		for _, in := range s.Inputs {
			if home[in.Name] == nil {
				home[in.Name] = s
			}
		}
	}
	var infos []Info
	for _, p := range tr.Model.Parameters() {
		i := Info{Name: p.Name, Alias: p.Alias, Op: OpWeight, Kind: KindWeight, Rows: p.Rows, Cols: p.Cols, RowAxis: p.RowAxis, ColAxis: p.ColAxis,
			Changed: p.was != nil, Block: -1, Head: -1, Group: -1}
		if s := home[p.Name]; s != nil {
			i.Part, i.Block = s.Part, s.Block
		}
		infos = append(infos, i)
	}
	return infos
}

// scope says where in the network the steps that it records belong.
type scope struct {
	tr      *Trace
	steps   *[]*Step
	part    Part
	prefix  string
	inBlock int
	inHead  int
	inGroup int
	sharing int // how many heads share the group
}

// at is the scope of a part outside of the blocks.
func (tr *Trace) at(p Part) scope { return scope{tr, &tr.Steps, p, "", -1, -1, -1, 0} }

// block is the scope of a part of block l.
func (tr *Trace) block(l int, p Part) scope {
	return scope{tr, &tr.Steps, p, BlockName(l), l, -1, -1, 0}
}

// head is the scope of head h.
func (at scope) head(h int) scope {
	at.prefix, at.inHead = HeadName(at.inBlock, h)+".", h
	return at
}

// group is the scope of what the n heads of group g share.
func (at scope) group(g, n int) scope {
	at.prefix, at.inHead, at.inGroup, at.sharing = GroupName(at.inBlock, g)+".", g*n, g, n
	return at
}

// record appends a step. Its line is that of the caller's caller, the line of the network.
func (at scope) record(name string, op Op, rows Axis, cols dim, inputs ...View) *Step {
	s := &Step{Op: op, Kind: KindActivation, Inputs: inputs, Part: at.part, Block: at.inBlock, Head: at.inHead, Group: at.inGroup, Sharing: at.sharing}
	if at.tr.lines {
		_, file, line, _ := runtime.Caller(2)
		s.File, s.Line = path.Base(file), line
	}
	s.Name, s.RowAxis, s.Cols, s.ColAxis = at.prefix+name, rows, cols.n, cols.axis
	s.by, s.trace = s, at.tr
	*at.steps = append(*at.steps, s)
	at.tr.tensors[s.Name] = &s.Tensor
	return s
}
