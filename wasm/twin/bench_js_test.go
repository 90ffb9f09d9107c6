package twin

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"glassbox/model/kernel"
	"glassbox/model/quant"
)

// versus measures two functions in turn, and reports how much work each has done in a second, in units of 1e9, and the ratio
// of their times: of the fastest turn of each, since what else the machine does only slows them down.
func versus(b *testing.B, unit string, work int, own, hand func()) {
	took := func(f func(), repeat int) time.Duration {
		begin := time.Now()
		for range repeat {
			f()
		}
		return time.Since(begin)
	}
	repeat := 1
	for took(hand, repeat) < 3*time.Millisecond { // the clock of a page goes in steps of 0.1
		repeat *= 2
	}
	var fastest [2]float64
	for b.Loop() {
		for i, f := range []func(){own, hand} {
			if each := float64(took(f, repeat).Nanoseconds()) / float64(repeat); fastest[i] == 0 || each < fastest[i] {
				fastest[i] = each
			}
		}
	}
	b.ReportMetric(float64(work)/fastest[0], "own-"+unit)
	b.ReportMetric(float64(work)/fastest[1], "hand-"+unit)
	b.ReportMetric(fastest[0]/fastest[1], "ratio")
	b.ReportMetric(0, "ns/op")
}

// used returns Go's twin, and what is used where the module is there.
func used(b *testing.B) (own, hand kernel.Table) {
	own, hand = both(b)
	return own, worth(own, hand)
}

// BenchmarkLinear runs through several matrices, as a model does, so that a row alone is as fast as its weights come from
// memory.
func BenchmarkLinear(b *testing.B) {
	own, hand := used(b)
	for _, s := range [][4]int{{64, 768, 3072, 3072}, {64, 768, 64, 2304}, {64, 3072, 768, 768}, {63, 768, 2304, 2304}, {12, 768, 3072, 3072}, {8, 768, 3072, 3072}, {6, 768, 3072, 3072}, {4, 768, 3072, 3072}, {2, 768, 3072, 3072}, {1, 768, 3072, 3072}, {1, 3072, 768, 768}, {1, 768, 64, 2304}, {1, 20, 64, 64}} {
		rows, k, n, stride := s[0], s[1], s[2], s[3]
		const layers = 4
		r := rand.New(rand.NewPCG(1, 2))
		out, x, w, bias := make([]float32, rows*n), numbers(r, rows*k, false), numbers(r, layers*k*stride, false), numbers(r, n, false)
		all := func(t kernel.Table) func() {
			return func() {
				for l := range layers {
					t.Linear(out, x, w[l*k*stride:], bias, rows, k, n, stride)
				}
			}
		}
		b.Run(fmt.Sprintf("%dx%dx%d", rows, k, n), func(b *testing.B) {
			versus(b, "GFLOP/s", layers*2*rows*k*n, all(own), all(hand))
		})
	}
}

func BenchmarkMatMulT(b *testing.B) {
	own, hand := used(b)
	for _, s := range [][3]int{{64, 768, 3072}, {64, 576, 1536}, {1, 768, 50257}, {1, 64, 20}, {1, 64, 200}} {
		rows, k, n := s[0], s[1], s[2]
		r := rand.New(rand.NewPCG(1, 2))
		out, x, w := make([]float32, rows*n), numbers(r, rows*k, false), numbers(r, k*n, false)
		all := func(t kernel.Table) func() { return func() { t.MatMulT(out, x, w, rows, k, n) } }
		b.Run(fmt.Sprintf("%dx%dx%d", rows, k, n), func(b *testing.B) {
			versus(b, "GFLOP/s", 2*rows*k*n, all(own), all(hand))
		})
	}
}

func BenchmarkPacked(b *testing.B) {
	own, hand := used(b)
	for _, as := range quant.Types() {
		for _, rows := range []int{1, 64} {
			const k, n = 768, 1536
			r := rand.New(rand.NewPCG(1, 2))
			out, x, w := make([]float32, rows*n), numbers(r, rows*k, false), blocks(r, as, k, n, true)
			scratch := make([]float32, kernel.ScratchLen(rows, k))
			all := func(t kernel.Table) func() { return func() { t.Packed(out, x, scratch, as, w, rows, k, n) } }
			b.Run(fmt.Sprintf("%s/%dx%dx%d", as, rows, k, n), func(b *testing.B) {
				versus(b, "GFLOP/s", 2*rows*k*n, all(own), all(hand))
			})
		}
	}
}

// BenchmarkCeilings measures what bounds a model on this machine: how fast one thread reads weights that it uses once, and how
// fast it multiplies where all stands in the cache.
func BenchmarkCeilings(b *testing.B) {
	own, hand := used(b)
	r := rand.New(rand.NewPCG(1, 2))
	const k, n = 768, 50257
	x, w, out := numbers(r, 512*k, false), numbers(r, k*n, false), make([]float32, 512*512)
	b.Run("reads", func(b *testing.B) {
		out := make([]float32, n)
		versus(b, "GB/s", 4*k*n, func() { own.MatMulT(out, x, w, 1, k, n) }, func() { hand.MatMulT(out, x, w, 1, k, n) })
	})
	b.Run("in cache", func(b *testing.B) {
		versus(b, "GFLOP/s", 2*512*128*64, func() { own.Linear(out, x, w, nil, 512, 128, 64, 64) }, func() { hand.Linear(out, x, w, nil, 512, 128, 64, 64) })
	})
}
