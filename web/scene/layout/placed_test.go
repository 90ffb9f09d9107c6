package layout

import (
	"fmt"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/golden"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/scenetest"
)

// TestPanelsStandAsBefore: of some models the golden file has every panel, row and connection, at two widths of the gaps.
func TestPanelsStandAsBefore(t *testing.T) {
	long := model.Config{Vocab: 50257, Context: 1024, Width: 96, Heads: 4, Blocks: 2, Tied: true}
	small := model.Config{Vocab: 5, Context: 8, Width: 12, Heads: 2, Blocks: 1}
	for _, c := range []struct {
		name    string
		config  model.Config
		tokens  int
		windows map[string][2]int
		front   map[int]Front
		pairs   Pairs
		aspect  float64
	}{
		{"empty", small, 0, nil, map[int]Front{}, Pairs{}, 0.6},
		{"nano", scenetest.Nano, 6, nil, map[int]Front{2: {Head: 1, Slab: 0}, 4: {Head: 2}}, Pairs{}, 2.1},
		{"long", long, 30, map[string][2]int{"wte.weight": {3000, 0}, "logits": {0, 3000}, "h.0.mlp.c_fc.weight": {0, 10}}, map[int]Front{1: {Head: 3}}, Pairs{First: 4, Count: 9, Room: 40}, 1.3},
	} {
		var out strings.Builder
		infos := scenetest.Outline(t, c.config, c.tokens)
		p := New(c.config, infos, c.windows, c.aspect, c.front, c.pairs)
		for _, spread := range []float64{1, 0.4} {
			p.Open(spread)
			fmt.Fprintf(&out, "\n== %s, spread %v\n", c.name, spread)
			fmt.Fprintf(&out, "%s %s\n", golden.Text([]float64{p.S, p.Half, p.Top, p.Bottom, p.Wide(), p.Tokens(), p.ColumnX(0), p.ColumnX(2), p.PairSize(), p.Largest(), p.Column}), golden.Text(p.All))
			for i := range p.Panels {
				q := &p.Panels[i]
				w, h := q.Size()
				if spread < 1 && i%5 > 0 {
					continue
				}
				row, col := q.Cell(w-1, h/2)
				x, y, ok := q.Spot(row, col)
				fmt.Fprintf(&out, "%s; %d %d, cell %d %d at %d %d %v, middle %s, fade %.3f\n", golden.Text(q), w, h, row, col, x, y, ok, golden.Text(q.Centre(w/2, h/2)), q.Fade())
				eye := camera.V(q.X+5, q.Y+3, 400)
				at := q.Centre(0, 0)
				panel, hit, front := p.Hit(eye, at.Sub(eye).Unit())
				fmt.Fprintf(&out, "hit %d at %s, front %v, found %d\n", panel, golden.Text(hit), front, p.PanelOf(q.Name, q.Row, q.Col, q.Reader))
			}
			for i, sh := range p.Rows {
				fmt.Fprintf(&out, "row %d: %s ends %d side %d block %d adds %q tail %v after %v top %.2f height %.2f meet %.2f\n", i, golden.Text(p.Boxes[i]), p.Ends[i], sh.Side, sh.Block, sh.Adds, sh.Tail, sh.After, sh.Top, sh.Height, sh.Meet)
				for _, l := range sh.Links {
					fmt.Fprintf(&out, "link %s low %v %s\n", l.Kind, l.low, golden.Text(p.Route(nil, sh, l)))
				}
				for _, it := range sh.Places {
					fmt.Fprintf(&out, "place %s wide %.2f inset %.2f ceiling %.2f box %s\n", it.Body.Regions[0].Name, it.Wide(), it.Inset(), p.Ceiling(it), golden.Text(it.Box(true)))
				}
			}
			fmt.Fprintf(&out, "bound %s\n", golden.Text(p.BoundOf([]string{"logits", "h.0.ln_1", "none"})))
		}
		golden.Compare(t, "placed-"+c.name, out.String())
	}
}
