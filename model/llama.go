package model

// Llama holds the weights of a Llama (Touvron et al., arXiv:2302.13971, and 2307.09288), or of one of its kin: Mistral,
// SmolLM2 and TinyLlama have the same; Qwen2 has biases at queries, keys and values; Qwen3 a norm on each query and key.
type Llama struct {
	Embed  *Tensor // token embedding (V, C)
	Slower *Tensor // (1, A/2): what the turning of each pair is slowed down by, if the file lists it; else nil
	Layers []Layer
	Final  Norm    // final norm
	Output *Tensor // output projection (V, C); Embed itself when the weights are tied
}

// A Layer is one transformer block: attention, then a gated feed-forward network, each behind a norm and added to the
// residual stream. The matrices are (out, in), as published.
type Layer struct {
	Norm1              Norm
	Query              Linear // (H·A, C): the queries of all heads, one below the other
	Key, Value         Linear // (K·A, C): those of the groups that share them
	QueryNorm, KeyNorm Norm   // (1, A), of Qwen3; else without a gain
	Proj               Linear // (C, H·A)
	Norm2              Norm
	Gate, Up           Linear // (inner, C)
	Down               Linear // (C, inner)
}

// forward is the network: it records, in order, the steps that turn token ids into the probabilities of the next token.
// Each line makes one tensor (or, for a norm and a softmax, also the per-row numbers that it needs) in its part of the
// network; its shape stands at the end.
//
// What differs from GPT-2: no table of positions, but queries and keys that turn with their place in the text (Su et al.,
// "RoFormer", arXiv:2104.09864); H heads share K keys and values (Ainslie et al., arXiv:2305.13245); norms without mean and
// bias (Zhang and Sennrich, arXiv:1910.07467); a feed-forward network of two halves that are multiplied (Shazeer,
// arXiv:2002.05202).
func (m *Llama) forward(tr *Trace, c Config) {
	ids := tr.at(PartTokenize).Tokens("tokens")                    // (T, 1)
	x := tr.at(PartToken).Lookup("embed.token", ids, m.Embed)      // (T, C): the residual stream
	angle := tr.at(PartRotary).Angles("rotary.angle", c, m.Slower) // (T, A/2): how far each pair turns

	for l, b := range m.Layers {
		n := tr.block(l, PartNorm1).RMSNorm("norm_1", x, b.Norm1, c.epsilon()) // (T, C)
		mixed := b.attention(tr.block(l, PartAttention), n, angle, c)          // (T, A) of each head
		at := tr.block(l, PartProjection)
		y := at.Concat("attn.concat", mixed)  // (T, H·A)
		y = at.Linear("attn.proj", y, b.Proj) // (T, C)
		x = at.Add("residual_1", x, y)        // (T, C)

		// Feed-forward: each token by itself. The gate says how much of each number in the middle passes.
		n = tr.block(l, PartNorm2).RMSNorm("norm_2", x, b.Norm2, c.epsilon()) // (T, C)
		at = tr.block(l, PartFeedForward)
		gate := at.Linear("mlp.gate", n, b.Gate) // (T, inner)
		gate = at.Activate(c.Activation, gate)   // (T, inner): SiLU in Llama itself
		u := at.Linear("mlp.up", n, b.Up)        // (T, inner)
		u = at.Multiply("mlp.gated", gate, u)    // (T, inner)
		u = at.Linear("mlp.down", u, b.Down)     // (T, C)
		x = at.Add("residual_2", x, u)           // (T, C)
	}

	m.read(tr, c, x)
}

// read is the end of the network: one number per token of the vocabulary.
func (m *Llama) read(tr *Trace, c Config, x *Step) {
	n := tr.at(PartNorm).RMSNorm("norm_f", x, m.Final, c.epsilon()) // (T, C)
	logits := tr.at(PartOutput).Unembed("logits", n, m.Output)      // (T, V)
	tr.at(PartSoftmax).Softmax("probabilities", logits)             // (T, V)
}

// attention is what each head gathers, the only place where tokens read from one another: (T, A) of each of H heads, of which
// H/K share their keys and values.
func (b Layer) attention(at scope, n, angle *Step, c Config) []*Step {
	H, K, A, l := c.Heads, c.Groups(), c.HeadSize(), at.inBlock
	queries, keys, values, mixed := make([]*Step, H), make([]*Step, K), make([]*Step, K), make([]*Step, H)
	for h := range queries {
		head := at.head(h)
		q := head.Linear("query", n, b.Query.Rows(h*A, A))          // (T, A): what this token looks for
		queries[h] = head.turned("query", q, b.QueryNorm, angle, c) // (T, A)
	}
	for g := range keys {
		group := at.group(g, H/K)
		k := group.Linear("key", n, b.Key.Rows(g*A, A))            // (T, A): what each token offers
		keys[g] = group.turned("key", k, b.KeyNorm, angle, c)      // (T, A)
		values[g] = group.Linear("value", n, b.Value.Rows(g*A, A)) // (T, A): what it says if chosen
	}
	for h := range mixed {
		head, g := at.head(h), h/(H/K)
		s := head.Scores("scores", queries[h], keys[g], c.LooksBack(l)) // (T, T): q·k, no later keys
		s = head.Scale("scaled", s, c.scale(l))                         // (T, T): 1/√A, so that the spread is independent of A
		w := head.Softmax("attention", s)                               // (T, T): each row sums to 1
		mixed[h] = head.Mix("mix", w, values[g])                        // (T, A)
	}
	return mixed
}

// turned is a query or key, normed in Qwen3, and turned by its place, so that q·k knows the distance of two tokens: (T, A).
func (at scope) turned(name string, x *Step, norm Norm, angle *Step, c Config) *Step {
	if norm.Gain != nil {
		x = at.RMSNorm(name+".normed", x, norm, c.epsilon()) // (T, A)
	}
	return at.Rotate(name+".rotated", x, angle) // (T, A)
}

// newLlama returns the weights of a Llama of these sizes, without values.
func newLlama(c Config) *Llama {
	C, V, wide := dim{c.Width, AxisChannel}, dim{c.Vocab, AxisWord}, c.neurons()
	heads, A := c.HeadSize()*c.Heads, c.HeadSize()
	query, shared := dim{heads, AxisHeadChannel}, dim{c.Groups() * A, AxisHeadChannel}
	norm := func(name string, of dim) Norm { return Norm{Gain: weight(name+".weight", one, of)} }
	linear := func(name string, out, in dim, biased bool) Linear {
		layer := Linear{Weight: weight(name+".weight", out, in), ByRow: true}
		if biased {
			layer.Bias = weight(name+".bias", one, out)
		}
		return layer
	}
	m := &Llama{Embed: weight("model.embed_tokens.weight", V, C), Final: norm("model.norm", C)}
	if c.Rotary.Listed {
		m.Slower = weight("rope_freqs.weight", one, dim{A / 2, AxisPair})
	}
	for l := range c.Blocks {
		h := LayerName(l)
		b := Layer{
			Norm1: norm(h+"input_layernorm", C),
			Query: linear(h+"self_attn.q_proj", query, C, c.Biases.Has(BiasQKV)),
			Key:   linear(h+"self_attn.k_proj", shared, C, c.Biases.Has(BiasQKV)),
			Value: linear(h+"self_attn.v_proj", shared, C, c.Biases.Has(BiasQKV)),
			Proj:  linear(h+"self_attn.o_proj", C, dim{heads, c.mixedAxis()}, c.Biases.Has(BiasProj)),
			Norm2: norm(h+"post_attention_layernorm", C),
			Gate:  linear(h+"mlp.gate_proj", wide, C, c.Biases.Has(BiasMLP)),
			Up:    linear(h+"mlp.up_proj", wide, C, c.Biases.Has(BiasMLP)),
			Down:  linear(h+"mlp.down_proj", C, wide, c.Biases.Has(BiasMLP)),
		}
		if c.HeadNorms {
			b.QueryNorm, b.KeyNorm = norm(h+"self_attn.q_norm", dim{A, AxisHeadChannel}), norm(h+"self_attn.k_norm", dim{A, AxisHeadChannel})
		}
		m.Layers = append(m.Layers, b)
	}
	if m.Output = m.Embed; !c.Tied {
		m.Output = weight("lm_head.weight", V, C)
	}
	return m
}

func (m *Llama) parameters() (list []*Tensor) {
	add := func(weights ...*Tensor) {
		for _, w := range weights {
			if w != nil {
				list = append(list, w)
			}
		}
	}
	add(m.Embed, m.Slower)
	for _, b := range m.Layers {
		add(b.Norm1.Gain)
		for _, layer := range []Linear{b.Query, b.Key, b.Value} {
			add(layer.Weight, layer.Bias)
		}
		add(b.QueryNorm.Gain, b.KeyNorm.Gain, b.Proj.Weight, b.Proj.Bias, b.Norm2.Gain)
		for _, layer := range []Linear{b.Gate, b.Up, b.Down} {
			add(layer.Weight, layer.Bias)
		}
	}
	add(m.Final.Gain)
	if m.Output != m.Embed {
		add(m.Output)
	}
	return list
}

// randomize draws all matrices alike.
func (m *Llama) randomize(d *dice) {
	for _, w := range m.parameters() {
		switch {
		case w.RowAxis != AxisOne:
			d.fill(w, deviation)
		case !IsBias(w.Name):
			Norm{Gain: w}.reset()
		}
	}
}
