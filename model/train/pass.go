package train

import (
	"glassbox/model"
	"glassbox/model/kernel"
)

// A pass holds the numbers of the forward and backward pass of one batch.
type pass struct {
	c    model.Config
	B, T int

	embedded []float32 // (R, C)
	blocks   []block
	lnf      norm      // (R, C)
	logits   []float32 // (R, V); on the way back, their gradient

	dx, dn  []float32 // (R, C): gradients of the residual stream, and of a branch off it
	dqkv    []float32 // (R, 3C)
	dwide   []float32 // (R, 4C)
	head    head
	scratch []float32
}

// A block holds the numbers of one transformer block.
type block struct {
	ln1       norm      // (R, C)
	qkv       []float32 // (R, 3C)
	attention []float32 // (B, H, T, T), zero above the diagonal
	mix       []float32 // (R, C)
	middle    []float32 // (R, C): the residual stream behind the attention
	ln2       norm      // (R, C)
	up, gelu  []float32 // (R, 4C)
	out       []float32 // (R, C): the residual stream behind the block
}

// newPass returns room for B texts of T tokens.
func newPass(c model.Config, B, T int) *pass {
	R, C := B*T, c.Width
	rows := func(cols int) []float32 { return make([]float32, R*cols) }
	p := &pass{
		c: c, B: B, T: T,
		embedded: rows(C), lnf: newNorm(R, C), logits: rows(c.Vocab),
		dx: rows(C), dn: rows(C), dqkv: rows(3 * C), dwide: rows(c.Wide()),
		head: newHead(T, c.HeadSize()),
	}
	for range c.Blocks {
		p.blocks = append(p.blocks, block{
			ln1: newNorm(R, C), qkv: rows(3 * C), attention: rows(c.Heads * T), mix: rows(C), middle: rows(C),
			ln2: newNorm(R, C), up: rows(c.Wide()), gelu: rows(c.Wide()), out: rows(C),
		})
	}
	return p
}

// scratchOf returns n numbers of memory that the next call takes again.
func (p *pass) scratchOf(n int) []float32 {
	if cap(p.scratch) < n {
		p.scratch = make([]float32, n)
	}
	return p.scratch[:n]
}

// forward fills p with the numbers of a batch: the network of model/gpt2.go once more, for many
// texts at once, all heads of a block in one product.
func (p *pass) forward(m *model.Model, b Batch) {
	x := p.embedded
	embed(x, b, m.WTE, m.WPE) // (R, C)
	for l, w := range m.Blocks {
		a := &p.blocks[l]
		a.ln1.forward(x, w.LN1)           // (R, C)
		linear(a.qkv, a.ln1.out, w.QKV)   // (R, 3C)
		p.attention(a)                    // (R, C)
		linear(a.middle, a.mix, w.Proj)   // (R, C)
		kernel.Add(a.middle, x, a.middle) // (R, C)

		a.ln2.forward(a.middle, w.LN2)     // (R, C)
		linear(a.up, a.ln2.out, w.Up)      // (R, 4C)
		kernel.GELU(a.gelu, a.up)          // (R, 4C)
		linear(a.out, a.gelu, w.Down)      // (R, C)
		kernel.Add(a.out, a.middle, a.out) // (R, C)
		x = a.out
	}
	p.lnf.forward(x, m.LNF)                  // (R, C)
	p.unembed(p.logits, p.lnf.out, m.LMHead) // (R, V)
}

// backward sets g, which has the shapes of m, to the gradient of the loss, given the logits' gradient in
// p.logits. It is forward read from the last line to the first. All weights are set, for each is used
// once; only an embedding is added, for a tied one is used twice.
func (p *pass) backward(g, m *model.Model, b Batch) {
	clear(g.WTE.Data())
	clear(g.WPE.Data())
	clear(p.dx)
	p.unembedBackward(p.dn, g.LMHead, p.logits, p.lnf.out, m.LMHead)  // (R, C)
	p.lnf.backward(p.dx, g.LNF, p.dn, p.stream(len(m.Blocks)), m.LNF) // (R, C)
	for l := len(m.Blocks) - 1; l >= 0; l-- {
		p.blockBackward(&g.Blocks[l], &m.Blocks[l], &p.blocks[l], p.stream(l))
	}
	embedBackward(g.WTE, g.WPE, p.dx, b)
}

// stream returns the residual stream in front of block l, (R, C).
func (p *pass) stream(l int) []float32 {
	if l == 0 {
		return p.embedded
	}
	return p.blocks[l-1].out
}

// blockBackward inverts
//
//	middle = x + proj(attention(ln_1(x)))
//	out    = middle + down(gelu(up(ln_2(middle))))
//
// An addition hands its gradient on to both sides: p.dx, at first dout, gets the gradient of each branch
// added where the branch leaves the stream, and becomes dmiddle, then the gradient of x.
func (p *pass) blockBackward(dw, w *model.Block, a *block, x []float32) {
	p.linearBackward(p.dwide, dw.Down, p.dx, a.gelu, w.Down) // (R, 4C)
	geluBackward(p.dwide, a.up, p.scratchOf(len(a.up)))      // (R, 4C)
	p.linearBackward(p.dn, dw.Up, p.dwide, a.ln2.out, w.Up)  // (R, C)
	a.ln2.backward(p.dx, dw.LN2, p.dn, a.middle, w.LN2)      // (R, C)

	p.linearBackward(p.dn, dw.Proj, p.dx, a.mix, w.Proj)     // (R, C)
	p.attentionBackward(a, p.dn)                             // (R, 3C)
	p.linearBackward(p.dn, dw.QKV, p.dqkv, a.ln1.out, w.QKV) // (R, C)
	a.ln1.backward(p.dx, dw.LN1, p.dn, x, w.LN1)             // (R, C)
}
