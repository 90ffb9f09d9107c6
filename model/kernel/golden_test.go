package kernel

import (
	"hash/fnv"
	"math"
	"testing"
)

// The golden number is the FNV-1a hash of the bits that every function here finds for fixed inputs.
// It is one for all builds: both twins, each width of the vectors, amd64, arm64 and wasm. A change
// of it changes, in the last place, what every model says; so it must be meant.
func TestAllBuildsFindTheSameBits(t *testing.T) {
	const golden = 0x8ffe3ab36d8931c4
	const rows, k, n = 5, 83, 57
	x, w, bias := random(rows*k), random(k*n), random(n)
	lin, mul := make([]float32, rows*n), make([]float32, rows*n)
	Linear(lin, x, w, bias, rows, k, n, n)
	MatMulT(mul, x, w, rows, k, n)
	all := append(lin, mul...)

	row := random(n)
	element := func(f func(out, x []float32)) {
		out := make([]float32, n)
		f(out, row)
		all = append(all, out...)
	}
	m := Max(row)
	mean := Mean(row)
	std := Std(row, mean, 1e-5)
	all = append(all, m, SumExp(row, m), mean, std, Dot(row, bias))
	element(Exp)
	element(Tanh)
	element(GELU)
	element(ErfGELU)
	element(ReLU)
	element(SiLU)
	element(func(out, x []float32) { Scale(out, x, 0.3) })
	element(func(out, x []float32) { Add(out, x, bias) })
	element(func(out, x []float32) { Softmax(out, x, m, SumExp(x, m)) })
	element(func(out, x []float32) { Normalize(out, x, mean, std, bias, bias) })

	h := fnv.New64a()
	for _, v := range all {
		b := math.Float32bits(v)
		h.Write([]byte{byte(b), byte(b >> 8), byte(b >> 16), byte(b >> 24)})
	}
	if h.Sum64() != golden {
		t.Errorf("hash of all results is %#x, want %#x", h.Sum64(), uint64(golden))
	}
}
