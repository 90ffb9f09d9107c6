package layout

import (
	"fmt"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/scenetest"
)

func planOf(c model.Config, infos []model.Info, aspect float64) *Plan {
	return New(c, infos, nil, aspect, map[int]Front{}, Pairs{})
}

func TestEveryCellOfEveryTensorStandsInTheSceneOnce(t *testing.T) {
	for _, c := range scenetest.Configs(60) {
		for _, T := range scenetest.TokenCounts(c) {
			infos := scenetest.Outline(t, c, T)
			p := planOf(c, infos, 1.3)
			for i := range infos {
				if err := covered(p, &infos[i], c); err != nil {
					t.Fatalf("%+v, %d tokens: %v", c, T, err)
				}
			}
		}
	}
}

// covered checks that the panels of a tensor show each cell of its window once, and
// those of the tied table twice. It counts areas and tests pairs, which says the same
// as counting each cell.
func covered(p *Plan, s *model.Info, c model.Config) error {
	panels := p.ByName[s.Name]
	if len(panels) == 0 {
		return fmt.Errorf("%s has no panel", s.Name)
	}
	area := map[string]int{}
	for k, i := range panels {
		a := &p.Panels[i]
		area[a.Reader] += a.Rows * a.Cols
		if a.Row < 0 || a.Col < 0 || a.Row+a.Rows > s.Rows || a.Col+a.Cols > s.Cols {
			return fmt.Errorf("%s: a panel shows cells outside (%d, %d)", s.Name, s.Rows, s.Cols)
		}
		for _, j := range panels[:k] {
			b := &p.Panels[j]
			if (a.Reader == b.Reader || !isTable(s.Name)) && a.Row < b.Row+b.Rows && b.Row < a.Row+a.Rows &&
				a.Col < b.Col+b.Cols && b.Col < a.Col+a.Cols {
				return fmt.Errorf("%s: two panels show the same cell", s.Name)
			}
		}
	}
	want, sum := shown(s.Rows)*shown(s.Cols), 0
	if strings.Contains(s.Name, "c_attn") { // seen through views, each with a window of its own
		want = shown(s.Rows) * s.Cols / c.HeadSize() * shown(c.HeadSize())
	}
	if isTable(s.Name) && c.Tied {
		want *= 2
	}
	for _, n := range area {
		sum += n
	}
	if sum != want {
		return fmt.Errorf("%s: the panels show %d cells; expected %d", s.Name, sum, want)
	}
	return nil
}

// shown is how many of n cells of an axis stand in the scene.
func shown(n int) int {
	if n > LongAxis {
		return WindowCells
	}
	return n
}

// TestAWindowIsFullAndEndsWithTheAxis wherever it is asked to begin.
func TestAWindowIsFullAndEndsWithTheAxis(t *testing.T) {
	const first = 100
	for _, c := range []struct{ n, start, from, count int }{
		{0, 0, 0, 0}, {1, 0, 0, 1}, {5, 3, 0, 5}, {LongAxis, 0, 0, LongAxis}, {LongAxis, 7, 0, LongAxis},
		{LongAxis + 1, 0, 0, WindowCells}, {LongAxis + 1, 1, 1, WindowCells}, {LongAxis + 1, LongAxis, LongAxis + 1 - WindowCells, WindowCells},
		{50257, -1, 0, WindowCells}, {50257, 20000, 20000, WindowCells}, {50257, 50257 - WindowCells, 50257 - WindowCells, WindowCells},
		{50257, 50256, 50257 - WindowCells, WindowCells},
	} {
		if from, count := Window(first, c.n, c.start); from != first+c.from || count != c.count {
			t.Errorf("of %d cells, asked for from %d on, %d from %d on are shown; expected %d from %d on", c.n, c.start, count, from-first, c.count, c.from)
		}
	}
}

func TestNoTwoPanelsOverlapInSpace(t *testing.T) {
	for _, c := range scenetest.Configs(200) {
		for _, T := range scenetest.TokenCounts(c) {
			infos := scenetest.Outline(t, c, T)
			p := planOf(c, infos, 1.3)
			if i, j := overlap(p); i >= 0 {
				t.Fatalf("%+v, %d tokens: %+v overlaps %+v", c, T, p.Panels[i], p.Panels[j])
			}
		}
	}
}

// withMargin returns a panel's space with the paper around its cells.
func withMargin(b camera.Box) camera.Box {
	return camera.Box{Min: b.Min.Sub(camera.V(Margin, Margin, 0)), Max: b.Max.Add(camera.V(Margin, Margin, 0))}
}

// overlap returns the first two panels that share space, or −1. Rows are checked
// against one another as wholes, panels within their row.
func overlap(p *Plan) (int, int) {
	first := make([]int, len(p.Boxes)+1)
	for i := range p.Panels {
		first[p.Panels[i].InRow+1] = i + 1
	}
	for r := range p.Boxes {
		if r > 0 && first[r+1] == 0 {
			first[r+1] = first[r]
		}
		for i := first[r]; i < first[r+1]; i++ {
			a := withMargin(p.Panels[i].Box())
			for j := first[r]; j < i; j++ {
				if a.Overlaps(withMargin(p.Panels[j].Box())) {
					return i, j
				}
			}
		}
		if r > 0 && p.Rows[r].Column == p.Rows[r-1].Column && p.Boxes[r].Max.Y > p.Boxes[r-1].Min.Y {
			return first[r], first[r-1]
		}
		for q := range r {
			if p.Rows[q].Column < p.Rows[r].Column && p.Boxes[q].Max.X >= p.Boxes[r].Min.X {
				return first[r], first[q]
			}
		}
	}
	return -1, -1
}

// TestWhatIsChosenStandsInFrontAndTheOthersBehindInTheirOrder, heads as well as slabs; a deeper layer lies farther back.
func TestWhatIsChosenStandsInFrontAndTheOthersBehindInTheirOrder(t *testing.T) {
	c := scenetest.Nano
	infos := scenetest.Outline(t, c, 5)
	for head := range c.Heads {
		for slab := range 4 {
			front := map[int]Front{}
			for row := range 20 {
				front[row] = Front{head, slab}
			}
			p := New(c, infos, nil, 1.3, front, Pairs{})
			for h := range c.Heads {
				q := &p.Panels[p.ByName[fmt.Sprintf("h.1.attn.head.%d.scores", h)][0]]
				if want := (h - head + c.Heads) % c.Heads; q.Layer != want || (q.Z < 0) != (want > 0) {
					t.Errorf("with head %d in front, head %d stands in layer %d at %.0f; expected layer %d", head, h, q.Layer, q.Z, want)
				}
			}
			for _, i := range p.ByName["h.1.mlp.up"] { // 4 C wide, in slabs of C
				q := &p.Panels[i]
				if want := (q.Col/c.Width - slab + 4) % 4; q.Layer != want || (q.Z < 0) != (want > 0) {
					t.Errorf("with slab %d in front, that of column %d stands in layer %d; expected layer %d", slab, q.Col, q.Layer, want)
				}
			}
		}
	}
}

// TestAnAxisFoldsBeyondTwiceTheWidth, into slabs that hold all of it, and into no more than can stand there.
func TestAnAxisFoldsBeyondTwiceTheWidth(t *testing.T) {
	for _, c := range []struct{ n, C, count, size int }{
		{0, 48, 1, 0}, {48, 48, 1, 48}, {96, 48, 1, 96}, {97, 48, 3, 48}, {144, 48, 3, 48}, {145, 48, 4, 48}, {192, 48, 4, 48},
		{64 * 2, 2, 64, 2}, {64*2 + 1, 2, 43, 3}, {LongAxis, 8, 64, 64}, {LongAxis, 768, 6, 768},
	} {
		if count, size := slabs(c.n, c.C, true); count != c.count || size != c.size {
			t.Errorf("%d cells in a model of width %d fold into %d slabs of %d; expected %d of %d", c.n, c.C, count, size, c.count, c.size)
		}
		if count, size := slabs(c.n, c.C, false); count != 1 || size != c.n {
			t.Errorf("%d cells that don't fold are %d slabs of %d", c.n, count, size)
		}
	}
}

// isTable reports whether a tied model reads the weight of that name twice.
func isTable(name string) bool { return name == "wte.weight" || name == "model.embed_tokens.weight" }
