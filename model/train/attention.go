package train

import (
	"github.com/chewxy/math32"

	"glassbox/model/kernel"
)

// head is room for the numbers of one head in one text, and for their gradients.
type head struct {
	T, A          int
	q, k, v       []float32 // (T, A)
	dq, dk, dv    []float32 // (T, A)
	dmix          []float32 // (T, A)
	dscores, turn []float32 // (T, T); turn holds transposes, as narrow does
	narrow        []float32 // (A, T)
}

func newHead(T, A int) head {
	h := head{T: T, A: A}
	for _, s := range []*[]float32{&h.q, &h.k, &h.v, &h.dq, &h.dk, &h.dv, &h.dmix, &h.narrow} {
		*s = make([]float32, T*A)
	}
	h.dscores, h.turn = make([]float32, T*T), make([]float32, T*T)
	return h
}

// take copies the head's columns, which begin at col, out of a matrix of T rows and cols columns.
func (h *head) take(out, m []float32, col, cols int) {
	for t := range h.T {
		copy(out[t*h.A:][:h.A], m[t*cols+col:])
	}
}

// put copies the head's columns back into such a matrix.
func (h *head) put(m, in []float32, col, cols int) {
	for t := range h.T {
		copy(m[t*cols+col:][:h.A], in[t*h.A:])
	}
}

// masked returns row t of a (T, T) matrix up to token t, and clears the rest: the later tokens.
func (h *head) masked(m []float32, t int) []float32 {
	row := m[t*h.T:][:h.T]
	clear(row[t+1:])
	return row[:t+1]
}

// attention lets each token gather from the earlier ones of its text, once per head:
//
//	scores = q·kᵀ/√A       attention = softmax(scores)       mix = attention·v
//
// It fills a.attention, (B, H, T, T), and a.mix, (R, C), from a.qkv, (R, 3C).
func (p *pass) attention(a *block) {
	C, H, T, h := p.c.Width, p.c.Heads, p.T, &p.head
	for i := range p.B * H {
		qkv := a.qkv[i/H*T*3*C:][:T*3*C]
		mix := a.mix[i/H*T*C:][:T*C]
		col := i % H * h.A
		h.take(h.q, qkv, col, 3*C)
		h.take(h.k, qkv, C+col, 3*C)
		h.take(h.v, qkv, 2*C+col, 3*C)
		h.forward(a.attention[i*T*T:][:T*T])
		h.put(mix, h.dmix, col, C)
	}
}

// forward fills attention, (T, T), with zeros above its diagonal, and writes the mix, (T, A), to h.dmix. The
// scores of later tokens are computed and thrown away: one product of whole matrices takes less time than
// T of rows.
func (h *head) forward(attention []float32) {
	T, A := h.T, h.A
	transpose(h.narrow, h.k, T, A)
	matMul(attention, h.q, h.narrow, T, A, T)
	for t := range T {
		s := h.masked(attention, t)
		kernel.Scale(s, s, 1/math32.Sqrt(float32(A)))
		largest := kernel.Max(s)
		kernel.Softmax(s, s, largest, kernel.SumExp(s, largest))
	}
	matMul(h.dmix, attention, h.v, T, T, A)
}

// attentionBackward inverts attention: from dmix, (R, C), it sets p.dqkv, (R, 3C).
func (p *pass) attentionBackward(a *block, dmix []float32) {
	C, H, T, h := p.c.Width, p.c.Heads, p.T, &p.head
	for i := range p.B * H {
		qkv := a.qkv[i/H*T*3*C:][:T*3*C]
		dqkv := p.dqkv[i/H*T*3*C:][:T*3*C]
		col := i % H * h.A
		h.take(h.q, qkv, col, 3*C)
		h.take(h.k, qkv, C+col, 3*C)
		h.take(h.v, qkv, 2*C+col, 3*C)
		h.take(h.dmix, dmix[i/H*T*C:], col, C)
		h.backward(a.attention[i*T*T:][:T*T])
		h.put(dqkv, h.dq, col, 3*C)
		h.put(dqkv, h.dk, C+col, 3*C)
		h.put(dqkv, h.dv, 2*C+col, 3*C)
	}
}

// backward inverts, last line first,
//
//	scores[t,u]    = q[t]·k[u]/√A            for u ≤ t
//	attention[t]   = softmax(scores[t])
//	mix[t]         = Σ_u attention[t,u]·v[u]
//
// A value v[u] is read by every token from u on, and so is a key k[u]; a query by its own token alone:
//
//	dattention[t,u] = dmix[t]·v[u]
//	dv[u]           = Σ_t≥u attention[t,u]·dmix[t]
//	dscores[t]      = softmaxBackward(dattention[t])
//	dq[t]           = Σ_u≤t dscores[t,u]·k[u]/√A
//	dk[u]           = Σ_t≥u dscores[t,u]·q[t]/√A
func (h *head) backward(attention []float32) {
	T, A := h.T, h.A
	transpose(h.narrow, h.v, T, A)
	matMul(h.dscores, h.dmix, h.narrow, T, A, T) // dattention
	for t := range T {
		d := h.masked(h.dscores, t)
		softmaxBackward(d, attention[t*T:][:t+1])
		kernel.Scale(d, d, 1/math32.Sqrt(float32(A)))
	}
	matMul(h.dq, h.dscores, h.k, T, T, A)
	transpose(h.turn, attention, T, T)
	matMul(h.dv, h.turn, h.dmix, T, T, A)
	transpose(h.turn, h.dscores, T, T)
	matMul(h.dk, h.turn, h.q, T, T, A)
}

// softmaxBackward inverts
//
//	p = exp(x)/Σ exp(x)
//
// Raising one x raises its own p and lowers all others, in proportion:
//
//	dx[i] = p[i]·(dp[i] − Σ_j dp[j]·p[j])
//
// It turns dp into dx in place.
func softmaxBackward(dp, p []float32) {
	along := kernel.Dot(dp, p)
	for i, v := range p {
		dp[i] = float32(v * (dp[i] - along))
	}
}
