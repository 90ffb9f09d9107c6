package train

import (
	"math"
	"math/rand/v2"
	"testing"
)

// One column that stands for four must count as four columns of the same logit do: the same loss, and in
// its gradient the sum of theirs.
func TestACrowdedLastColumnCountsAsItsCopies(t *testing.T) {
	const rows, V, copies = 3, 5, 4
	r := rand.New(rand.NewPCG(7, 7))
	var narrow, wide []float32
	for range rows {
		for range V {
			narrow = append(narrow, 6*r.Float32()-3)
		}
		wide = append(wide, narrow[len(narrow)-V:]...)
		for range copies - 1 {
			wide = append(wide, narrow[len(narrow)-1])
		}
	}
	targets := []int{2, Ignore, 0}
	b := Batch{T: rows, Targets: targets, Weights: []float32{3, 1, 1}}
	got := crossEntropy(narrow, b, 4, copies)
	want := crossEntropy(wide, b, 4, 1)
	if math.Abs(got-want) > 1e-6 {
		t.Errorf("the loss is %v; written out it is %v", got, want)
	}
	const W = V + copies - 1
	for row := range rows {
		for v := range V {
			g, w := narrow[row*V+v], wide[row*W+v]
			for c := V; v == V-1 && c < W; c++ {
				w += wide[row*W+c]
			}
			if math.Abs(float64(g-w)) > 1e-6 {
				t.Errorf("row %d, column %d: the gradient is %v; written out it is %v", row, v, g, w)
			}
		}
	}
}

// Weights are shares of the gradient, and leave the loss as it is.
func TestAWeightMultipliesItsRowOfTheGradient(t *testing.T) {
	logits := []float32{1, 2, 3, 3, 1, 2}
	alike, weighted := append([]float32{}, logits...), append([]float32{}, logits...)
	b := Batch{T: 2, Targets: []int{0, 1}}
	loss := crossEntropy(alike, b, b.weights(), 1)
	b.Weights = []float32{1, 3}
	if got := crossEntropy(weighted, b, b.weights(), 1); got != loss {
		t.Errorf("with weights the loss is %v, without %v", got, loss)
	}
	for i, v := range alike {
		want := v * 2 * []float32{0.25, 0.75}[i/3]
		if math.Abs(float64(weighted[i]-want)) > 1e-7 {
			t.Errorf("column %d of row %d has the gradient %v; expected %v", i%3, i/3, weighted[i], want)
		}
	}
}
