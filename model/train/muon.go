package train

import (
	"math"

	"github.com/chewxy/math32"
)

// muon holds the numbers of one step for the matrices inside the blocks.
//
// It is Muon (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024), with the
// scale of Liu et al., arXiv:2502.16982, equation 4, which makes its moves as large as AdamW's, so both share
// a learning rate and a decay.
type muon struct {
	momentum float32
	rate     float32
	keep     float32 // 1 − rate·decay
	clip     float32 // factor that clips the gradient
}

// update moves a matrix w, (rows, cols), by its gradient g, and the average of the gradients with it:
//
//	mean ← momentum·mean + g
//	w    ← w·(1 − rate·decay) − rate·0.2·√max(rows, cols)·orthogonal(momentum·mean + g)
//
// A gradient is mostly long in few directions, along which a plain step would move all; what is made
// orthogonal is equally long in all of them, and so the rare ones are learned as well.
func (u *muon) update(w, g, mean []float32, rows, cols int) {
	move := make([]float32, len(w))
	for i := range w {
		d := g[i] * u.clip
		mean[i] = float32(u.momentum*mean[i]) + d
		move[i] = float32(u.momentum*mean[i]) + d
	}
	orthogonalize(move, rows, cols)
	by := u.rate * 0.2 * math32.Sqrt(float32(max(rows, cols)))
	for i, d := range move {
		w[i] = float32(w[i]*u.keep) - float32(by*d)
	}
}

// The polynomial that orthogonalize applies, and how often: as Jordan et al. tuned it, it brings singular
// values from a thousandth on to between 0.7 and 1.2.
const (
	newtonA     = 3.4445
	newtonB     = -4.7750
	newtonC     = 2.0315
	newtonSteps = 5
)

// orthogonalize sets m, (rows, cols), nearly to UVᵀ, where m = UΣVᵀ is its singular value decomposition. Each
// step applies an odd polynomial to all singular values at once,
//
//	m ← a·m + (b·s + c·s²)·m    with s = m·mᵀ
//
// A matrix of zeros stays one.
func orthogonalize(m []float32, rows, cols int) {
	if rows > cols {
		turned := make([]float32, len(m))
		transpose(turned, m, rows, cols)
		orthogonalize(turned, cols, rows)
		transpose(m, turned, cols, rows)
		return
	}
	squares := float64(0)
	for _, v := range m {
		squares += float64(v) * float64(v)
	}
	if squares == 0 {
		return
	}
	length := float32(math.Sqrt(squares))
	for i := range m {
		m[i] /= length // so no singular value is above 1
	}
	turned, product := make([]float32, len(m)), make([]float32, len(m))
	s, s2 := make([]float32, rows*rows), make([]float32, rows*rows)
	for range newtonSteps {
		transpose(turned, m, rows, cols)
		matMul(s, m, turned, rows, cols, rows)
		matMul(s2, s, s, rows, rows, rows)
		for i := range s {
			s[i] = float32(newtonB*s[i]) + float32(newtonC*s2[i])
		}
		matMul(product, s, m, rows, rows, cols)
		for i := range m {
			m[i] = float32(newtonA*m[i]) + product[i]
		}
	}
}
