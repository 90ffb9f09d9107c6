package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"github.com/chewxy/math32"

	"glassbox/model/fault"
	"glassbox/model/kernel"
)

// Sampling says how the next token is chosen from the logits of the last one.
type Sampling struct {
	Temperature float32 // ≥ 0; 0, or so low that a logit overflows, takes the most likely token
	TopK        int     // only the k most likely; 0 means all
	TopP        float32 // only the most likely that together reach p; 0 or 1 means all
	MinP        float32 // only those at least so many times as likely as the most likely; 0 means all
	Seed        uint64  // of the generator, PCG of math/rand/v2
	Draw        int     // which of the generator's numbers: 0 for the first new token
}

// Validate returns an error that names the first setting which is out of range.
func (s Sampling) Validate() error {
	switch {
	case !(s.Temperature >= 0) || math32.IsInf(s.Temperature, 0):
		return fault.New("temperatureOutOfRange", "temperature is %v; expected 0 or more", s.Temperature)
	case s.TopK < 0:
		return fault.New("topKOutOfRange", "top-k is %d; expected 0 (all) or more", s.TopK)
	case !(s.TopP >= 0 && s.TopP <= 1):
		return fault.New("topPOutOfRange", "top-p is %v; expected 0 to 1", s.TopP)
	case !(s.MinP >= 0 && s.MinP <= 1):
		return fault.New("minPOutOfRange", "min-p is %v; expected 0 to 1", s.MinP)
	case s.Draw < 0:
		return fault.New("drawOutOfRange", "draw is %d; expected 0 or more", s.Draw)
	}
	return nil
}

// Sample chooses the token that follows the run, and records how as the steps of
// Drawn: temperature, top-k, softmax, top-p (in this order; the token that crosses p
// stays), min-p if it is not 0, the probabilities of the tokens that are left, a random number, the token.
// All see the whole vocabulary; equal values rank by id. At temperature 0 the steps are
// those of temperature 1 and top-k 1. It fails if nothing has been run, a setting is out
// of range, the numbers overflow on the way, or a logit is infinite or no number.
func (tr *Trace) Sample(set Sampling) (id int, err error) {
	if len(tr.ids) == 0 {
		return 0, fault.New("nothingToContinue", "there is no token to continue from")
	}
	if err := set.Validate(); err != nil {
		return 0, err
	}
	if f := tr.overflow(len(tr.ids) - 1); f != nil {
		return 0, f
	}
	size, err := tr.maxAbsLogit()
	if err != nil {
		return 0, err
	}
	if !(size/set.Temperature <= math.MaxFloat32) { // 0, or so low that dividing by it overflows
		set.Temperature, set.TopK = 1, 1
	}
	tr.forgetSample()
	tr.sample(set)
	for _, s := range tr.Drawn {
		s.lasts = true
		s.resize(0, 1)
		s.hold(0, 1, 1)
		s.run(0, 1)
	}
	return int(tr.Step("sample.token").Row(0)[0]), nil
}

// maxAbsLogit returns the largest magnitude among the logits of the last token.
func (tr *Trace) maxAbsLogit() (size float32, err error) {
	logits := tr.Step("logits")
	for i, x := range logits.distinct(len(tr.ids) - 1) {
		a := math32.Abs(x)
		if !(a <= math.MaxFloat32) { // ±Inf and NaN alone
			return 0, fault.New("logitNotFinite", "the logit of token %d is %v; nothing can be drawn, since the weights, or what edits make of the numbers, are too large for float32",
				logits.shared.Token(i, 0), x)
		}
		if a > size { // max would look for NaN once more, in a call for each logit
			size = a
		}
	}
	return size, nil
}

// sample records the steps of sampling, as forward does those of the network: each line makes
// one tensor.
func (tr *Trace) sample(set Sampling) {
	at := tr.at(PartSample)
	at.steps, at.prefix = &tr.Drawn, "sample."
	x := at.Temperature("temperature", tr.Step("logits"), set.Temperature) // (1, V)
	x = at.TopK("top_k", x, set.TopK)                                      // (1, V)
	p := at.Softmax("softmax", x)                                          // (1, V)
	p = at.TopP("top_p", p, set.TopP)                                      // (1, V)
	if set.MinP > 0 {
		p = at.MinP("min_p", p, set.MinP) // (1, V)
	}
	p = at.Share("probabilities", p)             // (1, V)
	u := at.Random("random", set.Seed, set.Draw) // (1, 1)
	at.Draw("token", p, u)                       // (1, 1)
}

func (tr *Trace) forgetSample() {
	for _, s := range tr.Drawn {
		delete(tr.tensors, s.Name)
	}
	tr.Drawn = nil
}

var sampleOps = []operation{
	{op: OpTemperature, formula: "x / temperature", roles: []string{"x"}, reads: func(in []input, _, c int) []Operand {
		return []Operand{in[0].cell(in[0].Rows-1, c)}
	}},
	{op: OpTopK, formula: "x, if fewer than k of the row come before it", roles: []string{"x"}, filters: true, reads: readsCellAndRow},
	{op: OpTopP, formula: "x, if those before it sum to less than p", roles: []string{"x"}, share: true, filters: true, reads: readsCellAndRow},
	{op: OpMinP, formula: "x, if it is at least min_p times the largest of the row", roles: []string{"x"}, share: true, filters: true, reads: readsCellAndRow},
	{op: OpSum, above: true, formula: "Σ x", roles: []string{"x"}, reads: func(in []input, _, _ int) []Operand {
		return []Operand{in[0].row(0)}
	}},
	{op: OpShare, formula: "x / sum", roles: []string{"x", "sum"}, share: true, reads: func(in []input, _, c int) []Operand {
		return []Operand{in[0].cell(0, c), in[1].cell(0, 0)}
	}},
	{op: OpRandom, formula: "uniform in [0, 1)", share: true, reads: readsNothing},
	{op: OpDraw, formula: "the first id at which Σ x exceeds the random number", roles: []string{"x", "random"}, ids: true, reads: func(in []input, _, _ int) []Operand {
		return []Operand{in[0].row(0), in[1].cell(0, 0)}
	}},
}

// readsCellAndRow is operation.reads of a filter: the cell, and the row in which it ranks.
func readsCellAndRow(in []input, _, c int) []Operand {
	row := in[0].row(0)
	row.Role = "row"
	return []Operand{in[0].cell(0, c), row}
}

// Temperature divides the last row of the logits: above 1 evens out, below 1 sharpens.
func (at scope) Temperature(name string, logits *Step, temperature float32) *Step {
	s := at.record(name, OpTemperature, AxisOne, logits.cols(), logits.All())
	s.Factor, s.shared = temperature, logits.shared
	s.perRow(false, func(_ int, out []float32) {
		for i, x := range logits.distinct(logits.Rows - 1) {
			out[i] = x / temperature
		}
	})
	return s
}

// TopK keeps the k largest values of the row, and drops the others.
func (at scope) TopK(name string, x *Step, k int) *Step {
	if k == 0 || k > x.Cols {
		k = x.Cols
	}
	s := at.record(name, OpTopK, x.RowAxis, x.cols(), x.All())
	s.Limit = float32(k)
	s.keep(x, k < x.Cols, func(n int, _ float64) bool { return n < k })
	s.droppedValue = math32.Inf(-1)
	return s
}

// TopP keeps the largest probabilities until they sum to p, and drops the others.
func (at scope) TopP(name string, x *Step, p float32) *Step {
	if p == 0 {
		p = 1
	}
	s := at.record(name, OpTopP, x.RowAxis, x.cols(), x.All())
	s.Limit = p
	s.keep(x, p < 1, func(_ int, sum float64) bool { return sum < float64(p) })
	return s
}

// MinP keeps the probabilities that are at least p times the largest one, and drops the others (Nguyen et al., arXiv:2407.01082).
// After top-k and top-p, as others do it; what these leave keeps its proportions, so that the same tokens pass as before them.
func (at scope) MinP(name string, x *Step, p float32) *Step {
	s := at.record(name, OpMinP, x.RowAxis, x.cols(), x.All())
	s.Limit = p
	s.shared, s.kept = x.shared, make([]float32, x.width())
	s.perRow(false, func(_ int, out []float32) {
		x.counts(s.kept)
		copy(out, x.distinct(0))
		least := float64(p) * float64(slices.Max(out)) // exact: what was dropped before is 0
		for i, v := range out {
			if float64(v) < least {
				out[i], s.kept[i] = 0, 0
			}
		}
	})
	return s
}

// keep makes s a copy of the row of x in which only the first tokens of the ranking are kept.
// wantsMore decides whether the next one is kept, given how many are and their sum. Unless it
// filters, all are kept. What an earlier filter dropped stays dropped.
func (s *Step) keep(x *Step, filters bool, wantsMore func(n int, sum float64) bool) {
	s.shared, s.kept = x.shared, make([]float32, x.width())
	s.perRow(false, func(_ int, out []float32) {
		copy(out, x.distinct(0))
		if !filters { // without a ranking, which would cost more than everything else
			x.counts(s.kept)
		} else {
			s.keepFirst(x, wantsMore)
		}
		for i, n := range s.kept {
			if n == 0 {
				out[i] = s.droppedValue
			}
		}
	})
}

// counts sets n[i] to count(i).
func (t *Tensor) counts(n []float32) {
	switch {
	case t.kept != nil:
		copy(n, t.kept)
	case t.shared != nil:
		copy(n, t.shared.count)
	default:
		for i := range n {
			n[i] = 1
		}
	}
}

// keepFirst counts in s.kept, for each distinct value, the tokens that wantsMore keeps.
func (s *Step) keepFirst(x *Step, wantsMore func(n int, sum float64) bool) {
	clear(s.kept)
	n, sum := 0, float64(0)
	for id, v := range x.ranking(0).all {
		if !wantsMore(n, sum) {
			return
		}
		s.kept[x.shared.Row(id)]++
		n++
		sum += float64(v)
	}
}

// Share divides the row by its sum, which is a step of its own, so that what the
// filters left over sums to 1 again.
func (at scope) Share(name string, x *Step) *Step {
	sum := at.record(name+".sum", OpSum, x.RowAxis, one, x.All())
	sum.aggregate(x, func(int) float32 {
		total, count := float64(0), make([]float32, x.width())
		x.counts(count)
		for i, v := range x.distinct(0) {
			total += float64(v) * float64(count[i])
		}
		return float32(total)
	})
	s := at.record(name, OpShare, x.RowAxis, x.cols(), x.All(), sum.All())
	s.shared, s.kept = x.shared, x.kept
	s.perRow(false, func(_ int, out []float32) {
		by := sum.Row(0)[0]
		for i, v := range x.distinct(0) {
			out[i] = v / by
		}
	})
	return s
}

// Random is the generator's number, uniform in [0, 1) in steps of 2⁻²⁴.
func (at scope) Random(name string, seed uint64, draw int) *Step {
	s := at.record(name, OpRandom, AxisOne, one)
	s.perRow(false, func(_ int, out []float32) {
		r := rand.New(rand.NewPCG(seed, 0))
		for range draw + 1 {
			out[0] = r.Float32()
		}
	})
	return s
}

// Draw walks along the probabilities, in the order of the ids, and stops where their
// running sum exceeds the random number. Rounding can leave the whole sum below it;
// then the last token that has a probability is drawn.
func (at scope) Draw(name string, p, random *Step) *Step {
	s := at.record(name, OpDraw, AxisOne, one, p.All(), random.All())
	s.perRow(false, func(_ int, out []float32) {
		u, sum := float64(random.Row(0)[0]), float64(0)
		values := p.distinct(0)
		for id := range p.Cols {
			v := values[p.shared.Row(id)]
			if v == 0 || p.dropped(id) {
				continue
			}
			out[0] = float32(id)
			if sum += float64(v); sum > u {
				return
			}
		}
	})
	return s
}

// A ranking yields the columns of a row one by one, the largest value first, equal values
// by id. It is a heap of the D distinct values: making it takes D steps and each id log D, so
// the few ids that sampling keeps need no sort of the whole vocabulary. Where each token has a value of its own, the heap is
// one of bins of tokens, which is faster: see kernel.RankBins.
type ranking struct {
	t      *Tensor
	values []float32
	given  []int // how many tokens of each value have been yielded
	heap   []int // the values of which a token is left
}

func (t *Tensor) ranking(r int) *ranking {
	values := t.distinct(r)
	if t.shared == nil {
		return &ranking{t: t, values: values}
	}
	o := &ranking{t, values, make([]int, len(values)), make([]int, 0, len(values))}
	for i := range values {
		if t.count(i) > 0 {
			o.heap = append(o.heap, i)
		}
	}
	for i := len(o.heap)/2 - 1; i >= 0; i-- {
		o.sink(i)
	}
	return o
}

// all yields the ids and their values, without the tokens that a filter dropped.
func (o *ranking) all(yield func(id int, v float32) bool) {
	if o.t.shared == nil {
		kernel.RankBins(o.values, o.t.kept, yield)
		return
	}
	for len(o.heap) > 0 {
		i := o.heap[0]
		id := o.id(i)
		if o.given[i]++; o.given[i] == o.t.count(i) {
			last := len(o.heap) - 1
			o.heap[0] = o.heap[last]
			o.heap = o.heap[:last]
		}
		o.sink(0)
		if !yield(id, o.values[i]) {
			return
		}
	}
}

// id returns the next token of the i-th value.
func (o *ranking) id(i int) int { return o.t.shared.Token(i, o.given[i]) }

// before reports whether the next token of value a ranks before that of value b.
func (o *ranking) before(a, b int) bool {
	return o.values[a] > o.values[b] || o.values[a] == o.values[b] && o.id(a) < o.id(b)
}

// sink moves the value at i down to where none below it ranks before it.
func (o *ranking) sink(i int) {
	for {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(o.heap); child++ {
			if o.before(o.heap[child], o.heap[first]) {
				first = child
			}
		}
		if first == i {
			return
		}
		o.heap[i], o.heap[first] = o.heap[first], o.heap[i]
		i = first
	}
}

// Ranked returns the ids of the n largest values, the largest first, equal ones by id.
func Ranked(values []float32, n int) []int {
	t := Tensor{Rows: 1, Cols: len(values), data: values}
	return t.Ranked(0, n)
}

// Ranked returns the columns of the n largest values of row r, the largest first, equal
// ones by their number; fewer, if a sampling filter has left fewer.
func (t *Tensor) Ranked(r, n int) []int {
	ids := make([]int, 0, max(0, min(n, t.Cols)))
	for id := range t.ranking(r).all {
		if len(ids) >= n {
			break
		}
		ids = append(ids, id)
	}
	return ids
}

// Rank returns how many columns of row r rank before column c, in the order of Ranked: 0
// for the first. The cell must not be masked.
func (t *Tensor) Rank(r, c int) int {
	values := t.distinct(r)
	v, rank := values[t.shared.Row(c)], 0
	for i, x := range values {
		if x > v {
			rank += t.count(i)
		} else if x == v {
			rank += sort.Search(t.count(i), func(n int) bool { return t.shared.Token(i, n) >= c })
		}
	}
	return rank
}
