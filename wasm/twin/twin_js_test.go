package twin

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model/kernel"
	"glassbox/model/quant"
)

// These tests run in a browser, with the module: wasm/kernel_test.go starts them.

// both returns Go's twin and the one that is written by hand, for all sizes.
func both(t testing.TB) (own, hand kernel.Table) {
	t.Helper()
	if jsReady() == 0 {
		t.Fatal("the module is not there")
	}
	return kernel.Go(), byHand()
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
	own, hand := both(t)
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
		if n == 0 {
			continue // for the module no size is 0
		}
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

// blocks returns n rows of k values of a type, of bits as they come: scales that are huge, infinite or NaN as well, unless
// they are plain.
func blocks(r *rand.Rand, as quant.Type, k, n int, plain bool) []byte {
	size, err := as.RowBytes(k)
	if err != nil {
		panic(err)
	}
	b := make([]byte, n*size)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	if !plain {
		return b
	}
	values := numbers(r, k*n, false)
	if as == quant.F16 || as == quant.BF16 {
		for i, v := range values {
			h := quant.NarrowHalf(v)
			if as == quant.BF16 {
				h = quant.NarrowBrain(v)
			}
			b[2*i], b[2*i+1] = byte(h), byte(h>>8)
		}
		return b
	}
	for at := 0; at < len(b); at += as.BlockBytes() { // wherever its scale and its least value stand
		for _, place := range []int{0, 2, 208} {
			if place+1 < as.BlockBytes() {
				b[at+place+1] = 0x1c | byte(r.UintN(4)) | b[at+place+1]&0x80
			}
		}
	}
	return b
}

func TestPackedHasTheBitsOfGo(t *testing.T) {
	own, hand := both(t)
	r := rand.New(rand.NewPCG(7, 8))
	for _, as := range quant.Types() {
		if !unpacked(as) {
			continue
		}
		for i := range 60 {
			rows, n := []int{1, 1, 2, 3, 4, 7, 64}[i%7], 1+r.IntN(21)
			k := as.BlockLen() * (1 + r.IntN(6))
			if as.BlockLen() == 1 {
				k = 1 + r.IntN(90)
			}
			if i == 0 {
				k, n = 768, 67
			}
			x, w := numbers(r, rows*k, i%4 == 3), blocks(r, as, k, n, i%2 == 0)
			got, want := numbers(r, rows*n+8, false), make([]float32, rows*n)
			behind := append([]float32(nil), got[rows*n:]...)
			scratch := make([]float32, kernel.ScratchLen(rows, k))
			hand.Packed(got, x, scratch, as, w, rows, k, n)
			own.Packed(want, x, scratch, as, w, rows, k, n)
			what := fmt.Sprintf("%s: rows %d, k %d, n %d", as, rows, k, n)
			same(t, what, got[:rows*n], want)
			same(t, what+", behind it", got[rows*n:], behind)
		}
	}
}

func TestEveryHalfHasTheValueOfGo(t *testing.T) {
	own, hand := both(t)
	const k = 64
	one, scratch := make([]float32, k), make([]float32, kernel.ScratchLen(1, k))
	for _, as := range []quant.Type{quant.F16, quant.BF16} {
		w := make([]byte, 2*1<<16)
		for h := range 1 << 16 {
			w[2*h], w[2*h+1] = byte(h), byte(h>>8)
		}
		for i := range one {
			clear(one)
			one[i] = 1
			got, want := make([]float32, 1<<16/k), make([]float32, 1<<16/k)
			hand.Packed(got, one, scratch, as, w, 1, k, len(got))
			own.Packed(want, one, scratch, as, w, 1, k, len(want))
			same(t, as.String(), got, want)
		}
	}
}

func TestWhatIsUsedHasTheBitsOfGo(t *testing.T) {
	own, hand := both(t)
	used := worth(own, hand)
	r := rand.New(rand.NewPCG(9, 10))
	for _, s := range [][3]int{{0, 3, 4}, {1, 0, 4}, {1, 3, 0}, {1, 2, 3}, {1, 256, 3}, {3, 64, 64}, {6, 64, 64}, {9, 512, 31}} {
		rows, k, n := s[0], s[1], s[2]
		x, w, bias := numbers(r, rows*k, false), numbers(r, n*k, false), numbers(r, n, false)
		got, want := make([]float32, rows*n), make([]float32, rows*n)
		used.Linear(got, x, w, bias, rows, k, n, n)
		own.Linear(want, x, w, bias, rows, k, n, n)
		same(t, fmt.Sprint("Linear of ", s), got, want)
		used.MatMulT(got, x, w, rows, k, n)
		own.MatMulT(want, x, w, rows, k, n)
		same(t, fmt.Sprint("MatMulT of ", s), got, want)
		same(t, fmt.Sprint("Dot of ", s), []float32{used.Dot(x, x)}, []float32{own.Dot(x, x)})
		for _, as := range quant.Types() {
			if k%as.BlockLen() != 0 {
				continue
			}
			packed, scratch := blocks(r, as, k, n, true), make([]float32, kernel.ScratchLen(rows, k))
			used.Packed(got, x, scratch, as, packed, rows, k, n)
			own.Packed(want, x, scratch, as, packed, rows, k, n)
			same(t, fmt.Sprint(as, " of ", s), got, want)
		}
	}
}
