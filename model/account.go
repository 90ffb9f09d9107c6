package model

// A PartAccount is what one part of a model holds and costs.
type PartAccount struct {
	Part       string // "Embeddings", "Attention", "Feed-forward", "Norms", "Output"
	Parameters int    // distinct learned numbers
	FLOPs      int    // floating-point operations to compute the last token of a full context
}

// An Account says what a model of some sizes holds and costs, exactly, from the sizes alone.
//
// FLOPs are those of the forward pass for one token that has the whole context of T
// tokens before it, itself included, with the keys and values of the others kept. A
// multiply-add counts two. They are counted as in Hoffmann et al., "Training
// Compute-Optimal Large Language Models" (2022), appendix F, divided by the length of the
// sequence: 2·4C² for the projections of a block's attention, 2·2·T·C for its scores and
// its mix, 3·H·T for its softmax; 2·8C² for its feed-forward; 2·C·V for the logits. What
// that appendix leaves out is left out here too: biases, norms, GELU. The one difference:
// a token's embedding is looked up, which costs nothing, and not multiplied with a vector
// of V zeros and a one. Kaplan et al., "Scaling Laws for Neural Language Models" (2020),
// count without logits and softmax, and attention by the mean of a context's lengths.
type Account struct {
	Parts  []PartAccount // in the order of the pass
	Cached int           // keys and values that a full context keeps: 2·L·T·C numbers
}

// Account returns the account of a valid configuration.
func (c Config) Account() Account {
	V, T, C, H, L := c.Vocab, c.Context, c.Width, c.Heads, c.Blocks
	output := PartAccount{Part: "Output", FLOPs: 2 * C * V}
	if !c.Tied {
		output.Parameters = C * V
	}
	return Account{
		Parts: []PartAccount{
			{"Embeddings", (c.Rows() + T) * C, 0},
			{"Attention", L * (4*C*C + 4*C), L * (2*4*C*C + 2*2*T*C + 3*H*T)},
			{"Feed-forward", L * (8*C*C + 5*C), L * 2 * 8 * C * C},
			{"Norms", L*4*C + 2*C, 0},
			output,
		},
		Cached: 2 * L * T * C,
	}
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
