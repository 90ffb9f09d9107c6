package kernel

import (
	"math"
	"testing"
)

func TestLinearAddsProductsToTheBias(t *testing.T) {
	x := []float32{1, 2, 3, 4}                     // (2, 2)
	w := []float32{1, 10, 100, -1, 2, 20, 200, -1} // (2, 3), stride 4
	out := make([]float32, 6)                      // (2, 3)
	Linear(out, x, w, []float32{0.5, 0, -1}, 2, 2, 3, 4)
	want := []float32{5.5, 50, 499, 11.5, 110, 1099}
	for i := range want {
		if out[i] != want[i] {
			t.Fatalf("Linear = %v, want %v", out, want)
		}
	}
}

// ulps returns how far got is from want in units of the last place of want as a float32.
func ulps(got float32, want float64) float64 {
	w := float32(want)
	if got == w || got != got && w != w {
		return 0
	}
	if math.IsInf(float64(w), 0) || math.IsInf(float64(got), 0) || got != got || w != w {
		return math.Inf(1)
	}
	a := math.Float32frombits(math.Float32bits(w) &^ signBit)
	unit := float64(math.Nextafter32(a, float32(math.Inf(1)))) - float64(a)
	return math.Abs(float64(got)-want) / unit
}

func TestExpAndTanhAreWithinTheirUnits(t *testing.T) {
	worst := map[string]float64{}
	for b := uint64(0); b < 1<<32; b += 9973 {
		x := math.Float32frombits(uint32(b))
		for name, e := range map[string]float64{
			"exp":  ulps(expOf(x), math.Exp(float64(x))),
			"tanh": ulps(tanhOf(x), math.Tanh(float64(x))),
		} {
			if e > worst[name] {
				worst[name] = e
			}
		}
	}
	t.Logf("worst error in units of the last place: %v", worst)
	if worst["exp"] > 1 || worst["tanh"] > 1.25 {
		t.Errorf("worst error in units of the last place: %v, want exp ≤ 1, tanh ≤ 1.25", worst)
	}
}
