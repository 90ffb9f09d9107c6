package kernel

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"glassbox/model/quant"
)

// sharedSizes are rows, k and n of products that are shared between cores: one row, few, many; columns that fill vectors and
// some that don't.
var sharedSizes = [][3]int{{1, 512, 1031}, {3, 768, 640}, {7, 96, 4099}, {64, 128, 257}, {70, 256, 768}, {128, 1024, 65}}

// withCores runs f with each number of cores, and hands it what to call the result.
func withCores(t *testing.T, f func(t *testing.T)) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, n := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(n)
		t.Run(fmt.Sprintf("%d cores", n), f)
	}
}

func TestTheNumberOfCoresChangesNoBit(t *testing.T) {
	for _, s := range sharedSizes {
		rows, k, n := s[0], s[1], s[2]
		if cores(rows*k*n) < 2 && runtime.GOMAXPROCS(0) > 1 {
			t.Fatalf("%v is too small to be shared", s)
		}
		x, w, bias, wide := random(rows*k), random(k*n), random(n), n+5
		far := random(k * wide)
		want, wantT, wantFar := make([]float32, rows*n), make([]float32, rows*n), make([]float32, rows*n)
		linearPart(want, x, w, bias, rows, k, n, n, n)
		matMulTPart(wantT, x, w, rows, k, n, n)
		linearPart(wantFar, x, far, nil, rows, k, n, n, wide)
		withCores(t, func(t *testing.T) {
			got := random(rows * n)
			Linear(got, x, w, bias, rows, k, n, n)
			sameBits(t, fmt.Sprint("Linear ", s), got, want)
			Linear(got, x, far, nil, rows, k, n, wide)
			sameBits(t, fmt.Sprint("Linear of a part of w ", s), got, wantFar)
			MatMulT(got, x, w, rows, k, n)
			sameBits(t, fmt.Sprint("MatMulT ", s), got, wantT)
		})
	}
}

func TestTheNumberOfCoresChangesNoBitOfPackedRows(t *testing.T) {
	for _, as := range []quant.Type{quant.F16, quant.Q8_0, quant.Q4_0, quant.Q4_1, quant.Q5_0, quant.Q4_K, quant.Q6_K, quant.Q2_K} {
		for _, s := range [][3]int{{1, 512, 1031}, {1, 256, 7}, {1, 256, 1}, {5, 768, 200}, {64, 256, 131}} {
			rows, k, n := s[0], s[1], s[2]
			w, _ := packed(t, as, n, k)
			x := random(rows * k)
			values, want := make([]float32, n*k), make([]float32, rows*n)
			quant.Decode(values, as, w)
			plainMatMulT(want, x, values, rows, k, n, n)
			withCores(t, func(t *testing.T) {
				got := random(rows * n)
				MatMulPacked(got, x, make([]float32, ScratchLen(rows, k)), as, w, rows, k, n)
				sameBits(t, fmt.Sprint(as, s), got, want)
			})
		}
	}
}

func TestProductsMayBeSharedFromManySides(t *testing.T) {
	const rows, k, n = 64, 128, 257
	x, w, want := random(rows*k), random(k*n), make([]float32, rows*n)
	linearPart(want, x, w, nil, rows, k, n, n, n)
	withCores(t, func(t *testing.T) {
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				got := make([]float32, rows*n)
				for range 20 {
					Linear(got, x, w, nil, rows, k, n, n)
					sameBits(t, "Linear", got, want)
				}
			})
		}
		wait.Wait()
	})
}
