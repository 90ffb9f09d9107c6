package sizes

import (
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
