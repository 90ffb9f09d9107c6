package paint

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
)

// storeOf is a store of tensors of these shapes, each a group of its own.
func storeOf(infos ...model.Info) *Store {
	st := NewStore(0)
	st.Describe(infos, nil)
	return st
}

// plain is a step of rows × cols numbers, which no other step reads.
func plain(name string, rows, cols int) model.Info {
	return model.Info{Name: name, Op: model.OpNorm, Kind: model.KindActivation, Rows: rows, Cols: cols, Block: -1, Head: -1}
}

// TestTheNormIsThe96thPercentileOfTheMagnitudes: 96 % of the cells, and no more than one cell beyond that, are not larger;
// up to 60 cells all of them. It is rounded up to two digits.
func TestTheNormIsThe96thPercentileOfTheMagnitudes(t *testing.T) {
	for n, want := range map[int]float32{1: 1, 2: 2, 25: 25, 59: 59, 60: 60, 61: 59, 75: 72, 99: 96, 100: 96, 101: 97, 125: 120, 1000: 960, 4096: 4000} {
		st := storeOf(plain("x", 1, n))
		data := make([]float32, n)
		for i, k := range rand.New(rand.NewPCG(1, uint64(n))).Perm(n) {
			data[i] = float32(k + 1)
			if k%2 == 1 {
				data[i] = -data[i]
			}
		}
		st.Set("x", 0, 0, 1, n, data)
		if got := st.Norm("x"); got != want {
			t.Errorf("of the magnitudes 1 to %d the norm is %v; expected %v", n, got, want)
		}
	}
}

// TestCellsWithoutANumberHaveNoPartInTheNorm, nor those that have not come.
func TestCellsWithoutANumberHaveNoPartInTheNorm(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	st := storeOf(plain("x", 3, 4))
	st.Set("x", 0, 0, 2, 4, []float32{1, nan, -3, 2, inf, 1, 2, nan})
	if got := st.Norm("x"); got != 3 {
		t.Errorf("the norm is %v; expected 3", got)
	}
	st.Set("x", 2, 0, 1, 4, []float32{1, 2, 3, -9})
	if got := st.Norm("x"); got != 9 {
		t.Errorf("with another row the norm is %v; expected 9", got)
	}
}

// TestTheNormOfManyCellsIsFoundBySomeOfThem, whatever stands in which column and row.
func TestTheNormOfManyCellsIsFoundBySomeOfThem(t *testing.T) {
	for what, value := range map[string]func(r, c int) float32{
		"growing by rows":    func(r, c int) float32 { return float32(r) / 1000 },
		"growing by columns": func(r, c int) float32 { return float32(c) / 640 },
		"large in a column":  func(r, c int) float32 { return float32(2 - 2*min(c%32, 1)) },
	} {
		st := storeOf(plain("x", 1000, 640))
		data := make([]float32, 1000*640)
		for i := range data {
			data[i] = value(i/640, i%640)
		}
		st.Set("x", 0, 0, 1000, 640, data)
		want := float32(0.96)
		if what == "large in a column" {
			want = 1 // for 97 % are 0, by which nothing can be divided
		}
		if got := st.Norm("x"); math.Abs(float64(got-want)) > 0.005 {
			t.Errorf("%s: the norm is %v; expected %v", what, got, want)
		}
	}
}

// TestSharesAreMeasuredByOneAloneAndWithOthersBySize: under a shared scale they are numbers like others.
func TestSharesAreMeasuredByOneAloneAndWithOthersBySize(t *testing.T) {
	share := plain("share", 1, 4)
	share.Op = model.OpSoftmax
	st := storeOf(share, plain("x", 1, 4), weight("w", 1, 4))
	st.Set("share", 0, 0, 1, 4, []float32{0.25, 0.25, 0.5, 0})
	st.Set("x", 0, 0, 1, 4, []float32{0.75, -4, 0.5, 0})
	st.Set("w", 0, 0, 1, 4, []float32{0.75, -9, 0.5, 0})
	for _, c := range []struct {
		scale Scale
		want  [3]float32
	}{{PerPanel, [3]float32{1, 4, 9}}, {Shared, [3]float32{4, 4, 9}}, {Fixed, [3]float32{1, 1, 1}}} {
		st.Scale = c.scale
		if got := [3]float32{st.Norm("share"), st.Norm("x"), st.Norm("w")}; got != c.want {
			t.Errorf("under scale %d the norms are %v; expected %v", c.scale, got, c.want)
		}
	}
	st = st.Next()
	st.Describe([]model.Info{plain("x", 1, 4)}, nil)
	if st.Scale != Fixed || st.Norm("unknown") != 1 {
		t.Error("the next store has another scale")
	}
}
