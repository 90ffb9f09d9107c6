package model

// forward is the network: it records, in order, the steps that turn token ids into
// the probabilities of the next token. Each line makes one tensor (or, for a layer norm
// and a softmax, also the per-row numbers that it needs) in its part of the network; its
// shape stands at the end.
func (m *Model) forward(tr *Trace) {
	C, H, A := m.Config.Width, m.Config.Heads, m.Config.HeadSize()

	ids := tr.at(PartTokenize).Tokens("tokens")                   // (T, 1)
	tok := tr.at(PartToken).Lookup("embed.token", ids, m.WTE)     // (T, C)
	pos := tr.at(PartPosition).Positions("embed.position", m.WPE) // (T, C)
	x := tr.at(PartPosition).Add("embed.sum", tok, pos)           // (T, C): the residual stream

	for l, b := range m.Blocks {
		// Attention: the only place where tokens read from one another.
		n := tr.block(l, PartNorm1).LayerNorm("ln_1", x, b.LN1) // (T, C)
		at := tr.block(l, PartAttention)
		mixed := make([]*Step, H)
		for h := range mixed {
			head := at.head(h)
			q := head.Linear("query", n, b.QKV.Slice(h*A, A))     // (T, A): what this token looks for
			k := head.Linear("key", n, b.QKV.Slice(C+h*A, A))     // (T, A): what each token offers
			v := head.Linear("value", n, b.QKV.Slice(2*C+h*A, A)) // (T, A): what it says if chosen
			s := head.Scores("scores", q, k)                      // (T, T): q·k, no later keys
			s = head.Scale("scaled", s, m.Config.scale(l))        // (T, T): 1/√A, so that the spread is independent of A
			w := head.Softmax("attention", s)                     // (T, T): each row sums to 1
			mixed[h] = head.Mix("mix", w, v)                      // (T, A)
		}
		at = tr.block(l, PartProjection)
		y := at.Concat("attn.concat", mixed)  // (T, C)
		y = at.Linear("attn.proj", y, b.Proj) // (T, C)
		x = at.Add("residual_1", x, y)        // (T, C)

		// Feed-forward: each token by itself, widened to 4C and back.
		n = tr.block(l, PartNorm2).LayerNorm("ln_2", x, b.LN2) // (T, C)
		at = tr.block(l, PartFeedForward)
		u := at.Linear("mlp.up", n, b.Up)       // (T, 4C)
		u = at.Activate(m.Config.Activation, u) // (T, 4C): GELU, mostly
		u = at.Linear("mlp.down", u, b.Down)    // (T, C)
		x = at.Add("residual_2", x, u)          // (T, C)
	}

	// Out: one number per token of the vocabulary. Tokens that share a row share it: see Sharing.
	n := tr.at(PartNorm).LayerNorm("ln_f", x, m.LNF)           // (T, C)
	logits := tr.at(PartOutput).Unembed("logits", n, m.LMHead) // (T, V)
	tr.at(PartSoftmax).Softmax("probabilities", logits)        // (T, V)
}
