package train

import (
	"math"
	"slices"
	"testing"

	"glassbox/model"
)

// TestPositionsBeginAsSinusoids holds that one step along the text is the same turn wherever it is, and that nothing
// else changes.
func TestPositionsBeginAsSinusoids(t *testing.T) {
	c := model.Config{Vocab: 5, Context: 40, Width: 16, Heads: 2, Blocks: 1, Tied: true}
	plain, err := NewState(c, 3)
	if err != nil {
		t.Fatal(err)
	}
	s, err := InitialState(c, Recipe{Sinusoids: 0.5}, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range s.Model.Parameters() {
		if same := slices.Equal(p.Data(), plain.Model.Parameters()[i].Data()); same == (p == s.Model.WPE) {
			t.Errorf("%s: as without waves: %v", p.Name, same)
		}
	}
	dot := func(a, b int) (sum float64) {
		for i, v := range s.Model.WPE.Row(a) {
			sum += float64(v) * float64(s.Model.WPE.Row(b)[i])
		}
		return sum
	}
	for at := range c.Context - 3 {
		if got, want := dot(at, at+3), dot(0, 3); math.Abs(got-want) > 1e-6 {
			t.Errorf("three tokens on from %d the rows' product is %v; from 0 it is %v", at, got, want)
		}
	}
	if length := dot(7, 7); math.Abs(length-16/2*0.25) > 1e-6 {
		t.Errorf("a row's square is %v; expected C/2 · height² = 2", length)
	}
}
