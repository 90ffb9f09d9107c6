package model

import (
	"glassbox/model/kernel"
	"glassbox/model/quant"
)

// packed is a weight as its file holds it, in blocks: a row at a time is made float32 when it is needed, so that a quantised
// model takes no more memory than its file.
type packed struct {
	as     quant.Type
	data   []byte
	k      int  // values of a stored row: the inputs of one output
	turned bool // a stored row is a column of the tensor: GPT-2's matrices are (in, out), and GGUF stores (out, in)

	scratch []float32 // a few stored rows as float32, and their products
}

// packedRows is how many stored rows are made float32 at a time.
const packedRows = 16

// pack makes t hold its values as a file does. turned: a stored row is a column of t.
func (t *Tensor) pack(as quant.Type, data []byte, turned bool) {
	t.packed = &packed{as: as, data: data, k: t.Cols, turned: turned}
	if turned {
		t.packed.k = t.Rows
	}
}

// Type returns the element type in which a weight is held.
func (t *Tensor) Type() quant.Type {
	if t.packed == nil {
		return quant.F32
	}
	return t.packed.as
}

// Parts says how a weight that is held in blocks is made: see quant.Explain. ok is false for one that is held as float32.
func (t *Tensor) Parts(r, c int) (parts quant.Parts, ok bool) {
	if t.packed == nil {
		return parts, false
	}
	stored, i := t.packed.place(r, c)
	return quant.Explain(t.packed.as, t.packed.stored(stored, 1), i), true
}

// values returns all values of a weight, row by row, a row that tokens share only once. The caller must not change them.
func (t *Tensor) values() []float32 {
	if t.packed == nil {
		return t.data
	}
	out := make([]float32, t.Rows*t.Cols)
	quant.Decode(out, t.packed.as, t.packed.data)
	if t.packed.turned {
		return transpose(out, t.Cols, t.Rows)
	}
	return out
}

// place returns the stored row of cell (r, c), and the place in it.
func (p *packed) place(r, c int) (row, i int) {
	if p.turned {
		return c, r
	}
	return r, c
}

// stored returns the bytes of n stored rows.
func (p *packed) stored(row, n int) []byte {
	size, _ := p.as.RowBytes(p.k) // a whole number of blocks, since it was read
	return p.data[row*size:][:n*size]
}

// row returns row r of the tensor, which has n columns, in memory of its own.
func (p *packed) row(r, n int) []float32 {
	out := make([]float32, n)
	if !p.turned {
		quant.Decode(out, p.as, p.stored(r, 1))
		return out
	}
	for c := range out {
		out[c] = quant.At(p.as, p.stored(c, 1), r)
	}
	return out
}

// at returns the value of cell (r, c).
func (p *packed) at(r, c int) float32 {
	row, i := p.place(r, c)
	return quant.At(p.as, p.stored(row, 1), i)
}

// multiplyPacked sets out to x·v for n rows of x. Each product is that of kernel.MatMulT, whatever n is.
func (v View) multiplyPacked(out, x []float32, n int) {
	p, first, outs := v.packed, v.From, v.Count
	if p.turned {
		first, outs = v.Col, v.Cols
	}
	if need := packedRows * (p.k + n); len(p.scratch) < need {
		p.scratch = make([]float32, need)
	}
	rows, products := p.scratch[:packedRows*p.k], p.scratch[packedRows*p.k:]
	for at := 0; at < outs; at += packedRows {
		m := min(packedRows, outs-at)
		quant.Decode(rows[:m*p.k], p.as, p.stored(first+at, m))
		kernel.MatMulT(products, x, rows, n, p.k, m)
		for r := range n {
			copy(out[r*outs+at:][:m], products[r*m:][:m])
		}
	}
}
