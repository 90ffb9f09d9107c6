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
func unembed(logits, x []float32, head *model.Tensor) {
	V, C := head.Shape()
	kernel.MatMulT(logits, x, head.Data(), len(x)/C, C, V)
}

// unembedBackward inverts
//
//	logits = x·headᵀ
//
// which is a product of two matrices, as in linearBackward, but with head the other way round:
//
//	dx    = dlogits·head         dx[r,i]    = Σ_v dlogits[r,v]·head[v,i]
//	dhead = dlogitsᵀ·x           dhead[v,i] = Σ_r dlogits[r,v]·x[r,i]
func (p *pass) unembedBackward(dx []float32, dhead *model.Tensor, dlogits, x []float32, head *model.Tensor) {
	V, C := head.Shape()
	R := len(x) / C
	matMul(dhead.Data(), p.transposed(dlogits, R, V), x, V, R, C) // (V, C)
	matMul(dx, dlogits, head.Data(), R, V, C)                     // (R, C)
}
