package paint

import (
	"testing"

	"glassbox/model"
)

// square is the scores of T tokens.
func square(T int) model.Info {
	i := plain("scores", T, T)
	i.Causal = true
	return i
}

// weight is a table of rows × cols numbers that does not change from run to run.
func weight(name string, rows, cols int) model.Info {
	i := plain(name, rows, cols)
	i.Kind = model.KindWeight
	return i
}

// rows is the numbers of rows from … to−1 of a tensor, each its row in tens and its column, and of.
func rows(from, to, cols int, of float32) []float32 {
	var data []float32
	for r := from; r < to; r++ {
		for c := range cols {
			data = append(data, of+float32(10*r+c))
		}
	}
	return data
}

// filled fails unless the first n rows of a tensor have numbers, and no other.
func filled(t *testing.T, st *Store, name string, n int, when string) {
	t.Helper()
	sl := st.Slot(name)
	for r := range sl.NumRows {
		if _, ok := st.At(name, r, 0); ok != (r < n) {
			t.Fatalf("%s: row %d of %s has numbers: %t; expected those of %d rows", when, r, name, ok, n)
		}
	}
	if sl.Full() != (n == sl.NumRows) {
		t.Errorf("%s: %s is full: %t, with %d of %d rows", when, name, sl.Full(), n, sl.NumRows)
	}
}

// TestOldRowsAreShownWhenSomeoneSaysThatTheyHold: with the row after them, and not before; weights always hold.
func TestOldRowsAreShownWhenSomeoneSaysThatTheyHold(t *testing.T) {
	st := storeOf(plain("x", 5, 3), weight("w", 2, 3))
	st.Set("x", 0, 0, 5, 3, rows(0, 5, 3, 0))
	st.Set("w", 0, 0, 2, 3, rows(0, 2, 3, 0))
	filled(t, st, "x", 5, "all rows set")
	longer := []model.Info{plain("x", 6, 3), weight("w", 2, 3)}
	st.Describe(longer, nil)
	filled(t, st, "x", 0, "a longer text")
	filled(t, st, "w", 2, "a longer text")
	st.Set("x", 5, 0, 1, 3, rows(5, 6, 3, 0))
	filled(t, st, "x", 6, "its last row set")
	if v, _ := st.At("x", 4, 2); v != 42 {
		t.Errorf("row 4 ends with %v; expected 42", v)
	}

	st.Describe([]model.Info{plain("x", 6, 3), weight("w", 2, 3)}, nil)
	st.Set("x", 2, 0, 1, 3, rows(2, 3, 3, 100))
	filled(t, st, "x", 3, "row 2 set of a text as long")
	if a, _ := st.At("x", 1, 0); a != 10 {
		t.Errorf("row 1, before it, begins with %v; expected 10", a)
	}
	if b, _ := st.At("x", 2, 0); b != 120 {
		t.Errorf("row 2 begins with %v; expected 120", b)
	}
}

// TestOldRowsOutliveARunThatSetsNone: a text that changes twice before its numbers come.
func TestOldRowsOutliveARunThatSetsNone(t *testing.T) {
	st := storeOf(plain("x", 4, 3))
	st.Set("x", 0, 0, 4, 3, rows(0, 4, 3, 0))
	for range 3 {
		st.Describe([]model.Info{plain("x", 5, 3)}, nil)
		filled(t, st, "x", 0, "nothing set yet")
	}
	st.Set("x", 4, 0, 1, 3, rows(4, 5, 3, 0))
	filled(t, st, "x", 5, "the new row set")

	st.Describe([]model.Info{plain("x", 2, 3)}, nil) // shorter: the others are forgotten
	st.Describe([]model.Info{plain("x", 5, 3)}, nil)
	st.Set("x", 4, 0, 1, 3, rows(4, 5, 3, 0))
	filled(t, st, "x", 0, "a row set behind those that were forgotten")
	st.Set("x", 2, 0, 1, 3, rows(2, 3, 3, 0))
	filled(t, st, "x", 3, "the row set that follows those of the shorter text")
}

// TestRowsBehindAGapAreNotShown: nobody has said what stands before them.
func TestRowsBehindAGapAreNotShown(t *testing.T) {
	st := storeOf(plain("x", 6, 3))
	st.Set("x", 3, 0, 1, 3, rows(3, 4, 3, 0))
	filled(t, st, "x", 0, "row 3 set first")
	st.Set("x", 0, 0, 2, 3, rows(0, 2, 3, 0))
	filled(t, st, "x", 2, "rows 0 and 1 set")
	st.Set("x", 2, 0, 1, 3, rows(2, 3, 3, 0))
	filled(t, st, "x", 3, "row 2 set")
	st.Set("x", 0, 0, 1, 3, rows(0, 1, 3, 0))
	filled(t, st, "x", 3, "row 0 set again")
}

// TestRowsMoveAlongWhenATextOutgrowsItsRoom: those that wait to be said to hold too, and cells beside them are masked.
func TestRowsMoveAlongWhenATextOutgrowsItsRoom(t *testing.T) {
	st := storeOf(square(16), plain("x", 16, 3))
	st.Set("scores", 0, 0, 16, 16, rows(0, 16, 16, 0))
	st.Set("x", 0, 0, 16, 3, rows(0, 16, 3, 0))
	st.Describe([]model.Info{square(17), plain("x", 17, 3)}, nil)
	st.Set("scores", 16, 0, 1, 17, rows(16, 17, 17, 0))
	st.Set("x", 16, 0, 1, 3, rows(16, 17, 3, 0))
	for r := range 17 {
		for c := range 17 {
			want := float32(10*r + c)
			if c > r {
				want = Masked
			}
			if v, ok := st.At("scores", r, c); !ok || v != want {
				t.Fatalf("the score (%d, %d) is %v, %t; expected %v", r, c, v, ok, want)
			}
		}
		if v, ok := st.At("x", r, 2); !ok || v != float32(10*r+2) {
			t.Fatalf("row %d ends with %v, %t", r, v, ok)
		}
	}
	sl := st.Slot("scores")
	checkAverages(t, sl.Pyramid, st.Values.Data, 17, 17)
}

// TestATensorOfAnotherShapeIsAnother: of numbers of before nothing is left, however many rows there are.
func TestATensorOfAnotherShapeIsAnother(t *testing.T) {
	st := storeOf(weight("w", 4, 3))
	st.Set("w", 0, 0, 4, 3, rows(0, 4, 3, 0))
	st.Describe([]model.Info{weight("w", 4, 4)}, nil)
	filled(t, st, "w", 0, "another width")
	st.Set("w", 0, 0, 4, 4, rows(0, 4, 4, 0))

	st.Describe([]model.Info{weight("w", 9000, 4)}, map[string][2]int{"w": {100, 0}})
	st.Set("w", 0, 0, 200, 4, rows(0, 200, 4, 0))
	if v, ok := st.At("w", 150, 1); !ok || v != 1501 {
		t.Errorf("row 150 of a window from row 100 on begins with %v, %t", v, ok)
	}
	for _, r := range []int{99, 200} {
		if v, ok := st.At("w", r, 0); ok {
			t.Errorf("row %d, which is not in the window or has not come, is %v", r, v)
		}
	}
	st.Describe([]model.Info{weight("w", 9000, 4)}, map[string][2]int{"w": {101, 0}})
	if v, ok := st.At("w", 150, 1); ok {
		t.Errorf("where the window moved on, row 150 is still %v", v)
	}
}
