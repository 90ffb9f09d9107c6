package kernel

import (
	"fmt"
	"math"
	"testing"
)

func TestLinearAddsProductsToTheBias(t *testing.T) {
	x := []float32{1, 2, 3, 4}                     // (2, 2)
	w := []float32{1, 10, 100, -1, 2, 20, 200, -1} // (2, 3), stride 4
	out := make([]float32, 6)                      // (2, 3)
	Linear(out, x, w, []float32{0.5, 0, -1}, 2, 2, 3, 4)
	sameBits(t, "Linear", out, []float32{5.5, 50, 499, 11.5, 110, 1099})
	Linear(out, x, w, nil, 2, 2, 3, 4)
	sameBits(t, "Linear without bias", out, []float32{5, 50, 500, 11, 110, 1100})
}

func TestMatMulTMultipliesRowsByRows(t *testing.T) {
	x := []float32{1, 2, 3, 4}        // (2, 2)
	w := []float32{5, 6, 7, 8, 9, 10} // (3, 2)
	out := make([]float32, 6)         // (2, 3)
	want := []float32{17, 23, 29, 39, 53, 67}
	MatMulT(out, x, w, 2, 2, 3)
	sameBits(t, "MatMulT", out, want)
}

// near fails unless got is Σ terms within 1e-5·Σ|terms|, summed in float64.
func near(t *testing.T, what string, got float32, terms []float64) {
	t.Helper()
	var sum, size float64
	for _, v := range terms {
		sum += v
		size += math.Abs(v)
	}
	if math.Abs(float64(got)-sum) > 1e-5*size {
		t.Fatalf("%s = %v, want %v within 1e-5·%v", what, got, sum, size)
	}
}

func TestProductsAreNearThoseOfFloat64(t *testing.T) {
	eachTwin(t, func(t *testing.T, tw twin, k int) {
		const rows, n, stride = 5, 37, 41
		x, w, bias := random(rows*k), random(k*stride+n*k), random(n)
		lin, mul := make([]float32, rows*n), make([]float32, rows*n)
		tw.linear(lin, x, w, bias, rows, k, n, stride)
		tw.matMulT(mul, x, w, rows, k, n)
		for r := range rows {
			for j := range n {
				a, b := []float64{float64(bias[j])}, []float64{}
				for i := range k {
					a = append(a, float64(x[r*k+i])*float64(w[i*stride+j]))
					b = append(b, float64(x[r*k+i])*float64(w[j*k+i]))
				}
				near(t, fmt.Sprintf("Linear[%d,%d]", r, j), lin[r*n+j], a)
				near(t, fmt.Sprintf("MatMulT[%d,%d]", r, j), mul[r*n+j], b)
			}
		}
	})
}

func TestRowsAtOnceEqualRowsInTwoRuns(t *testing.T) {
	eachTwin(t, func(t *testing.T, tw twin, k int) {
		for _, n := range []int{1, 5, 16, 33, 47} {
			const most = 17
			stride := n + 3
			x, w, bias := random(most*k), random(k*stride+n*k), random(n)
			for rows := 1; rows <= most; rows++ {
				whole, parts := make([]float32, rows*n), make([]float32, rows*n)
				wholeT, partsT := make([]float32, rows*n), make([]float32, rows*n)
				tw.linear(whole, x, w, bias, rows, k, n, stride)
				tw.matMulT(wholeT, x, w, rows, k, n)
				for cut := range rows {
					tw.linear(parts, x, w, bias, cut, k, n, stride)
					tw.linear(parts[cut*n:], x[cut*k:], w, bias, rows-cut, k, n, stride)
					tw.matMulT(partsT, x, w, cut, k, n)
					tw.matMulT(partsT[cut*n:], x[cut*k:], w, rows-cut, k, n)
					what := fmt.Sprintf("%d rows of %d, cut at %d", rows, n, cut)
					sameBits(t, "Linear, "+what, parts, whole)
					sameBits(t, "MatMulT, "+what, partsT, wholeT)
				}
			}
		}
	})
}

func TestAnElementIsTheSameInEveryColumn(t *testing.T) {
	eachTwin(t, func(t *testing.T, tw twin, k int) {
		const n = 53
		for _, rows := range []int{1, 4, 7} {
			x, w, bias := random(rows*k), random(k*n), random(n)
			whole, wholeT := make([]float32, rows*n), make([]float32, rows*n)
			tw.linear(whole, x, w, bias, rows, k, n, n)
			tw.matMulT(wholeT, x, w, rows, k, n)
			for from := 0; from < n; from += 3 {
				for to := from + 1; to <= n; to += 5 {
					part := make([]float32, rows*(to-from))
					what := fmt.Sprintf("%d rows, columns %d to %d", rows, from, to)
					tw.linear(part, x, w[from:], bias[from:], rows, k, to-from, n)
					sameBits(t, "Linear, "+what, part, columns(whole, n, from, to))
					tw.matMulT(part, x, w[from*k:], rows, k, to-from)
					sameBits(t, "MatMulT, "+what, part, columns(wholeT, n, from, to))
				}
			}
		}
	})
}

func TestTwinsGiveTheSameProducts(t *testing.T) {
	for _, s := range [][3]int{{39, 300, 83}, {1, 1, 1}, {3, 7, 2}, {4, 16, 16}, {9, 48, 51}, {17, 129, 130}, {1, 128, 515}, {2, 770, 9}, {3, 70, 1100}} {
		rows, k, n := s[0], s[1], s[2]
		x, w, bias := random(rows*k), random(k*n), random(n)
		got, want := make([]float32, rows*n), make([]float32, rows*n)
		for _, b := range [][]float32{bias, nil} {
			Linear(got, x, w, b, rows, k, n, n)
			plainLinear(want, x, w, b, rows, k, n, n, n)
			sameBits(t, fmt.Sprintf("Linear %v", s), got, want)
		}
		MatMulT(got, x, w, rows, k, n)
		plainMatMulT(want, x, w, rows, k, n, n)
		sameBits(t, fmt.Sprintf("MatMulT %v", s), got, want)
	}
}

func TestMatMulTIsDotOfRows(t *testing.T) {
	for k := range 70 {
		x, w := random(k), random(9*k)
		out := make([]float32, 9)
		MatMulT(out, x, w, 1, k, 9)
		for j := range out {
			d := Dot(x, w[j*k:][:k])
			sameBits(t, fmt.Sprintf("Dot of %d", k), []float32{d}, out[j:j+1])
			sameBits(t, fmt.Sprintf("plain Dot of %d", k), []float32{plainDot(x, w[j*k:])}, out[j:j+1])
		}
	}
}

func TestSizesThatDoNotFitPanic(t *testing.T) {
	short := map[string]func(){
		"out": func() { Linear(make([]float32, 39), random(20), random(50), nil, 4, 5, 10, 10) },
		"x":   func() { Linear(make([]float32, 40), random(19), random(50), nil, 4, 5, 10, 10) },
		"bias": func() {
			Linear(make([]float32, 40), random(20), random(50), random(9), 4, 5, 10, 10)
		},
		"w": func() { MatMulT(make([]float32, 40), random(20), random(49), 4, 5, 10) },
		"b": func() { Add(make([]float32, 9), random(9), random(8)) },
	}
	for name, f := range short {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("a slice that is too short was accepted")
				}
			}()
			f()
		})
	}
}
