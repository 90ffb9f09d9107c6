package train

import "glassbox/model/kernel"

// √(2/π) and the weight of the cube, both from the tanh form of GELU (arXiv:1606.08415, section 2).
const (
	geluRoot = 0.7978845608028654
	geluCube = 0.044715
)

// geluBackward inverts
//
//	y = ½x(1 + t)    with t = tanh(u), u = √(2/π)·(x + 0.044715x³)
//
// By the product rule, with tanh'(u) = 1 − t²:
//
//	dx = dy·(½(1 + t) + ½x(1 − t²)·√(2/π)·(1 + 3·0.044715x²))
//
// It turns dy into dx in place; t is scratch memory of the same length.
func geluBackward(dy, x, t []float32) {
	dy, t = dy[:len(x)], t[:len(x)]
	for i, v := range x {
		t[i] = float32(v*geluRoot) * (float32(float32(v*v)*geluCube) + 1) // u
	}
	kernel.Tanh(t, t)
	for i, v := range x {
		bend := 1 - float32(t[i]*t[i])
		slope := float32(float32(float32(v*v)*(3*geluCube))*geluRoot) + geluRoot
		slope = float32(float32(v*bend) * slope)
		dy[i] *= 0.5 * (1 + t[i] + slope)
	}
}
