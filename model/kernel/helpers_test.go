package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model/quant"
)

// random returns n numbers from −2 to 2, the same for the same n on every machine.
func random(n int) []float32 {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	x := make([]float32, n)
	for i := range x {
		x[i] = 4*r.Float32() - 2
	}
	return x
}

// packed returns n rows of k numbers in the blocks of a type, with ordinary scales, and how many bytes a row has.
func packed(t testing.TB, as quant.Type, n, k int) (w []byte, size int) {
	t.Helper()
	size, err := as.RowBytes(k)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	w = make([]byte, n*size)
	for i := range w {
		w[i] = byte(r.Uint32())&0x1f | 0x20 // a scale is neither infinite nor subnormal
	}
	return w, size
}

// sameBits fails the test unless got and want are equal bit for bit; all NaNs count as one.
func sameBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d elements, want %d", what, len(got), len(want))
	}
	for i, g := range got {
		if math.Float32bits(g) != math.Float32bits(want[i]) && (g == g || want[i] == want[i]) {
			t.Fatalf("%s: element %d is %v, want %v, to the last bit", what, i, g, want[i])
		}
	}
}

// columns returns columns from up to to of m, which has rows of n.
func columns(m []float32, n, from, to int) []float32 {
	var c []float32
	for r := 0; r < len(m); r += n {
		c = append(c, m[r+from:r+to]...)
	}
	return c
}

// A twin is one implementation of the two matrix products.
type twin struct {
	name    string
	linear  func(out, x, w, bias []float32, rows, k, n, stride int)
	matMulT func(out, x, w []float32, rows, k, n int)
}

// twins returns the plain twin and, where it is another, the one that this build runs.
func twins() []twin {
	all := []twin{{"plain", func(out, x, w, bias []float32, rows, k, n, stride int) {
		plainLinear(out, x, w, bias, rows, k, n, n, stride)
	}, func(out, x, w []float32, rows, k, n int) { plainMatMulT(out, x, w, rows, k, n, n) }}, {Name(), Linear, MatMulT}}
	if Name() == "plain" {
		return all[:1]
	}
	return all
}

// eachTwin runs f for both twins and for sums of several lengths.
func eachTwin(t *testing.T, f func(t *testing.T, tw twin, k int)) {
	for _, tw := range twins() {
		for _, k := range []int{1, 3, 8, 16, 31, 48, 67} {
			t.Run(fmt.Sprintf("%s/k=%d", tw.name, k), func(t *testing.T) { f(t, tw, k) })
		}
	}
}

// special returns numbers at which something could go wrong, then n ordinary ones.
func special(n int) []float32 {
	inf := float32(math.Inf(1))
	x := []float32{0, float32(math.Copysign(0, -1)), inf, -inf, float32(math.NaN()), 1, -1,
		math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32,
		1e-38, -1e-38, 0.625, -0.625, 88.5, 88.722839, 88.72284, 89, 104, -87.4, -103.97, -104, -1000}
	return append(x, random(n)...)
}
