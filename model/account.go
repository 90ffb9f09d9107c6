package model

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
