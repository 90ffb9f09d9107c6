package model

import (
	"math"
	"math/rand/v2"
	"strings"
)

// A Model is a configuration and its weights.
type Model struct {
	Config Config
	WTE    *Tensor // token embedding (V, C)
	WPE    *Tensor // position embedding (context, C)
	Blocks []Block
	LNF    Norm    // final layer norm
	LMHead *Tensor // output projection (V, C); WTE itself when the weights are tied

	Sharing *Sharing // which tokens share a row of WTE; nil: none do
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

// Norm is the gain and bias of a layer norm, (1, C) each.
type Norm struct{ Gain, Bias *Tensor }

// Linear is x·Weight + Bias: Weight is (in, out), Bias (1, out).
type Linear struct{ Weight, Bias *Tensor }

// New returns a model with the shapes of c and all weights zero. It fails if c is invalid.
// With c.Distinct the tokens from Distinct−1 on share the last row.
func New(c Config) (*Model, error) {
	m, err := skeleton(c)
	if err != nil {
		return nil, err
	}
	if c.Distinct > 0 {
		rows := make([]int, c.Vocab)
		for id := range rows {
			rows[id] = min(id, c.Distinct-1)
		}
		sharing, err := newSharing(rows, c.Distinct)
		if err != nil {
			return nil, err
		}
		m.share(sharing)
	}
	for _, p := range m.Parameters() {
		p.data = make([]float32, m.size(p))
	}
	return m, nil
}

// skeleton returns a model whose tensors have names and shapes, but no values.
func skeleton(c Config) (*Model, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	C, V := dim{c.Width, AxisChannel}, dim{c.Vocab, AxisWord}
	qkv, heads, wide := dim{3 * c.Width, AxisHeadChannel}, dim{c.Width, AxisHeads}, dim{c.Wide(), AxisNeuron}
	if c.Inner != 0 {
		wide.axis = AxisInner
	}
	norm := func(name string) Norm {
		return Norm{weight(name+".weight", one, C), weight(name+".bias", one, C)}
	}
	linear := func(name string, in, out dim) Linear {
		return Linear{weight(name+".weight", in, out), weight(name+".bias", one, out)}
	}
	m := &Model{
		Config: c,
		WTE:    weight("wte.weight", V, C),
		WPE:    weight("wpe.weight", dim{c.Context, AxisPosition}, C),
		LNF:    norm("ln_f"),
	}
	for l := range c.Blocks {
		h := blockName(l)
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
	return m, nil
}

func weight(name string, rows, cols dim) *Tensor {
	return &Tensor{Name: name, Rows: rows.n, RowAxis: rows.axis, Cols: cols.n, ColAxis: cols.axis}
}

// Parameters returns the weights in the order of the published checkpoints. Tied
// weights appear once.
func (m *Model) Parameters() []*Tensor {
	p := []*Tensor{m.WTE, m.WPE}
	for _, b := range m.Blocks {
		p = append(p, b.LN1.Gain, b.LN1.Bias, b.QKV.Weight, b.QKV.Bias, b.Proj.Weight, b.Proj.Bias,
			b.LN2.Gain, b.LN2.Bias, b.Up.Weight, b.Up.Bias, b.Down.Weight, b.Down.Bias)
	}
	p = append(p, m.LNF.Gain, m.LNF.Bias)
	if !m.Config.Tied {
		p = append(p, m.LMHead)
	}
	return p
}

// Vector reports whether a weight is published as a vector, [n], rather than a
// matrix: the gains and biases.
func (m *Model) Vector(t *Tensor) bool {
	norm := strings.HasPrefix(t.Name, "ln_") || strings.Contains(t.Name, ".ln_")
	return norm || strings.HasSuffix(t.Name, ".bias")
}

// Randomize draws the weights as GPT-2 does: normal with deviation 0.02, the
// projections into the residual stream narrower by √(2L), gains one, biases zero.
// The same seed gives the same weights everywhere.
func (m *Model) Randomize(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	fill := func(t *Tensor, std float64) {
		for i := range t.data {
			t.data[i] = float32(r.NormFloat64() * std)
		}
	}
	const std = 0.02
	residual := std / math.Sqrt(2*float64(len(m.Blocks)))
	fill(m.WTE, std)
	fill(m.WPE, std)
	for _, b := range m.Blocks {
		fill(b.QKV.Weight, std)
		fill(b.Proj.Weight, residual)
		fill(b.Up.Weight, std)
		fill(b.Down.Weight, residual)
		b.LN1.reset()
		b.LN2.reset()
	}
	m.LNF.reset()
	if !m.Config.Tied {
		fill(m.LMHead, std)
	}
}

// reset makes the norm the plain one: gain 1, bias 0.
func (n Norm) reset() {
	for i := range n.Gain.data {
		n.Gain.data[i], n.Bias.data[i] = 1, 0
	}
}
