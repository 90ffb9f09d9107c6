package sizes

import (
	"fmt"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/golden"
	"glassbox/web/scene/scenetest"
)

// TestTowersStandAsBefore: their columns, rows and panels stand in the golden file.
func TestTowersStandAsBefore(t *testing.T) {
	var out strings.Builder
	c := New([]Size{{ID: "a", Label: "A", Config: scenetest.Nano}, {ID: "b", Label: "B", Config: model.Config{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 12, Tied: true}},
		{ID: "c", Config: model.Config{Vocab: 7, Context: 300, Width: 40, Heads: 5, Blocks: 7}}})
	for _, t := range c.Towers {
		fmt.Fprintf(&out, "\n== %s\n%s\n%s\n", golden.Text(t.All), golden.Text(t.Columns), golden.Text([]any{t.Block, t.Rows, t.Sheets, t.Stream.Title(), t.Scores.Title()}))
		for r := t.Rows[0]; r < t.Rows[1]; r++ {
			from := 0
			if r > 0 {
				from = c.Plan.Ends[r-1]
			}
			fmt.Fprintf(&out, "row %s with %d panels\n", golden.Text(c.Plan.Boxes[r]), c.Plan.Ends[r]-from)
			for n := from; n < c.Plan.Ends[r]; n++ {
				if k := n - from; k < 12 || k%97 == 0 {
					p := &c.Plan.Panels[n]
					fmt.Fprintf(&out, "%s\n", golden.Text(p))
				}
			}
		}
	}
	for _, tensor := range c.Tensors {
		fmt.Fprintf(&out, "%s %s\n", tensor.Title(), golden.Text(tensor, "base"))
	}
	fmt.Fprintln(&out, c.Has(Name("b")), c.Has("b"), c.Has(Name("d")), golden.Text(c.Plan.All))
	golden.Compare(t, "stand", out.String())
}
