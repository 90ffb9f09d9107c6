package paint

import (
	"math"
	"slices"
	"testing"

	"glassbox/model"
)

// blocksOf averages a tensor as whoever sends averages does: plainly.
func blocksOf(data []float32, rows, cols, side int) (blocks []float32) {
	for i := 0; i < rows; i += side {
		for j := 0; j < cols; j += side {
			sum, size, n := 0.0, 0.0, 0.0
			for r := i; r < min(i+side, rows); r++ {
				for c := j; c < min(j+side, cols); c++ {
					v := float64(data[r*cols+c])
					sum, size, n = sum+v, size+math.Abs(v), n+1
				}
			}
			blocks = append(blocks, float32(sum/n), float32(size/n))
		}
	}
	return blocks
}

// TestAveragesStandInForNumbersUntilTheseCome: their levels are those of the pyramid of the numbers, and their room is given back.
func TestAveragesStandInForNumbersUntilTheseCome(t *testing.T) {
	const rows, cols = 150, 90
	infos := []model.Info{{Name: "w", Kind: model.KindWeight, Rows: rows, Cols: cols}}
	data := make([]float32, rows*cols)
	for i := range data {
		data[i] = float32(i*7919%1000)/500 - 1
	}
	full := NewStore(0)
	full.Describe(infos, nil)
	full.Set("w", 0, 0, rows, cols, data)
	for _, k := range []int{1, 2, 3} {
		st := NewStore(0)
		st.Describe(infos, nil)
		if _, ok := st.Slot("w").Coarse(); ok {
			t.Fatal("there are averages before they came")
		}
		if !st.SetCoarse("w", rows, cols, k, blocksOf(data, rows, cols, sideOf(k)), 1.9) {
			t.Fatalf("averages of level %d are of no use", k)
		}
		p, ok := st.Slot("w").Coarse()
		if !ok || p.Finest != k || st.Norm("w") != 1.9 {
			t.Fatalf("level %d: %+v, norm %v", k, p, st.Norm("w"))
		}
		for level := k; level <= Levels; level++ {
			at, wide := p.Level(level)
			want, _ := full.Slot("w").Level(level)
			for i := range 2 * wide * ((rows + sideOf(level) - 1) / sideOf(level)) {
				if a, b := st.Values.Data[at+i], full.Values.Data[want+i]; math.Abs(float64(a-b)) > 1e-5 {
					t.Fatalf("from level %d, average %d of level %d is %v; of the numbers %v", k, i, level, a, b)
				}
			}
		}
		st.Describe(infos, nil) // a run: weights stay
		if _, ok := st.Slot("w").Coarse(); !ok {
			t.Error("a new run has dropped the averages of a weight")
		}
		if _, ok := st.At("w", 0, 0); ok {
			t.Error("averages are taken for numbers")
		}
		st.Set("w", 0, 0, rows, cols, data)
		if _, ok := st.Slot("w").Coarse(); ok || !st.Slot("w").Full() {
			t.Error("averages stay though the numbers are there")
		}
		if at, ok := st.space.take(p.Size(), mostValues); !ok || at != p.Base {
			t.Errorf("the place of the averages was not given back: %d instead of %d", at, p.Base)
		}
	}
}

func TestAveragesThatDoNotFitAreRefused(t *testing.T) {
	st := NewStore(0)
	st.Describe([]model.Info{{Name: "w", Kind: model.KindWeight, Rows: 20, Cols: 20}, {Name: "long", Kind: model.KindWeight, Rows: 5000, Cols: 4}, {Name: "none", Cols: 4}}, nil)
	four := make([]float32, 2*2*2)
	for what, ok := range map[string]bool{
		"none of that name": st.SetCoarse("x", 20, 20, 2, four, 1),
		"other sizes":       st.SetCoarse("w", 20, 40, 2, slices.Concat(four, four), 1),
		"too few blocks":    st.SetCoarse("w", 20, 20, 2, four[2:], 1),
		"no level":          st.SetCoarse("w", 20, 20, 0, four, 1),
		"of a window":       st.SetCoarse("long", 5000, 4, 3, make([]float32, 2*79), 1),
		"of nothing":        st.SetCoarse("none", 0, 4, 2, nil, 1),
	} {
		if ok {
			t.Errorf("averages are taken: %s", what)
		}
	}
	four[0], four[1], four[2], four[3] = float32(math.NaN()), float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(1))
	if !st.SetCoarse("w", 20, 20, 2, four, 1) {
		t.Fatal("averages that fit are refused")
	}
	p, _ := st.Slot("w").Coarse()
	if got := st.Values.Data[p.Base:][:4]; got[0] != Masked || got[1] != Masked || got[2] != NotFinite || got[3] != NotFinite {
		t.Errorf("masked and odd blocks are %v", got)
	}
	for side, k := range map[int]int{4: 1, 16: 2, 64: 3, 256: 4, 5: 0} {
		if LevelOf(side) != k {
			t.Errorf("blocks of %d cells are of level %d", side, LevelOf(side))
		}
	}
}
