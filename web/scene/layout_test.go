package scene

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// outline returns the steps of a model with T tokens, those of sampling and its weights.
func outline(t testing.TB, c model.Config, T int) []model.Info {
	t.Helper()
	infos, err := model.Outline(c, T)
	if err != nil {
		t.Fatal(err)
	}
	if T == 0 {
		return infos
	}
	n := 0
	for n < len(infos) && infos[n].Kind != model.KindWeight {
		n++
	}
	return slices.Concat(infos[:n], sampling(t, c.Vocab), infos[n:])
}

// sampling returns what Trace.Sample records, for a vocabulary of V words: that of a model of a
// few words, with V in the place of their number.
func sampling(t testing.TB, V int) []model.Info {
	t.Helper()
	const few = 7
	m, err := model.New(model.Config{Vocab: few, Context: 1, Width: 2, Heads: 1, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	tr, err := m.Forward([]int{0})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Sample(model.Sampling{Temperature: 1}); err != nil {
		t.Fatal(err)
	}
	var infos []model.Info
	for _, s := range tr.Drawn {
		i := s.Info()
		if i.ColAxis == model.AxisWord {
			i.Cols = V
		}
		for k := range i.Inputs {
			if i.Inputs[k].Cols == few {
				i.Inputs[k].Cols = V
			}
		}
		infos = append(infos, i)
	}
	return infos
}

var nano = model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3}

// configs returns the published sizes and random small ones.
func configs(n int) []model.Config {
	list := []model.Config{nano,
		{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 12, Tied: true},
		{Vocab: 50257, Context: 1024, Width: 1600, Heads: 25, Blocks: 48, Tied: true},
		{Vocab: 50257, Context: 2048, Width: 12288, Heads: 96, Blocks: 4, Tied: true}}
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		heads := 1 + r.IntN(6)
		list = append(list, model.Config{Vocab: 1 + r.IntN(1<<r.IntN(14)), Context: 1 + r.IntN(1<<r.IntN(12)),
			Width: heads * (1 + r.IntN(40)), Heads: heads, Blocks: 1 + r.IntN(3), Tied: r.IntN(2) == 0})
	}
	return list
}

// tokenCounts returns the numbers of tokens to try: none, one, all, and one between.
func tokenCounts(c model.Config) []int {
	return []int{0, 1, 1 + c.Context/3, c.Context}
}

func planOf(c model.Config, infos []model.Info, aspect float64) *layout.Plan {
	return layout.New(c, infos, nil, aspect, map[int]layout.Front{})
}

func TestEveryCellOfEveryTensorStandsInTheSceneOnce(t *testing.T) {
	for _, c := range configs(60) {
		for _, T := range tokenCounts(c) {
			infos := outline(t, c, T)
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
func covered(p *layout.Plan, s *model.Info, c model.Config) error {
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
			if (a.Reader == b.Reader || s.Name != "wte.weight") && a.Row < b.Row+b.Rows && b.Row < a.Row+a.Rows &&
				a.Col < b.Col+b.Cols && b.Col < a.Col+a.Cols {
				return fmt.Errorf("%s: two panels show the same cell", s.Name)
			}
		}
	}
	want, sum := min(s.Rows, layout.WindowCells)*min(s.Cols, layout.WindowCells), 0
	if strings.Contains(s.Name, "c_attn") { // seen through views, each with a window of its own
		want = min(s.Rows, layout.WindowCells) * s.Cols / c.HeadSize() * min(c.HeadSize(), layout.WindowCells)
	}
	if s.Name == "wte.weight" && c.Tied {
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

func TestNoTwoPanelsOverlapInSpace(t *testing.T) {
	for _, c := range configs(200) {
		for _, T := range tokenCounts(c) {
			infos := outline(t, c, T)
			p := planOf(c, infos, 1.3)
			if i, j := overlap(p); i >= 0 {
				t.Fatalf("%+v, %d tokens: %+v overlaps %+v", c, T, p.Panels[i], p.Panels[j])
			}
		}
	}
}

// withMargin returns a panel's space with the paper around its cells.
func withMargin(b camera.Box) camera.Box {
	return camera.Box{Min: b.Min.Sub(camera.V(layout.Margin, layout.Margin, 0)), Max: b.Max.Add(camera.V(layout.Margin, layout.Margin, 0))}
}

// overlap returns the first two panels that share space, or −1. Rows are checked
// against one another as wholes, panels within their row.
func overlap(p *layout.Plan) (int, int) {
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
		if r > 0 && p.Boxes[r].Max.Y > p.Boxes[r-1].Min.Y {
			return first[r], first[r-1]
		}
	}
	return -1, -1
}
