package train

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
)

// The rows of what was made orthogonal are nearly of length 1 and nearly at right angles: its s = m·mᵀ has
// eigenvalues between 0.7² and 1.2², so its trace is near the number of rows, and so is that of s².
func TestOrthogonalizeLeavesDirectionsAlone(t *testing.T) {
	for _, size := range [][2]int{{8, 24}, {24, 8}, {16, 16}} {
		rows, cols := size[0], size[1]
		r := rand.New(rand.NewPCG(1, 2))
		m := make([]float32, rows*cols)
		for i := range m {
			m[i] = r.Float32() - 0.3 // one direction is much the longest
		}
		orthogonalize(m, rows, cols)
		n := min(rows, cols)
		if rows > cols {
			turned := make([]float32, len(m))
			transpose(turned, m, rows, cols)
			m, rows, cols = turned, cols, rows
		}
		for i := range rows {
			for j := range rows {
				dot := 0.0
				for c := range cols {
					dot += float64(m[i*cols+c]) * float64(m[j*cols+c])
				}
				if i == j && (dot < 0.45 || dot > 1.5) || i != j && math.Abs(dot) > 0.4 {
					t.Errorf("%d×%d: rows %d and %d have the product %.3f", n, max(rows, cols), i, j, dot)
				}
			}
		}
	}
	zeros := make([]float32, 6)
	orthogonalize(zeros, 2, 3)
	for _, v := range zeros {
		if v != 0 {
			t.Errorf("zeros became %v", zeros)
		}
	}
}

// With Muon the same task is learned, and any number of workers gives the same bits.
func TestMuonLearnsAndRepeats(t *testing.T) {
	var first *model.Model
	for _, workers := range []int{1, 2} {
		task := NewSort(1)
		r := task.Recipe()
		r.Momentum, r.Steps, r.Batch = 0.95, 40, 16
		s, err := NewState(task.Config(), 1)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := New(task, r, s, workers)
		if err != nil {
			t.Fatal(err)
		}
		steps(t, tr, r.Steps)
		loss, err := tr.Loss(task.Batch(1000, 64))
		if err != nil {
			t.Fatal(err)
		}
		if guess := math.Log(3); loss > guess/2 {
			t.Errorf("after %d steps the loss is %v; a guess has %v", r.Steps, loss, guess)
		}
		if first == nil {
			first = s.Model
			continue
		}
		for i, p := range s.Model.Parameters() {
			for j, v := range p.Data() {
				if want := first.Parameters()[i].Data()[j]; v != want {
					t.Fatalf("%s[%d] is %v with two workers, %v with one", p.Name, j, v, want)
				}
			}
		}
	}
}
