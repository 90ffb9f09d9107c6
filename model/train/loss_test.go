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
	got := crossEntropy(narrow, targets, 2, copies)
	want := crossEntropy(wide, targets, 2, 1)
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
