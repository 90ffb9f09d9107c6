package model

import (
	"slices"
	"time"
)

// Op names what a step does to its inputs. Each is declared in one row of a table; see operation.
type Op string

// The operations of the network, of its layer norms and softmaxes, and of sampling.
const (
	OpWeight   Op = "weight"   // a parameter: nothing was computed
	OpTokens   Op = "tokens"   // the ids that were given
	OpLookup   Op = "lookup"   // row id of a table
	OpPosition Op = "position" // row t of a table
	OpAdd      Op = "add"      // a + b
	OpMean     Op = "mean"     // Σ x / n
	OpStd      Op = "std"      // √(Σ (x−mean)² / n + ε)
	OpNorm     Op = "norm"     // (x − mean) / std · gain + bias
	OpRMS      Op = "rms"      // √(Σ x² / n + ε)
	OpRMSNorm  Op = "rms_norm" // x / rms · gain
	OpAngle    Op = "angle"    // position · frequency, whole turns taken off
	OpRotate   Op = "rotate"   // x · cos(angle) ± partner · sin(angle)
	OpLinear   Op = "linear"   // Σ x·w + bias
	OpScores   Op = "scores"   // Σ q·k
	OpScale    Op = "scale"    // x · factor
	OpMax      Op = "max"      // the largest of a row
	OpSumExp   Op = "sum_exp"  // Σ exp(x − max)
	OpSoftmax  Op = "softmax"  // exp(x − max) / sum
	OpMix      Op = "mix"      // Σ attention·value
	OpConcat   Op = "concat"   // the heads side by side
	OpGELU     Op = "gelu"     // ½x(1 + tanh(√(2/π)(x + 0.044715x³)))
	OpErfGELU  Op = "gelu_erf" // ½x(1 + erf(x/√2))
	OpReLU     Op = "relu"     // x, or 0 if it is negative
	OpSiLU     Op = "silu"     // x / (1 + exp(−x))
	OpMultiply Op = "multiply" // gate · x
	OpUnembed  Op = "unembed"  // Σ x·w, w a row of the output projection

	OpTemperature Op = "temperature" // x / T
	OpTopK        Op = "top_k"       // x if it is one of the k largest
	OpTopP        Op = "top_p"       // x if those before it sum to less than p
	OpMinP        Op = "min_p"       // x if it is at least min_p times the largest of the row
	OpSum         Op = "sum"         // Σ x
	OpShare       Op = "share"       // x / sum
	OpRandom      Op = "random"      // a number from [0, 1) of the seeded generator
	OpDraw        Op = "draw"        // the first id at which the running sum exceeds the random number
)

// Kind says what sort of numbers a tensor holds; the scene gives each its hue.
type Kind string

// A weight was trained, an activation is computed per token, an aggregate is one number
// per row that a layer norm or a softmax needs.
const (
	KindWeight     Kind = "weight"
	KindActivation Kind = "activation"
	KindAggregate  Kind = "aggregate"
)

// A Step is one operation of a trace and the tensor that it made.
type Step struct {
	Tensor
	Op      Op
	Kind    Kind
	Inputs  []View
	Part    Part    // of the network
	Block   int     // transformer block, or −1
	Head    int     // attention head, or −1
	Group   int     // of heads that share keys and values, or −1
	Sharing int     // how many heads share them
	Factor  float32 // what OpScale multiplies with, OpTemperature divides by; ε of OpStd and OpRMS
	Limit   float32 // k of OpTopK, p of OpTopP and OpMinP
	Line    int     // line of the source that recorded the step
	File    string  // the file in which Line counts, of this package: "gpt2.go"

	trace   *Trace
	took    time.Duration              // of what the last run computed
	changed bool                       // by edits: it has rows that are not those of the run without
	reached int                        // the first of them, if it is
	lasts   bool                       // its rows are held as long as the text; others may be computed again
	run     func(from, to int)         // computes rows from … to−1, for which there is room
	bare    func(row int) []float32    // of a step that computes a row when asked: the same without what edits do to it
	factor  func(row, col int) float32 // Factor of a cell, where it is not that of all
}

// perRow makes s compute one row at a time. With lazy it does so when somebody asks
// for the row, otherwise in Run.
func (s *Step) perRow(lazy bool, compute func(t int, out []float32)) {
	s.run = func(from, to int) {
		for t := from; t < to; t++ {
			compute(t, s.span(t, t+1))
		}
	}
	if lazy {
		s.bare = func(t int) []float32 {
			out := make([]float32, s.width())
			compute(t, out)
			return out
		}
		s.row = func(t int) (out []float32) {
			make := func() {
				out = s.bare(t)
				s.amendRow(t, out)
			}
			if t < s.Rows-1 {
				make()
				return out
			}
			s.took = 0
			s.timed(make)
			return out
		}
	}
}

// aggregate makes s one number per row of x, as lazy as x is.
func (s *Step) aggregate(x *Step, of func(t int) float32) {
	s.Kind = KindAggregate
	s.perRow(x.row != nil, func(t int, out []float32) { out[0] = of(t) })
}

// Info describes a step or a weight without its values. It is a plain value, for the
// layout, the page and the export.
type Info struct {
	Name             string
	Op               Op
	Kind             Kind
	Rows, Cols       int
	RowAxis, ColAxis Axis   // what they count
	Causal           bool   // cells right of the diagonal are masked
	Window           int    // of a causal tensor: so many cells to the left of it, itself included, are not masked; 0: all
	Part             Part   // of the network; of a weight, that of the first step that reads it
	Block            int    // transformer block, or −1
	Head             int    // attention head, of a group the first one that shares it, or −1
	Group            int    // group of heads that share keys and values, or −1
	Sharing          int    // how many heads share the group, 0 for what belongs to none
	Alias            string // of a weight: what its file calls it, if that is another name
	Changed          bool   // by edits: it has rows that are not those of the run without
	FirstChanged     int    // the first of them, as far as what reads what says it
	Line             int    // line of the source that recorded the step, 0 for a weight
	File             string // the file of this package in which Line counts, "" for a weight
	Inputs           []Range
}

// A Range names some cells of a tensor: the rows Row … Row+Rows−1 of the columns Col … Col+Cols−1. Rows is 0 where they are
// all rows, as of whatever has one for each token.
type Range struct {
	Name      string
	Row, Rows int
	Col, Cols int
	Window    int // of a causal tensor: so many of its columns are read for a row at most; 0: all up to the row's own
}

// Masked reports whether cell (r, c) of a causal tensor is left out: it stands for a later token, or for one out of the window.
func (i Info) Masked(r, c int) bool { return i.Causal && outside(r, c, i.Window) }

// TooFar reports whether cell (r, c) of a causal tensor is left out because a window ends before it: its token is earlier.
func (i Info) TooFar(r, c int) bool { return i.Masked(r, c) && c < r }

// outside reports whether a token at r can't look at one at c: it is later, or out of a window.
func outside(r, c, window int) bool { return c > r || window > 0 && c <= r-window }

// Reads reports whether a step reads a tensor.
func (i Info) Reads(name string) bool {
	return slices.ContainsFunc(i.Inputs, func(in Range) bool { return in.Name == name })
}

// Role returns what a tensor is to the formula of a step that reads it: "query", "bias"; "" if
// the step does not.
func (i Info) Role(name string) string {
	for n, in := range i.Inputs {
		if in.Name == name {
			return operations[i.Op].role(n)
		}
	}
	return ""
}

// Source returns the file that recorded a step and its text, in which Line counts; "" for a
// weight.
func (i Info) Source() (file, text string) {
	for _, f := range sources() {
		if f.name == i.File {
			return "model/" + f.name, f.text
		}
	}
	return "", ""
}

// Info returns the step's description.
func (s *Step) Info() Info {
	i := Info{Name: s.Name, Op: s.Op, Kind: s.Kind, Rows: s.Rows, Cols: s.Cols, RowAxis: s.RowAxis, ColAxis: s.ColAxis,
		Causal: s.Causal, Window: s.Window, Changed: s.Changed(), Part: s.Part, Block: s.Block, Head: s.Head, Group: s.Group, Sharing: s.Sharing, Line: s.Line, File: s.File}
	if i.Changed {
		i.FirstChanged = s.reached
	}
	for _, v := range s.Inputs {
		r := Range{Name: v.Name, Row: v.From, Rows: v.Count, Col: v.Col, Cols: v.Cols}
		if v.grows() {
			r.Cols, r.Window = v.Tensor.Cols, v.Window
		}
		i.Inputs = append(i.Inputs, r)
	}
	return i
}

// An operation is what a kind of step does: one row of a table in the file of its kind
// (embed.go, norm.go, linear.go, rotary.go, attention.go, mlp.go, sample.go). How it runs stands there
// too, in the method of scope that records such a step.
type operation struct {
	op      Op
	formula string   // in the notation of the papers, with the roles as names
	roles   []string // what each input is to the formula; the last one is that of all others

	// reads returns what cell (t, c) of a step with these inputs was computed from.
	reads func(in []input, t, c int) []Operand

	// flops returns how many floating-point operations one row of a full context costs; nil:
	// none are counted, see Account.
	flops func(i Info) int

	fetches bool // a row is a row of a table
	attends bool // its second input is read at all tokens up to its own: keys, values
	share   bool // its values are shares or probabilities, 0 to 1
	above   bool // they are never negative for another reason
	ids     bool // its values are ids of tokens
	filters bool // it drops tokens, and its operands say why a cell was dropped
}

// operations has a row for every Op.
var operations = func() map[Op]operation {
	rows := map[Op]operation{OpWeight: {op: OpWeight, formula: "learned in training", reads: readsNothing}}
	for _, kind := range [][]operation{embedOps, normOps, linearOps, rotaryOps, attentionOps, mlpOps, sampleOps} {
		for _, o := range kind {
			rows[o.op] = o
		}
	}
	return rows
}()

// readsNothing is operation.reads of an operation without inputs.
func readsNothing([]input, int, int) []Operand { return nil }

// role returns what input n is to the formula.
func (o operation) role(n int) string {
	if len(o.roles) == 0 {
		return ""
	}
	return o.roles[min(n, len(o.roles)-1)]
}

// Roles returns what the inputs of an operation are to its formula, in their order; the last one
// is that of all others.
func Roles(op Op) []string { return operations[op].roles }

// Formula returns the operation in the notation of the papers, with the operands'
// roles as names.
func (op Op) Formula() string { return operations[op].formula }

// Fetches reports whether a row is a copy of a row of a table, its only weight.
func (op Op) Fetches() bool { return operations[op].fetches }

// Attends reports whether a row is made from those of all tokens up to its own in the second
// input: the scores read keys so, the mix reads values.
func (op Op) Attends() bool { return operations[op].attends }

// IsShare reports whether the values that the operation makes are shares or probabilities,
// from 0 to 1.
func (op Op) IsShare() bool { return operations[op].share }

// NeverNegative reports whether the operation can't make a value below 0.
func (op Op) NeverNegative() bool {
	o := operations[op]
	return o.share || o.ids || o.above
}

// IsID reports whether the values that the operation makes are ids of tokens: whole numbers.
func (op Op) IsID() bool { return operations[op].ids }

// Filters reports whether the operation drops tokens, whose cells are masked then.
func (op Op) Filters() bool { return operations[op].filters }

// dotProductFLOPs is operation.flops where each cell of a row is a dot product, with those within the window alone.
func dotProductFLOPs(i Info) int {
	return 2 * within(i.Inputs[0].Window, i.Inputs[0].Cols) * within(i.Window, i.Cols)
}

// within returns how many of n cells of a row a window leaves; 0 leaves all.
func within(window, n int) int {
	if window == 0 {
		return n
	}
	return min(window, n)
}
