package twin

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model/kernel"
)

// These tests run in a browser, with the module: wasm/kernel_test.go starts them.

// both returns Go's twin and the one that is written by hand.
func both(t testing.TB) (own, hand kernel.Table) {
	t.Helper()
	if jsReady() == 0 {
		t.Fatal("the module is not there")
	}
	own = kernel.Go()
	return own, table(own)
}

// numbers returns n numbers: most of them ordinary, and with odd, some at which something could go wrong.
func numbers(r *rand.Rand, n int, odd bool) []float32 {
	x := make([]float32, n)
	special := []float32{0, float32(math.Copysign(0, -1)), 1e-38, -1e-40, math.SmallestNonzeroFloat32, math.MaxFloat32, 1e20, -1e20,
		float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN())}
	for i := range x {
		x[i] = 4*r.Float32() - 2
		if odd && r.IntN(16) == 0 {
			x[i] = special[r.IntN(len(special))]
		}
	}
	return x
}

// same fails the test unless two results are equal bit for bit; all NaNs count as one.
func same(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i, g := range got {
		if w := want[i]; math.Float32bits(g) != math.Float32bits(w) && (g == g || w == w) {
			t.Fatalf("%s: number %d is %v (%#x), Go has %v (%#x)", what, i, g, math.Float32bits(g), w, math.Float32bits(w))
		}
	}
}

// sizes returns rows, k and n: each small one with each other, and some random ones.
func sizes(r *rand.Rand) (list [][3]int) {
	for _, rows := range []int{1, 2, 3, 4, 5, 8, 11} {
		for _, k := range []int{1, 3, 7, 8, 15, 16, 17, 32, 48, 67} {
			for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 12, 13, 16, 31, 64} {
				list = append(list, [3]int{rows, k, n})
			}
		}
	}
	for range 40 {
		list = append(list, [3]int{1 + r.IntN(20), 1 + r.IntN(600), 1 + r.IntN(600)})
	}
	return append(list, [3]int{1, 768, 3072}, [3]int{7, 768, 2304}, [3]int{6, 1024, 515}, [3]int{3, 576, 1536})
}

func TestLinearHasTheBitsOfGo(t *testing.T) {
	_, hand := both(t)
	own := kernel.Go()
	r := rand.New(rand.NewPCG(1, 2))
	for i, s := range sizes(r) {
		rows, k, n := s[0], s[1], s[2]
		stride := n + r.IntN(2)*r.IntN(9)
		odd := i%4 == 3
		x, w, bias := numbers(r, rows*k, odd), numbers(r, k*stride, odd), numbers(r, n, odd)
		if i%3 == 0 {
			bias = nil
		}
		got, want := numbers(r, rows*n+8, false), make([]float32, rows*n)
		behind := append([]float32(nil), got[rows*n:]...)
		hand.Linear(got, x, w, bias, rows, k, n, stride)
		own.Linear(want, x, w, bias, rows, k, n, stride)
		what := fmt.Sprintf("rows %d, k %d, n %d, stride %d", rows, k, n, stride)
		same(t, what, got[:rows*n], want)
		same(t, what+", behind it", got[rows*n:], behind)
	}
}

func TestMatMulTHasTheBitsOfGo(t *testing.T) {
	own, hand := both(t)
	r := rand.New(rand.NewPCG(3, 4))
	for i, s := range sizes(r) {
		rows, k, n := s[0], s[1], s[2]
		odd := i%4 == 3
		x, w := numbers(r, rows*k, odd), numbers(r, n*k, odd)
		got, want := numbers(r, rows*n+8, false), make([]float32, rows*n)
		behind := append([]float32(nil), got[rows*n:]...)
		hand.MatMulT(got, x, w, rows, k, n)
		own.MatMulT(want, x, w, rows, k, n)
		what := fmt.Sprintf("rows %d, k %d, n %d", rows, k, n)
		same(t, what, got[:rows*n], want)
		same(t, what+", behind it", got[rows*n:], behind)
	}
}

func TestDotHasTheBitsOfGo(t *testing.T) {
	own, hand := both(t)
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 1200 {
		a, b := numbers(r, n, n%4 == 3), numbers(r, n+3, n%4 == 3)
		same(t, fmt.Sprint("length ", n), []float32{hand.Dot(a, b)}, []float32{own.Dot(a, b)})
	}
}

func TestASliceThatIsTooShortPanics(t *testing.T) {
	_, hand := both(t)
	long, short := make([]float32, 64*64), make([]float32, 64*64-1)
	for name, f := range map[string]func(){
		"out of Linear":     func() { hand.Linear(short[:64:64], long, long, nil, 64, 64, 64, 64) },
		"weights of Linear": func() { hand.Linear(long, long, short[:64*64-1:64*64-1], nil, 64, 64, 64, 64) },
		"bias of Linear":    func() { hand.Linear(long, long, long, long[:63:63], 64, 64, 64, 64) },
		"x of MatMulT":      func() { hand.MatMulT(long, short[:64*64-1:64*64-1], long, 64, 64, 64) },
		"b of Dot":          func() { hand.Dot(long, short[:64*64-1:64*64-1]) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: nothing panics", name)
				}
			}()
			f()
		}()
	}
}
