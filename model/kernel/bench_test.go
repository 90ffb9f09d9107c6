package kernel

import (
	"fmt"
	"testing"

	"glassbox/model/quant"
)

// measure runs f as a benchmark named for the twin that it calls. work is the number of floating
// point operations of one call; where it is 0, the time of one of n elements is reported instead.
func measure(b *testing.B, twin string, work, n int, f func()) {
	b.Run(twin, func(b *testing.B) {
		for b.Loop() {
			f()
		}
		each := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
		if work > 0 {
			b.ReportMetric(float64(work)/each, "GFLOP/s")
		} else {
			b.ReportMetric(each/float64(n), "ns/elem")
		}
	})
}

func BenchmarkLinear(b *testing.B) {
	for _, s := range [][3]int{{11, 48, 144}, {1, 128, 512}, {32, 128, 512}, {1, 768, 3072}, {64, 768, 3072}, {512, 128, 512}, {512, 128, 128}, {128, 512, 3300}, {3300, 512, 128}} {
		rows, k, n := s[0], s[1], s[2]
		out, x, w, bias := make([]float32, rows*n), random(rows*k), random(k*n), random(n)
		b.Run(fmt.Sprintf("%dx%dx%d", rows, k, n), func(b *testing.B) {
			measure(b, "plain", 2*rows*k*n, 0, func() { plainLinear(out, x, w, bias, rows, k, n, n, n) })
			measure(b, Name(), 2*rows*k*n, 0, func() { Linear(out, x, w, bias, rows, k, n, n) })
		})
	}
}

func BenchmarkMatMulT(b *testing.B) {
	for _, s := range [][3]int{{11, 16, 11}, {64, 64, 64}, {1, 128, 512}, {1, 128, 50257}, {1, 768, 50257}} {
		rows, k, n := s[0], s[1], s[2]
		out, x, w := make([]float32, rows*n), random(rows*k), random(k*n)
		b.Run(fmt.Sprintf("%dx%dx%d", rows, k, n), func(b *testing.B) {
			measure(b, "plain", 2*rows*k*n, 0, func() { plainMatMulT(out, x, w, rows, k, n, n) })
			measure(b, Name(), 2*rows*k*n, 0, func() { MatMulT(out, x, w, rows, k, n) })
		})
	}
}

// BenchmarkMatMulPacked compares one row of x times packed rows that are unpacked first with what is done otherwise.
func BenchmarkMatMulPacked(b *testing.B) {
	const k, n = 768, 1536
	x, out, scratch := random(k), make([]float32, n), make([]float32, ScratchLen(1, k))
	for _, as := range []quant.Type{quant.Q4_0, quant.Q4_1, quant.Q5_0, quant.Q8_0, quant.Q4_K, quant.Q6_K} {
		w, size := packed(b, as, n, k)
		b.Run(as.String(), func(b *testing.B) {
			measure(b, "unpacked first", 2*k*n, 0, func() { unpackAndMultiply(out, x, scratch, as, w, 1, k, n, size) })
			measure(b, Name(), 2*k*n, 0, func() { matMulPacked(out, x, scratch, as, w, 1, k, n) })
		})
	}
}

func BenchmarkGELU(b *testing.B) {
	x := random(6144)
	out := make([]float32, len(x))
	measure(b, "plain", 0, len(x), func() { plainGELU(out, x) })
	measure(b, Name(), 0, len(x), func() { GELU(out, x) })
}

func BenchmarkErfGELU(b *testing.B) {
	x := random(6144)
	out := make([]float32, len(x))
	measure(b, "plain", 0, len(x), func() { plainErfGELU(out, x) })
	measure(b, Name(), 0, len(x), func() { ErfGELU(out, x) })
}

func BenchmarkTanh(b *testing.B) {
	x := random(6144)
	out := make([]float32, len(x))
	measure(b, "plain", 0, len(x), func() { plainTanh(out, x) })
	measure(b, Name(), 0, len(x), func() { Tanh(out, x) })
}

func BenchmarkSoftmax(b *testing.B) {
	for _, n := range []int{11, 64, 50257} {
		x := random(n)
		out := make([]float32, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			measure(b, "plain", 0, n, func() {
				m := plainMax(x)
				plainSoftmax(out, x, m, plainSumExp(x, m))
			})
			measure(b, Name(), 0, n, func() {
				m := Max(x)
				Softmax(out, x, m, SumExp(x, m))
			})
		})
	}
}

func BenchmarkLayerNorm(b *testing.B) {
	for _, n := range []int{48, 128} {
		x, gain, bias := random(n), random(n), random(n)
		out := make([]float32, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			measure(b, "plain", 0, n, func() {
				mean := plainSum(x) / float32(n)
				std := sqrt(plainSumSquares(x, mean)/float32(n) + 1e-5)
				plainNormalize(out, x, mean, std, gain, bias)
			})
			measure(b, Name(), 0, n, func() {
				mean := Mean(x)
				Normalize(out, x, mean, Std(x, mean, 1e-5), gain, bias)
			})
		})
	}
}
