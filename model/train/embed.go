package train

import (
	"glassbox/model"
	"glassbox/model/kernel"
)

// embed sets x[r] = wte[id of r] + wpe[position of r]: (R, C).
func embed(x []float32, b Batch, wte, wpe *model.Tensor) {
	C := wte.Cols
	for r, id := range b.IDs {
		kernel.Add(x[r*C:][:C], wte.Row(id), wpe.Row(r%b.T))
	}
}

// embedBackward inverts
//
//	x[r] = wte[id] + wpe[t]
//
// A row of the tables has moved every x that it was added to:
//
//	dwte[id] = Σ dx[r] over the rows with this id
//	dwpe[t]  = Σ dx[r] over the rows at this position
//
// Both are added to what is there: a tied wte already has its gradient as output projection.
func embedBackward(dwte, dwpe *model.Tensor, dx []float32, b Batch) {
	C := dwte.Cols
	for r, id := range b.IDs {
		for _, row := range [][]float32{dwte.Row(id), dwpe.Row(r % b.T)} {
			kernel.Add(row, row, dx[r*C:][:C])
		}
	}
}

// unembed sets logits = x·headᵀ: (R, C) × (V, C)ᵀ → (R, V).
func (p *pass) unembed(logits, x []float32, head *model.Tensor) {
	V, C := head.Shape()
	matMul(logits, x, p.transposed(head.Data(), V, C), len(x)/C, C, V)
}

// unembedBackward inverts
//
//	logits = x·headᵀ
//
// which is a product of two matrices, as in linearBackward, but with head the other way round:
//
//	dx    = dlogits·head         dx[r,i]    = Σ_v dlogits[r,v]·head[v,i]
//	dhead = (xᵀ·dlogits)ᵀ        dhead[v,i] = Σ_r x[r,i]·dlogits[r,v]
func (p *pass) unembedBackward(dx []float32, dhead *model.Tensor, dlogits, x []float32, head *model.Tensor) {
	V, C := head.Shape()
	R := len(x) / C
	room := p.scratchOf(C*R + C*V)
	turned, product := room[:C*R], room[C*R:]
	transpose(turned, x, R, C)
	matMul(product, turned, dlogits, C, R, V) // (C, V)
	transpose(dhead.Data(), product, C, V)    // (V, C)
	matMul(dx, dlogits, head.Data(), R, V, C) // (R, C)
}
