package scene

import (
	"math"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

func small(t testing.TB, T int) *Scene {
	s := New()
	s.SetSteps(scenetest.Nano, scenetest.Outline(t, scenetest.Nano, T))
	return s
}

// fill sets all rows of a tensor to f(row, col).
func fill(s *Scene, name string, f func(r, c int) float32) {
	i := s.infoOf(name)
	data := make([]float32, i.Rows*i.Cols)
	for k := range data {
		data[k] = f(k/i.Cols, k%i.Cols)
	}
	s.SetValues(name, 0, i.Rows, i.Cols, data)
}

// box returns the instance of panel i among the boxes of the batch.
func box(t testing.TB, s *Scene, name string, k int) []float32 {
	t.Helper()
	b, _ := s.Frame(0)
	n := 0
	for i := range s.plan.Panels {
		p := &s.plan.Panels[i]
		if w, h := p.Size(); w == 0 || h == 0 {
			continue
		}
		if p.Name == name && k == 0 {
			return b.Boxes.Data[n*paint.BoxFloats : (n+1)*paint.BoxFloats]
		} else if p.Name == name {
			k--
		}
		n++
	}
	t.Fatalf("%s has no such box", name)
	return nil
}

func TestEachCellOfABoxShowsItsOwnValue(t *testing.T) {
	for _, name := range []string{"h.0.ln_1", "h.0.attn.c_attn.weight", "lm_head.weight", "h.1.mlp.c_proj.weight", "h.1.mlp.up", "h.0.attn.c_attn.bias"} {
		s := small(t, 5)
		fill(s, name, func(r, c int) float32 { return float32(1000*r + c) })
		s.Frame(0)
		for k, i := range s.plan.ByName[name] {
			p := &s.plan.Panels[i]
			f := box(t, s, name, k)
			w, h := p.Size()
			for u := range w {
				for v := range h {
					row, col := p.Cell(u, v)
					at := int(f[10]) + u*int(f[11]) + v*int(f[12])
					if got := s.batch.Values.Data[at]; got != float32(1000*row+col) {
						t.Fatalf("%s (%d, %d) shows %v", name, row, col, got)
					}
				}
			}
			if int(f[15])&paint.FlagEmpty != 0 || (int(f[15]) == paint.FlagAcross) != p.Across || f[3] != float32(w) || f[4] != float32(h) {
				t.Fatalf("%s: flags %v, size %v × %v", name, f[15], f[3], f[4])
			}
		}
	}
}

func TestTheViewsOfALongTensorShowTheirOwnColumns(t *testing.T) {
	c := model.Config{Vocab: 5, Context: 4, Width: 1600, Heads: 25, Blocks: 1, Tied: true} // 3C = 4800 columns
	s := New()
	s.SetSteps(c, scenetest.Outline(t, c, 2))
	const name = "h.0.attn.c_attn.bias"
	fill(s, name, func(_, c int) float32 { return float32(c) })
	s.Frame(0)
	for _, i := range s.plan.ByName[name] {
		p := &s.plan.Panels[i]
		k := s.cells(p)
		base, du, dv, flags := k.base, k.du, k.dv, k.flags
		if int(flags)&paint.FlagEmpty != 0 {
			t.Fatalf("columns %d… are empty", p.Col)
		}
		w, h := p.Size()
		last := int(base) + (w-1)*int(du) + (h-1)*int(dv)
		if got := s.batch.Values.Data[last]; got != float32(p.Col+p.Cols-1) {
			t.Errorf("columns %d… end with the value of column %v", p.Col, got)
		}
	}
}

func TestMaskedAndBrokenNumbersAreToldApart(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	s := small(t, 4)
	fill(s, "h.0.attn.head.1.scores", func(r, c int) float32 { return nan })
	fill(s, "h.0.ln_1", func(r, c int) float32 {
		if c == 3 {
			return inf
		}
		return nan
	})
	fill(s, "sample.top_k", func(r, c int) float32 { return nan })
	for _, c := range []struct {
		name     string
		row, col int
		want     float32
	}{
		{"h.0.attn.head.1.scores", 1, 2, paint.Masked}, {"h.0.attn.head.1.scores", 2, 1, paint.NotFinite},
		{"h.0.ln_1", 0, 0, paint.NotFinite}, {"h.0.ln_1", 0, 3, paint.NotFinite}, {"sample.top_k", 0, 1, paint.Masked},
	} {
		if v, ok := s.store.At(c.name, c.row, c.col); !ok || v != c.want {
			t.Errorf("%s (%d, %d) is %v; expected %v", c.name, c.row, c.col, v, c.want)
		}
	}
}

func TestNormsFollowTheDesign(t *testing.T) {
	s := small(t, 5)
	fill(s, "h.0.ln_1", func(r, c int) float32 { return float32(r*48+c+1) / 240 }) // 240 cells
	if n := s.store.Norm("h.0.ln_1"); n != 0.97 {
		t.Errorf("the norm of 240 cells is %v; expected the 96th percentile, %v, in two digits", n, 231.0/240)
	}
	fill(s, "logits", func(r, c int) float32 { return -float32(r + c) })
	if n := s.store.Norm("logits"); n != 6 {
		t.Errorf("the norm of 15 cells is %v; expected the maximum, 6", n)
	}
	fill(s, "probabilities", func(r, c int) float32 { return 0.01 })
	fill(s, "h.0.ln_2", func(r, c int) float32 { return 0 })
	for _, name := range []string{"probabilities", "h.0.ln_2", "h.0.attn.head.0.attention"} {
		if n := s.store.Norm(name); n != 1 {
			t.Errorf("the norm of %s is %v; expected 1", name, n)
		}
	}
	for h := range 3 {
		fill(s, names(t, scenetest.Nano, "h.0.attn.head")[h*9], func(r, c int) float32 { return float32(h + 1) })
	}
	if a, b := s.store.Norm("h.0.attn.head.0.query"), s.store.Norm("h.0.attn.head.2.query"); a != 1 || b != 3 {
		t.Errorf("two heads have norms %v and %v; expected those of their own values, 1 and 3", a, b)
	}
}

func TestAGrowingTextKeepsTheRowsThatStillHold(t *testing.T) {
	s := small(t, 5)
	fill(s, "h.0.ln_1", func(r, c int) float32 { return float32(r) })
	fill(s, "h.0.attn.head.0.attention", func(r, c int) float32 { return float32(10*r + c) })
	fill(s, "wpe.weight", func(r, c int) float32 { return 7 })
	s.SetSteps(scenetest.Nano, scenetest.Outline(t, scenetest.Nano, 6))
	if f := box(t, s, "h.0.ln_1", 0); f[15] != paint.FlagEmpty {
		t.Error("the panel shows old numbers before anybody says that they hold")
	}
	if f := box(t, s, "wpe.weight", 0); f[15] != paint.FlagAcross {
		t.Error("a weight has lost its values")
	}
	s.SetValues("h.0.ln_1", 5, 1, 48, make([]float32, 48))
	s.SetValues("h.0.attn.head.0.attention", 5, 1, 6, []float32{1, 2, 3, 4, 5, 6})
	if f := box(t, s, "h.0.ln_1", 0); f[15] != 0 {
		t.Error("the panel is empty although all rows are there")
	}
	if v, _ := s.store.At("h.0.ln_1", 4, 0); v != 4 {
		t.Errorf("row 4 is %v; expected 4", v)
	}
	if v, _ := s.store.At("h.0.attn.head.0.attention", 4, 3); v != 43 {
		t.Errorf("attention (4, 3) is %v; expected 43", v)
	}
	if v, _ := s.store.At("h.0.attn.head.0.attention", 5, 3); v != 4 {
		t.Errorf("attention (5, 3) is %v; expected 4", v)
	}
	other := scenetest.Nano
	other.Blocks = 1
	s.SetSteps(other, scenetest.Outline(t, other, 6))
	if f := box(t, s, "wpe.weight", 0); f[15] != paint.FlagEmpty {
		t.Error("another model shows the first one's weights")
	}
}

func TestOnlyWhatChangedIsSentAgain(t *testing.T) {
	s := small(t, 5)
	for _, i := range scenetest.Outline(t, scenetest.Nano, 5) {
		fill(s, i.Name, func(r, c int) float32 { return 1 })
	}
	b, _ := s.Frame(0)
	b.Values.Changed = b.Values.Changed[:0]
	version, boxes := b.Values.Version, b.Boxes.Version
	b, _ = s.Frame(1)
	if len(b.Values.Changed) > 0 || b.Values.Version != version || b.Boxes.Version != boxes {
		t.Error("a frame without news sends values or boxes")
	}
	s.SetValues("h.0.ln_1", 2, 1, 48, make([]float32, 48))
	b, _ = s.Frame(2)
	sent := 0
	for _, c := range b.Values.Changed {
		sent += c.To - c.From
	}
	if len(b.Values.Changed) == 0 || b.Values.Changed[0].To-b.Values.Changed[0].From != 48 || sent > 2*48 || b.Values.Version != version {
		t.Errorf("a new row changes %v, version %d; expected 48 values and their averages, version %d", b.Values.Changed, b.Values.Version, version)
	}
	b.Values.Changed = b.Values.Changed[:0]
	s.SetValues("unknown", 0, 1, 1, []float32{1})
	s.SetValues("h.0.ln_1", 0, 5, 48, []float32{1}) // too few
	if b, _ = s.Frame(3); len(b.Values.Changed) != 0 {
		t.Error("values that fit nothing were stored")
	}
}

func TestTheScaleIsThePanelsOwnOrSharedOrFixed(t *testing.T) {
	s := small(t, 5)
	fill(s, "h.0.ln_1", func(r, c int) float32 { return 4 })
	fill(s, "h.1.ln_1", func(r, c int) float32 { return 2 })
	fill(s, "h.0.ln_1.weight", func(r, c int) float32 { return 9 })
	norms := func() [3]float32 {
		return [3]float32{box(t, s, "h.0.ln_1", 0)[13], box(t, s, "h.1.ln_1", 0)[13], box(t, s, "h.0.ln_1.weight", 0)[13]}
	}
	if got := norms(); got != [3]float32{4, 2, 9} {
		t.Errorf("of their own the norms are %v", got)
	}
	s.SetScale(paint.Shared)
	if got := norms(); got != [3]float32{4, 4, 9} {
		t.Errorf("shared by kind the norms are %v", got)
	}
	fill(s, "h.1.ln_1", func(r, c int) float32 { return 8 })
	if got := norms(); got != [3]float32{8, 8, 9} {
		t.Errorf("after new values the shared norms are %v", got)
	}
	s.SetScale(paint.Fixed)
	if got := norms(); got != [3]float32{1, 1, 1} {
		t.Errorf("the fixed norms are %v", got)
	}
	other := scenetest.Nano
	other.Blocks = 1
	s.SetSteps(other, scenetest.Outline(t, other, 5))
	s.Select("h.0.ln_1")
	if l := s.Legend(); l.Norm != 1 || !l.Clamped {
		t.Errorf("in another model the legend says %+v; the scale is the reader's", l)
	}
}

func TestAPartOfTheColumnsFillsTheWindowThatItHolds(t *testing.T) {
	c := model.Config{Vocab: 50257, Context: 64, Width: 96, Heads: 2, Blocks: 1, Tied: true}
	s := New()
	s.SetSteps(c, scenetest.Outline(t, c, 2))
	s.SetWindow("logits", 0, 20000)
	const wide = layout.WindowCells
	data := make([]float32, 2*wide)
	for i := range data {
		data[i] = float32(i)
	}
	s.SetPart("logits", 0, 20000-wide/2, 2, wide, data)
	if _, ok := s.store.At("logits", 0, 20000); ok {
		t.Error("columns that don't reach over the window fill it")
	}
	s.SetPart("logits", 0, 20000, 2, wide, data)
	for _, at := range [][3]int{{0, 20000, 0}, {1, 20005, wide + 5}, {1, 20000 + wide - 1, 2*wide - 1}} {
		if v, ok := s.store.At("logits", at[0], at[1]); !ok || v != float32(at[2]) {
			t.Errorf("the cell (%d, %d) is %v, %t; expected %d", at[0], at[1], v, ok, at[2])
		}
	}
}
