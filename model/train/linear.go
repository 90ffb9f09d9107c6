package train

import (
	"glassbox/model"
	"glassbox/model/kernel"
)

// linear sets out = x·weight + bias: (R, in) × (in, out) → (R, out).
func linear(out, x []float32, l model.Linear) {
	in, n := l.Weight.Shape()
	kernel.Linear(out, x, l.Weight.Data(), l.Bias.Data(), len(x)/in, in, n, n)
}

// linearBackward inverts
//
//	out = x·weight + bias
//
// Each weight[i,j] carries x[r,i] to out[r,j], in every row:
//
//	dx      = dout·weightᵀ       dx[r,i]      = Σ_j dout[r,j]·weight[i,j]
//	dweight = xᵀ·dout            dweight[i,j] = Σ_r x[r,i]·dout[r,j]
//	dbias   = Σ_r dout[r]
//
// dx may be the same slice as x, but not as dout.
func (p *pass) linearBackward(dx []float32, dl model.Linear, dout, x []float32, l model.Linear) {
	in, n := l.Weight.Shape()
	R := len(x) / in
	matMul(dl.Weight.Data(), p.transposed(x, R, in), dout, in, R, n) // (in, out)
	sumRows(dl.Bias.Data(), dout)                                    // (1, out)
	matMul(dx, dout, p.transposed(l.Weight.Data(), in, n), R, n, in) // (R, in)
}

// matMul sets out = a·b: (rows, k) × (k, n) → (rows, n).
func matMul(out, a, b []float32, rows, k, n int) {
	kernel.Linear(out, a, b, nil, rows, k, n, n)
}

// sumRows sets out to the sum of the rows of m, which are as long as out.
func sumRows(out, m []float32) {
	clear(out)
	for n := len(out); len(m) > 0; m = m[n:] {
		kernel.Add(out, out, m)
	}
}

// transposed returns mᵀ, (cols, rows), in scratch memory that the next call takes again.
func (p *pass) transposed(m []float32, rows, cols int) []float32 {
	out := p.scratchOf(rows * cols)
	transpose(out, m, rows, cols)
	return out
}

// tile is the side of the squares in which a matrix is transposed: one square of each matrix fits the
// first cache.
const tile = 32

// transpose sets out = mᵀ: (rows, cols) → (cols, rows).
func transpose(out, m []float32, rows, cols int) {
	for r0 := 0; r0 < rows; r0 += tile {
		r1 := min(r0+tile, rows)
		for c0 := 0; c0 < cols; c0 += tile {
			for c := c0; c < min(c0+tile, cols); c++ {
				to := out[c*rows:][:r1]
				for r := r0; r < r1; r++ {
					to[r] = m[r*cols+c]
				}
			}
		}
	}
}
