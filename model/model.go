// Package model is a GPT in float32 that keeps every number it computes: its sizes and
// weights, the steps of a run, sampling, and the explanation of each number.
//
// Sizes have one letter each, in every comment of this repository:
//
//	T  tokens in the context        H  heads               A  size of one head, C/H
//	C  width of the residual stream L  transformer blocks  V  words in the vocabulary
//
// and one more where tokens of the vocabulary share rows of the token embedding (see
// [Sharing]): D, the rows that differ. Shapes are those of V all the same.
//
// Begin with [GPT2.forward] in gpt2.go, or with [Llama.forward] in llama.go: each is a whole network, once, in the order
// of the papers. It records a [Trace], the list of [Step]s with their operations, inputs
// and shapes. [Trace.Run] then fills the steps with numbers, and [Trace.Explain] says of
// any number which others it was made from.
//
// The first family is GPT-2 (Radford et al., "Language Models are Unsupervised
// Multitask Learners", 2019): learned positions, layer norm before each sublayer, causal
// attention (Vaswani et al., "Attention Is All You Need", 2017), the tanh form of GELU
// (Hendrycks and Gimpel, arXiv:1606.08415). Weights carry the tensor names of the
// published checkpoints, and linear weights are stored (in, out), as there. The second is Llama, with its kin; what
// differs stands above its forward.
package model

import (
	"glassbox/model/quant"
	"math/rand/v2"
	"slices"
)

// A Model is a configuration and its weights: those of the family that the configuration names.
type Model struct {
	Config Config
	*GPT2
	*Llama

	Sharing *Sharing // which tokens share a row of GPT-2's WTE; nil: none do

	network network
}

// A network is the weights of one family, and what they do.
type network interface {
	forward(tr *Trace, c Config)       // records the steps of a run
	read(tr *Trace, c Config, x *Step) // records its last ones, from the residual stream x on
	parameters() []*Tensor             // in the order of the published checkpoints, tied weights once
	randomize(d *dice)                 // draws the weights as those of the family are before training
}

// Norm is the gain and bias of a layer norm, (1, C) each; an RMS norm has no bias.
type Norm struct{ Gain, Bias *Tensor }

// Linear is x·Weight + Bias. Weight is (in, out), as in GPT-2, or ByRow (out, in), as in Llama. Bias is (1, out), or nil if
// the layer has none.
type Linear struct {
	Weight, Bias *Tensor
	ByRow        bool
}

// New returns a model with the shapes of c and all weights zero. It fails if c is invalid.
// With c.Distinct the tokens from Distinct−1 on share the last row.
func New(c Config) (*Model, error) {
	m, err := Skeleton(c)
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

// Skeleton returns a model whose tensors have names and shapes, but no values.
func Skeleton(c Config) (*Model, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	m := &Model{Config: c}
	switch c.Family {
	case FamilyLlama:
		m.Llama = newLlama(c)
		m.network = m.Llama
	default:
		m.GPT2 = newGPT2(c)
		m.network = m.GPT2
	}
	return m, nil
}

func weight(name string, rows, cols dim) *Tensor {
	return &Tensor{Name: name, Rows: rows.n, RowAxis: rows.axis, Cols: cols.n, ColAxis: cols.axis}
}

// Parameters returns the weights in the order of the published checkpoints. Tied
// weights appear once.
func (m *Model) Parameters() []*Tensor { return m.network.parameters() }

// Vector reports whether a weight is published as a vector, [n], rather than a
// matrix: the gains and biases.
func (m *Model) Vector(t *Tensor) bool { return t.RowAxis == AxisOne }

// Randomize draws the weights as those of the model's family are before training: normal with deviation 0.02, in GPT-2 the
// projections into the residual stream narrower by √(2L), gains one, biases zero.
// The same seed gives the same weights everywhere.
func (m *Model) Randomize(seed uint64) {
	m.network.randomize(&dice{rand.New(rand.NewPCG(seed, 0))})
}

// deviation is that of the weights before training, in both families.
const deviation = 0.02

// dice draws weights.
type dice struct{ r *rand.Rand }

// fill draws the values of a weight, normal with deviation std.
func (d *dice) fill(t *Tensor, std float64) {
	for i := range t.data {
		t.data[i] = float32(d.r.NormFloat64() * std)
	}
}

// reset makes the norm the plain one: gain 1, bias 0.
func (n Norm) reset() {
	for i := range n.Gain.data {
		n.Gain.data[i] = 1
		if n.Bias != nil {
			n.Bias.data[i] = 0
		}
	}
}

// StoredShape returns the shape that a weight has in a published file: [n] for a gain or
// bias, [rows, columns] otherwise; D rows for an embedding whose rows tokens share.
func (m *Model) StoredShape(p *Tensor) []int {
	switch {
	case m.Vector(p):
		return []int{p.Cols}
	case m.GPT2 != nil && p == m.WTE:
		return []int{m.Config.Rows(), p.Cols}
	}
	return []int{p.Rows, p.Cols}
}

// size returns the number of values of a weight.
func (m *Model) size(p *Tensor) int {
	n := 1
	for _, d := range m.StoredShape(p) {
		n *= d
	}
	return n
}

// Bytes returns how much memory the weights take.
func (m *Model) Bytes() (n int64) {
	for _, p := range m.Parameters() {
		if n += 4 * int64(len(p.data)); p.packed != nil {
			n += int64(len(p.packed.data))
		}
	}
	return n
}

// Types lists the element types of a model's matrices as its file held them, the most frequent first.
func (m *Model) Types() (list []quant.Type) {
	count := map[quant.Type]int{}
	for _, p := range m.Parameters() {
		if !m.Vector(p) {
			count[p.Type()] += p.Rows * p.Cols
		}
	}
	for t := range count {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b quant.Type) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return int(a) - int(b)
	})
	return list
}
