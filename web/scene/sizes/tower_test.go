package sizes

import (
	"math"
	"testing"

	"glassbox/model"
)

// TestEachBlockStandsInOneColumn: twelve in each but the last, and its cells are the parameters of the model.
func TestEachBlockStandsInOneColumn(t *testing.T) {
	for _, blocks := range []int{1, 11, 12, 13, 24, 25, 48} {
		c := model.Config{Vocab: 100, Context: 16, Width: 24, Heads: 2, Blocks: blocks, Tied: true}
		s := New([]Size{{ID: "x", Config: c}})
		tower := s.Towers[0]
		if want := (blocks + 11) / 12; len(tower.Columns) != want {
			t.Errorf("%d blocks stand in %d columns; expected %d", blocks, len(tower.Columns), want)
		}
		column, cells := map[int]int{}, 0
		for i, p := range s.Plan.Panels {
			if p.Kind == model.KindWeight {
				cells += p.Rows * p.Cols
			}
			if s.Tensors[i] == tower.Stream {
				for k, ribbon := range tower.Columns {
					if x := p.X + float64(p.Cols)/2; x > ribbon.X-ribbon.Half && x < ribbon.X+ribbon.Half {
						if _, twice := column[p.Block]; twice {
							t.Errorf("of %d blocks, number %d stands twice", blocks, p.Block)
						}
						column[p.Block] = k
						if top := p.Y; top > ribbon.Top || top < ribbon.Bottom {
							t.Errorf("of %d blocks, number %d begins at %.1f, outside of its column, %.1f to %.1f", blocks, p.Block, top, ribbon.Top, ribbon.Bottom)
						}
					}
				}
			}
		}
		for l := range blocks {
			if k, ok := column[l]; !ok || k != l/12 {
				t.Errorf("of %d blocks, number %d stands in column %d, %t", blocks, l, k, ok)
			}
		}
		if len(column) != blocks || cells != c.Parameters() {
			t.Errorf("%d blocks stand there, of %d, with %d cells of weights; expected %d", len(column), blocks, cells, c.Parameters())
		}
	}
}

// TestALongContextMakesNoModelLarge: what tokens take is drawn up to the same number of them for all.
func TestALongContextMakesNoModelLarge(t *testing.T) {
	c := model.Config{Family: model.FamilyLlama, Activation: model.SiLU, Rotary: model.Rotary{Theta: 10000}, Vocab: 900, Context: MostTokens, Width: 64, Heads: 4, Blocks: 3, Tied: true}
	long := c
	long.Context = 8 * MostTokens
	drawn := New([]Size{{ID: "short", Config: c}, {ID: "long", Config: long}})
	a, b := drawn.Towers[0].All, drawn.Towers[1].All
	if wide, high := b.Max.X-b.Min.X, b.Max.Y-b.Min.Y; math.Abs(a.Max.X-a.Min.X-wide) > 1e-6 || math.Abs(a.Max.Y-a.Min.Y-high) > 1e-6 {
		t.Errorf("with a context of %d a model takes %v, with one of %d %v", c.Context, a, long.Context, b)
	}
}
