package model

import (
	"math"
)

// GPT2 holds the weights of a GPT-2 (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019).
type GPT2 struct {
	WTE    *Tensor // token embedding (V, C)
	WPE    *Tensor // position embedding (context, C)
	Blocks []Block
	LNF    Norm    // final layer norm
	LMHead *Tensor // output projection (V, C); WTE itself when the weights are tied
}

// A Block is one transformer block: attention, then a feed-forward network, each
// behind a layer norm and added to the residual stream.
type Block struct {
	LN1  Norm
	QKV  Linear // (C, 3C): queries, keys and values of all heads, side by side
	Proj Linear // (C, C)
	LN2  Norm
	Up   Linear // (C, 4C), or another inner size
	Down Linear // (4C, C), or another inner size
}

// forward is the network: it records, in order, the steps that turn token ids into
// the probabilities of the next token. Each line makes one tensor (or, for a layer norm
// and a softmax, also the per-row numbers that it needs) in its part of the network; its
// shape stands at the end.
func (m *GPT2) forward(tr *Trace, c Config) {
	C, H, A := c.Width, c.Heads, c.HeadSize()

	ids := tr.at(PartTokenize).Tokens("tokens")                   // (T, 1)
	tok := tr.at(PartToken).Lookup("embed.token", ids, m.WTE)     // (T, C)
	pos := tr.at(PartPosition).Positions("embed.position", m.WPE) // (T, C)
	x := tr.at(PartPosition).Add("embed.sum", tok, pos)           // (T, C): the residual stream

	for l, b := range m.Blocks {
		// Attention: the only place where tokens read from one another.
		n := tr.block(l, PartNorm1).LayerNorm("ln_1", x, b.LN1, c.epsilon()) // (T, C)
		at := tr.block(l, PartAttention)
		mixed := make([]*Step, H)
		for h := range mixed {
			head := at.head(h)
			q := head.Linear("query", n, b.QKV.Slice(h*A, A))     // (T, A): what this token looks for
			k := head.Linear("key", n, b.QKV.Slice(C+h*A, A))     // (T, A): what each token offers
			v := head.Linear("value", n, b.QKV.Slice(2*C+h*A, A)) // (T, A): what it says if chosen
			s := head.Scores("scores", q, k, 0)                   // (T, T): q·k, no later keys
			s = head.Scale("scaled", s, c.scale(l))               // (T, T): 1/√A, so that the spread is independent of A
			w := head.Softmax("attention", s)                     // (T, T): each row sums to 1
			mixed[h] = head.Mix("mix", w, v)                      // (T, A)
		}
		at = tr.block(l, PartProjection)
		y := at.Concat("attn.concat", mixed)  // (T, C)
		y = at.Linear("attn.proj", y, b.Proj) // (T, C)
		x = at.Add("residual_1", x, y)        // (T, C)

		// Feed-forward: each token by itself, widened to 4C and back.
		n = tr.block(l, PartNorm2).LayerNorm("ln_2", x, b.LN2, c.epsilon()) // (T, C)
		at = tr.block(l, PartFeedForward)
		u := at.Linear("mlp.up", n, b.Up)    // (T, 4C)
		u = at.Activate(c.Activation, u)     // (T, 4C): GELU in GPT-2 itself
		u = at.Linear("mlp.down", u, b.Down) // (T, C)
		x = at.Add("residual_2", x, u)       // (T, C)
	}

	m.read(tr, c, x)
}

// read is the end of the network: one number per token of the vocabulary. Tokens that share a row share it: see Sharing.
func (m *GPT2) read(tr *Trace, c Config, x *Step) {
	n := tr.at(PartNorm).LayerNorm("ln_f", x, m.LNF, c.epsilon()) // (T, C)
	logits := tr.at(PartOutput).Unembed("logits", n, m.LMHead)    // (T, V)
	tr.at(PartSoftmax).Softmax("probabilities", logits)           // (T, V)
}

// newGPT2 returns the weights of a GPT-2 of these sizes, without values.
func newGPT2(c Config) *GPT2 {
	C, V := dim{c.Width, AxisChannel}, dim{c.Vocab, AxisWord}
	qkv, heads, wide := dim{3 * c.Width, AxisHeadChannel}, dim{c.Width, AxisHeads}, c.neurons()
	norm := func(name string) Norm {
		return Norm{weight(name+".weight", one, C), weight(name+".bias", one, C)}
	}
	linear := func(name string, in, out dim) Linear {
		return Linear{Weight: weight(name+".weight", in, out), Bias: weight(name+".bias", one, out)}
	}
	m := &GPT2{
		WTE: weight("wte.weight", V, C),
		WPE: weight("wpe.weight", dim{c.Context, AxisPosition}, C),
		LNF: norm("ln_f"),
	}
	for l := range c.Blocks {
		h := BlockName(l)
		m.Blocks = append(m.Blocks, Block{
			LN1:  norm(h + "ln_1"),
			QKV:  linear(h+"attn.c_attn", C, qkv),
			Proj: linear(h+"attn.c_proj", heads, C),
			LN2:  norm(h + "ln_2"),
			Up:   linear(h+"mlp.c_fc", C, wide),
			Down: linear(h+"mlp.c_proj", wide, C),
		})
	}
	if m.LMHead = m.WTE; !c.Tied {
		m.LMHead = weight("lm_head.weight", V, C)
	}
	return m
}

func (m *GPT2) parameters() []*Tensor {
	p := []*Tensor{m.WTE, m.WPE}
	for _, b := range m.Blocks {
		p = append(p, b.LN1.Gain, b.LN1.Bias, b.QKV.Weight, b.QKV.Bias, b.Proj.Weight, b.Proj.Bias,
			b.LN2.Gain, b.LN2.Bias, b.Up.Weight, b.Up.Bias, b.Down.Weight, b.Down.Bias)
	}
	p = append(p, m.LNF.Gain, m.LNF.Bias)
	if m.LMHead != m.WTE {
		p = append(p, m.LMHead)
	}
	return p
}

// randomize draws the weights as GPT-2 does.
func (m *GPT2) randomize(d *dice) {
	residual := deviation / math.Sqrt(2*float64(len(m.Blocks)))
	d.fill(m.WTE, deviation)
	d.fill(m.WPE, deviation)
	for _, b := range m.Blocks {
		d.fill(b.QKV.Weight, deviation)
		d.fill(b.Proj.Weight, residual)
		d.fill(b.Up.Weight, deviation)
		d.fill(b.Down.Weight, residual)
		b.LN1.reset()
		b.LN2.reset()
	}
	m.LNF.reset()
	if m.LMHead != m.WTE {
		d.fill(m.LMHead, deviation)
	}
}
