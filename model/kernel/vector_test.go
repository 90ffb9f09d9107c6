package kernel

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// ulps returns how far got is from want, in units of the last place of want as a float32.
func ulps(got float32, want float64) float64 {
	w := float32(want)
	if got == w || got != got && w != w {
		return 0
	}
	if got != got || w != w || math.IsInf(float64(w), 0) || math.IsInf(float64(got), 0) {
		return math.Inf(1)
	}
	a := math.Float32frombits(math.Float32bits(w) &^ signBit)
	unit := float64(math.Nextafter32(a, float32(math.Inf(1)))) - float64(a)
	return math.Abs(float64(got)-want) / unit
}

func TestExpAndTanhAreWithinTheirUnits(t *testing.T) {
	const step = 9973 // prime, so that every exponent and many mantissas are met
	x := make([]float32, 0, 1<<32/step+1)
	for b := uint64(0); b < 1<<32; b += step {
		x = append(x, math.Float32frombits(uint32(b)))
	}
	out := make([]float32, len(x))
	check := func(name string, f func(out, x []float32), exact func(float64) float64, limit float64) {
		f(out, x)
		var worst float64
		for i, v := range x {
			if e := ulps(out[i], exact(float64(v))); e > worst {
				worst = e
				if e > limit {
					t.Fatalf("%s(%v) = %v, %v units from %v", name, v, out[i], e, exact(float64(v)))
				}
			}
		}
		t.Logf("%s: worst error %.3f units in the last place", name, worst)
	}
	check("Exp", Exp, math.Exp, 1)
	check("Tanh", Tanh, math.Tanh, 1.34)
}

func TestExpAtItsEnds(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	x := []float32{0, -inf, inf, nan, 1e38, -1e38, 88.72284, -103.97, -104, float32(math.Copysign(0, -1))}
	out := make([]float32, len(x))
	Exp(out, x)
	sameBits(t, "Exp", out, []float32{1, 0, inf, nan, inf, 0, inf, math.SmallestNonzeroFloat32, 0, 1})
	if Exp(out[:1], []float32{88.72283}); out[0] > math.MaxFloat32 {
		t.Errorf("Exp(88.72283) = %v, want a finite number", out[0])
	}
}

func TestTanhIsOddAndKeepsZero(t *testing.T) {
	x := append(special(100), float32(math.Copysign(0, -1)))
	pos, neg := make([]float32, len(x)), make([]float32, len(x))
	Tanh(pos, x)
	Scale(neg, x, -1)
	Tanh(neg, neg)
	Scale(neg, neg, -1)
	sameBits(t, "−Tanh(−x)", neg, pos)
	sameBits(t, "Tanh(−0)", pos[len(x)-1:], x[len(x)-1:])
}

func TestGELUIsTheTanhForm(t *testing.T) {
	x := random(1000)
	Scale(x, x, 4)
	out := make([]float32, len(x))
	GELU(out, x)
	for i, v := range x {
		f := float64(v)
		want := 0.5 * f * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(f+0.044715*f*f*f)))
		if math.Abs(float64(out[i])-want) > 3e-7*math.Abs(want)+1e-8 {
			t.Errorf("GELU(%v) = %v, want %v", v, out[i], want)
		}
	}
}

func TestTheOtherCurvesAreTheirFormulas(t *testing.T) {
	for name, c := range map[string]struct {
		f    func(out, x []float32)
		want func(x float64) float64
	}{
		"ErfGELU": {ErfGELU, func(x float64) float64 { return x * 0.5 * math.Erfc(-x/math.Sqrt2) }},
		"ReLU":    {ReLU, func(x float64) float64 { return max(0, x) }},
		"SiLU":    {SiLU, func(x float64) float64 { return x / (1 + math.Exp(-x)) }},
	} {
		for _, reach := range []float32{0.01, 1, 6, 40} {
			x := random(1000)
			Scale(x, x, reach)
			out := make([]float32, len(x))
			c.f(out, x)
			for i, v := range x {
				if want := c.want(float64(v)); math.Abs(float64(out[i])-want) > 5e-7*math.Abs(want)+1e-8 {
					t.Errorf("%s(%v) = %v, want %v", name, v, out[i], want)
				}
			}
		}
	}
}

// testdata/curves.py computed the values.
func TestTheCurvesEqualThoseOfAnotherProgram(t *testing.T) {
	b, err := os.ReadFile("testdata/curves.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Fields(string(b))[1:] {
		var want [5]float64
		for i, field := range strings.Split(line, ",") {
			if want[i], err = strconv.ParseFloat(field, 64); err != nil {
				t.Fatal(err)
			}
		}
		x, out := []float32{float32(want[0])}, []float32{0}
		for i, f := range []func(out, x []float32){GELU, ErfGELU, ReLU, SiLU} {
			f(out, x)
			if is := want[i+1]; math.Abs(float64(out[0])-is) > 5e-7*math.Abs(is)+1e-8 {
				t.Errorf("curve %d of %v is %v, want %v", i, x[0], out[0], is)
			}
		}
	}
}

func TestTwinsGiveTheSameElements(t *testing.T) {
	for n := range 60 {
		x := special(n)[max(0, n-24):] // of every length, with the odd numbers in every place
		a, b := random(len(x)), random(len(x) + 1)[1:]
		got, want := make([]float32, len(x)), make([]float32, len(x))
		same := func(name string, fast, plain func(out []float32)) {
			t.Helper()
			fast(got)
			plain(want)
			sameBits(t, fmt.Sprintf("%s of %d", name, len(x)), got, want)
		}
		same("Add", func(o []float32) { Add(o, x, a) }, func(o []float32) { plainAdd(o, x, a) })
		same("Scale", func(o []float32) { Scale(o, x, 0.3) }, func(o []float32) { plainScale(o, x, 0.3) })
		same("Softmax", func(o []float32) { Softmax(o, x, 2, 7) }, func(o []float32) { plainSoftmax(o, x, 2, 7) })
		same("Normalize", func(o []float32) { Normalize(o, x, 0.1, 1.1, a, b) },
			func(o []float32) { plainNormalize(o, x, 0.1, 1.1, a, b) })
		same("GELU", func(o []float32) { GELU(o, x) }, func(o []float32) { plainGELU(o, x) })
		same("ErfGELU", func(o []float32) { ErfGELU(o, x) }, func(o []float32) { plainErfGELU(o, x) })
		same("ReLU", func(o []float32) { ReLU(o, x) }, func(o []float32) { plainReLU(o, x) })
		same("SiLU", func(o []float32) { SiLU(o, x) }, func(o []float32) { plainSiLU(o, x) })
		same("Exp", func(o []float32) { Exp(o, x) }, func(o []float32) { plainExp(o, x) })
		same("Tanh", func(o []float32) { Tanh(o, x) }, func(o []float32) { plainTanh(o, x) })
	}
}

func TestTwinsGiveTheSameSums(t *testing.T) {
	for n := range 80 {
		for _, x := range [][]float32{random(n), special(n)} {
			m := Max(x)
			got := []float32{m, SumExp(x, m), SumExp(x, 1), sum(x), sumSquares(x, 0.25)}
			want := []float32{plainMax(x), plainSumExp(x, m), plainSumExp(x, 1), plainSum(x), plainSumSquares(x, 0.25)}
			sameBits(t, fmt.Sprintf("max and sums of %d", len(x)), got, want)
		}
	}
}

func TestMaxIgnoresNaNAndOrder(t *testing.T) {
	nan, zero := float32(math.NaN()), float32(math.Copysign(0, -1))
	for _, c := range []struct {
		x    []float32
		want float32
	}{
		{nil, float32(math.Inf(-1))},
		{[]float32{nan, nan}, float32(math.Inf(-1))},
		{[]float32{nan, -3, nan, -2, nan}, -2},
		{[]float32{zero, 0}, 0},
		{[]float32{0, zero}, 0},
		{append(make([]float32, 40), 5), 5},
	} {
		sameBits(t, fmt.Sprintf("Max(%v)", c.x), []float32{Max(c.x)}, []float32{c.want})
	}
}

func TestSoftmaxSumsToOne(t *testing.T) {
	for n := 1; n < 200; n += 7 {
		x := random(n)
		Scale(x, x, 20)
		m := Max(x)
		Softmax(x, x, m, SumExp(x, m))
		if s := sum(x); s < 1-1e-5 || s > 1+1e-5 {
			t.Errorf("softmax of %d numbers sums to %v", n, s)
		}
	}
}

func TestNormalizeGivesMeanZeroAndDeviationOne(t *testing.T) {
	x := random(48)
	ones, zeros := make([]float32, 48), make([]float32, 48)
	for i := range ones {
		ones[i], x[i] = 1, 5*x[i]+3
	}
	m := Mean(x)
	Normalize(x, x, m, Std(x, m, 0), ones, zeros)
	if m, s := Mean(x), Std(x, 0, 0); m < -1e-6 || m > 1e-6 || s < 1-1e-5 || s > 1+1e-5 {
		t.Errorf("normalized row has mean %v and deviation %v", m, s)
	}
	if s := Std([]float32{2, 2}, 2, 0.25); s != 0.5 {
		t.Errorf("Std of equal numbers with eps 0.25 = %v, want 0.5", s)
	}
}
