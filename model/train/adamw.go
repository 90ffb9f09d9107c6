package train

import "github.com/chewxy/math32"

// adamW holds the numbers of one step that are the same for all weights.
type adamW struct {
	beta1, beta2, epsilon float32
	rest1, rest2          float32 // 1 − beta1, 1 − beta2
	rate                  float32 // divided by 1 − beta1ᵗ
	spread                float32 // 1/√(1 − beta2ᵗ)
	keep                  float32 // 1 − rate·decay, for matrices
	clip                  float32 // factor that clips the gradient
}

// update moves weights w by their gradients g, and the averages of the gradients and of their squares with
// them. It is AdamW (Loshchilov and Hutter, arXiv:1711.05101, algorithm 2): with step t counted from 1,
//
//	mean   ← β₁·mean + (1 − β₁)·g
//	square ← β₂·square + (1 − β₂)·g²
//	w      ← w·(1 − rate·decay) − rate·(mean/(1 − β₁ᵗ)) / (√(square/(1 − β₂ᵗ)) + ε)
//
// The divisions by 1 − βᵗ make up for averages that began at zero. So each weight moves by about the
// rate, however large its gradient. The decay, for matrices alone, pulls weights that nothing needs
// to zero.
func (a *adamW) update(w, g, mean, square []float32, matrix bool) {
	keep := float32(1)
	if matrix {
		keep = a.keep
	}
	g, mean, square = g[:len(w)], mean[:len(w)], square[:len(w)]
	for i, x := range w {
		d := g[i] * a.clip
		m := float32(a.beta1*mean[i]) + float32(a.rest1*d)
		s := float32(a.beta2*square[i]) + float32(float32(a.rest2*d)*d)
		mean[i], square[i] = m, s
		move := a.rate * m / (float32(math32.Sqrt(s)*a.spread) + a.epsilon)
		w[i] = float32(x*keep) - move
	}
}
