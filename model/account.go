package model

import "time"

// A PartAccount is what one part of a model holds and costs.
type PartAccount struct {
	Part       string // "Embeddings", "Attention", "Feed-forward", "Norms", "Output"
	Parameters int    // distinct learned numbers
	FLOPs      int    // floating-point operations to compute the last token of a full context
}

// An Account says what a model of some sizes holds and costs, exactly, without its weights.
//
// FLOPs are those of the forward pass for one token that has the whole context of T
// tokens before it, itself included, with the keys and values of the others kept. A
// multiply-add counts two. They are counted as in Hoffmann et al., "Training
// Compute-Optimal Large Language Models" (2022), appendix F, divided by the length of the
// sequence: 2 for each weight of a matrix that the token goes through, 2·2·T·H·A for the scores and
// the mix of a block, 3·H·T for its softmax. Of a GPT-2 that is 2·4C² for the projections of a block's
// attention, 2·8C² for its feed-forward and 2·C·V for the logits. A window of W tokens counts as T, if it is shorter. What
// that appendix leaves out is left out here too: biases, norms, rotations, activations. The one difference:
// a token's embedding is looked up, which costs nothing, and not multiplied with a vector
// of V zeros and a one. Kaplan et al., "Scaling Laws for Neural Language Models" (2020),
// count without logits and softmax, and attention by the mean of a context's lengths.
type Account struct {
	Parts  []PartAccount // in the order of the pass
	Cached int           // keys and values that a full context needs: 2·L·T·K·A numbers, of a GPT-2 2·L·T·C; W for T in a block with a window

	InBlocks int // numbers that a full context has in all steps of the blocks, masked ones included
}

// Account returns the account of a valid configuration; of any other, one of nothing. It goes
// through the steps and weights of the network and counts them part by part.
func (c Config) Account() Account {
	a := Account{Parts: []PartAccount{{Part: "Embeddings"}, {Part: "Attention"}, {Part: "Feed-forward"}, {Part: "Norms"}, {Part: "Output"}}}
	outside := 1 // what stands in no block counts once
	for _, k := range c.kinds() {
		if !a.add(k, outside) {
			return a
		}
		outside = 0
	}
	return a
}

// add adds the blocks of a kind, and outside times what stands in none; false if there are no such models.
func (a *Account) add(k blockKind, outside int) bool {
	m, err := k.Config.oneBlock()
	if err != nil {
		return false
	}
	copies := func(block int) int {
		if block >= 0 {
			return k.n
		}
		return outside
	}
	tr := newTrace(m, false)
	for _, w := range tr.Weights() {
		a.part(w.Part).Parameters += m.size(tr.Tensor(w.Name)) * copies(w.Block)
	}
	needed := map[string]int{}
	for _, i := range tr.infos(k.Context) {
		n := copies(i.Block)
		if flops := operations[i.Op].flops; flops != nil {
			a.part(i.Part).FLOPs += flops(i) * n
		}
		if i.Op.Attends() { // to keys, to values
			needed[i.Inputs[1].Name] = within(max(i.Window, i.Inputs[0].Window), k.Context) * i.Inputs[1].Cols * n
		}
		if i.Block >= 0 {
			a.InBlocks += i.Rows * i.Cols * n
		}
	}
	for _, n := range needed {
		a.Cached += n
	}
	return true
}

// part returns the entry of the account to which p belongs.
func (a *Account) part(p Part) *PartAccount {
	at := map[Part]int{PartTokenize: 0, PartToken: 0, PartPosition: 0, PartRotary: 0, PartAttention: 1, PartProjection: 1, PartFeedForward: 2,
		PartNorm1: 3, PartNorm2: 3, PartNorm: 3, PartOutput: 4, PartSoftmax: 4}[p]
	return &a.Parts[at]
}

// Parameters returns the sum over all parts: Config.Parameters.
func (a Account) Parameters() (n int) {
	for _, s := range a.Parts {
		n += s.Parameters
	}
	return n
}

// FLOPs returns the sum over all parts.
func (a Account) FLOPs() (n int) {
	for _, s := range a.Parts {
		n += s.FLOPs
	}
	return n
}

// Bytes returns how much memory the weights take, and the keys and values of a full
// context, when a number takes size bytes: 4 as float32, 2 as float16.
func (a Account) Bytes(size int) (weights, cache int) {
	return size * a.Parameters(), size * a.Cached
}

// A StepCost is what some rows of a step cost in a run.
type StepCost struct {
	Name       string
	Parameters int           // learned numbers that it reads, and no step before it
	Shared     int           // learned numbers that it reads after a step before it, as the logits read a tied table
	FLOPs      int           // counted as in Account, for rows as long as they are
	Read       int           // bytes of weights as memory holds them, once for all rows; of a table the rows that are fetched
	Kept       int           // bytes of keys and values of the rows before, once for all heads that share them
	Written    int           // bytes of the numbers that it makes
	Time       time.Duration // see Trace.Costs
}

// Costs returns what rows from … to−1 of each step of the network cost in this run, in the order of the steps. A row of scores is as long as the
// text up to it, and with a window as that: the last row of a full context costs what Account says. Of a step
// whose rows are made when somebody asks, as the logits, the last of these rows counts alone: nothing else needs
// the others.
//
// Time is how long the rows took that the last Run computed, whatever from and to are, by Clock; 0 without one. Steps that
// are parts of one matrix, as the queries of all heads, are computed by one product, whose time is shared out evenly among them. Of a
// step whose rows are made when asked, it is the time of the last row of the text, once somebody has asked for it.
func (tr *Trace) Costs(from, to int) []StepCost {
	list := make([]StepCost, len(tr.Steps))
	weights, kept := map[Range]bool{}, map[string]bool{}
	for n, s := range tr.Steps {
		c := &list[n]
		c.Name, c.Time = s.Name, s.took
		first := from
		if s.row != nil {
			first = max(from, to-1)
		}
		c.FLOPs = s.rowsFLOPs(first, to)
		c.Written = 4 * (s.offset(to) - s.offset(first))
		for _, in := range s.Inputs {
			if in.by == nil {
				c.addWeight(tr.Model, s, in, to-first, weights)
			}
		}
		if s.Op.Attends() && to > first && !kept[s.Inputs[1].Name] {
			kept[s.Inputs[1].Name] = true
			c.Kept = 4 * s.Inputs[1].Cols * (first - max(s.first(first), s.Inputs[0].first(first)))
		}
	}
	tr.shareTimes(list)
	return list
}

// addWeight adds what n rows of a step read of a weight; seen are the parts that steps before it have read.
func (c *StepCost) addWeight(m *Model, s *Step, v View, n int, seen map[Range]bool) {
	size := v.Rows * v.Cols
	switch {
	case v.Count > 0:
		size = v.Count * v.Cols
	case v.Cols == v.Tensor.Cols:
		size = m.size(v.Tensor)
	}
	part := Range{Name: v.Name, Row: v.From, Rows: v.Count, Col: v.Col, Cols: v.Cols}
	if seen[part] {
		c.Shared += size
	} else {
		c.Parameters += size
	}
	seen[part] = true
	if operations[s.Op].fetches {
		size = n * v.Cols
	}
	if n > 0 {
		c.Read += v.bytes(size)
	}
}

// bytes returns how many bytes n values of a weight take in memory: whole rows of its file, where they lie in blocks.
func (t *Tensor) bytes(n int) int {
	if !t.onlyPacked() {
		return 4 * n
	}
	row, _ := t.packed.as.RowBytes(t.packed.k)
	return n / t.packed.k * row
}

// rowsFLOPs returns what rows from … to−1 of a step cost, each as long as it is.
func (s *Step) rowsFLOPs(from, to int) (n int) {
	flops := operations[s.Op].flops
	if flops == nil {
		return 0
	}
	i, grows := s.Info(), s.Causal
	for _, in := range s.Inputs {
		grows = grows || in.Causal
	}
	if !grows {
		return flops(i) * (to - from)
	}
	for t := from; t < to; t++ {
		if s.Causal {
			i.Cols = t + 1
		}
		for k, in := range s.Inputs {
			if in.Causal {
				i.Inputs[k].Cols = t + 1
			}
		}
		n += flops(i)
	}
	return n
}

// shareTimes shares the time of each product out among the steps that took their numbers from it.
func (tr *Trace) shareTimes(list []StepCost) {
	steps := map[*Tensor][]int{}
	for n, s := range tr.Steps {
		if s.Op == OpLinear && (s.Inputs[1].Cols < s.Inputs[1].Tensor.Cols || s.Inputs[1].Count > 0 && s.Inputs[1].Count < s.Inputs[1].Rows) {
			steps[s.Inputs[1].Tensor] = append(steps[s.Inputs[1].Tensor], n)
		}
	}
	for _, of := range steps {
		var sum time.Duration
		for _, n := range of {
			sum += list[n].Time
		}
		for i, n := range of {
			k := time.Duration(len(of))
			list[n].Time = sum*time.Duration(i+1)/k - sum*time.Duration(i)/k
		}
	}
}

// timed runs f, and adds how long it took to the time of the step, without what it took for other steps.
func (s *Step) timed(f func()) {
	tr := s.trace
	if tr.Clock == nil {
		f()
		return
	}
	start, before := tr.Clock(), tr.took
	f()
	own := tr.Clock() - start - (tr.took - before)
	s.took, tr.took = s.took+own, tr.took+own
}

// forgetTimes begins to measure a run.
func (tr *Trace) forgetTimes() {
	tr.took = 0
	for _, s := range tr.Steps {
		s.took = 0
	}
}
