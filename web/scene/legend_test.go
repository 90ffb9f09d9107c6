package scene

import (
	"math"
	"os"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/web/scene/paint"
)

// shipped runs a model that the page carries on ids, and returns its scene, which has all numbers of up to most cells.
func shipped(t *testing.T, file string, ids []int) (*Scene, []*model.Tensor) {
	t.Helper()
	b, err := os.ReadFile("../../static/models/" + file)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := checkpoint.Load(file, b)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := m.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Sample(model.Sampling{Temperature: 0.8, TopK: 20, TopP: 0.9, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	var infos []model.Info
	var tensors []*model.Tensor
	for _, s := range append(append([]*model.Step(nil), tr.Steps...), tr.Drawn...) {
		infos = append(infos, s.Info())
		tensors = append(tensors, &s.Tensor)
	}
	infos = append(infos, tr.Weights()...)
	tensors = append(tensors, m.Parameters()...)
	s := New()
	s.SetSteps(m.Config, infos)
	return s, tensors
}

// TestAScaleEndsAtWhatIsThere holds for every step and weight of both models: the ends of the legend are numbers of two
// digits that fit the panel's own values, whatever those of other heads are; what can't be negative has no negative half;
// ids have no colours.
func TestAScaleEndsAtWhatIsThere(t *testing.T) {
	for file, ids := range map[string][]int{"sort.safetensors": {2, 1, 0, 1, 1, 2}, "language.gguf": {31160, 468, 257, 2266, 2613, 13, 383, 2613, 318}} {
		s, tensors := shipped(t, file, ids)
		above, plain := 0, 0
		for _, x := range tensors {
			row, rows, col, cols := s.Window(x.Name)
			data := make([]float32, 0, rows*cols)
			var largest, least float64
			n := 0
			for r := row; r < row+rows; r++ {
				for c := col; c < col+cols; c++ {
					v, ok := x.At(r, c)
					if !ok {
						v = float32(math.NaN())
					} else if !math.IsInf(float64(v), 0) {
						largest, least, n = max(largest, math.Abs(float64(v))), min(least, float64(v)), n+1
					}
					data = append(data, v)
				}
			}
			s.SetPart(x.Name, row, col, rows, cols, data)
			s.Select(x.Name)
			l := s.Legend()
			info := s.infoOf(x.Name)
			switch {
			case l.Plain:
				plain++
				if b := s.cells(&s.plan.Panels[s.plan.ByName[x.Name][0]]); b.norm < paint.Uncoloured {
					t.Errorf("%s: the ids of %s are coloured", file, x.Name)
				}
				continue
			case l.Norm <= 0 || twoDigits(l.Norm) != l.Norm:
				t.Errorf("%s: the scale of %s ends at %v", file, x.Name, l.Norm)
			case info.Op.IsShare() && l.Norm != 1, !info.Op.IsShare() && largest > 0 && float64(l.Norm) > largest*1.1:
				t.Errorf("%s: the scale of %s ends at %v; its largest value is %v", file, x.Name, l.Norm, largest)
			case n <= 60 && float64(l.Norm) < largest*0.999:
				t.Errorf("%s: the scale of %s ends at %v, before its largest value, %v", file, x.Name, l.Norm, largest)
			case least < 0 && l.Above:
				t.Errorf("%s: the scale of %s begins at 0; its smallest value is %v", file, x.Name, least)
			}
			if l.Above {
				above++
			}
		}
		if above == 0 || plain != 2 {
			t.Errorf("%s: %d scales have one side, %d panels have no colours", file, above, plain)
		}
	}
}

// twoDigits rounds to two digits.
func twoDigits(v float32) float32 {
	step := math.Pow(10, math.Floor(math.Log10(float64(v))+1e-6)-1)
	return float32(math.Round(float64(v)/step) * step)
}

// TestIDsMakeOthersNoPaler: under the shared scale they don't count.
func TestIDsMakeOthersNoPaler(t *testing.T) {
	s := small(t, 5)
	fill(s, "tokens", func(r, c int) float32 { return 50000 })
	fill(s, "h.0.ln_1", func(r, c int) float32 { return 3 })
	s.SetScale(paint.Shared)
	if n := s.store.Norm("h.0.ln_1"); n != 3 {
		t.Errorf("beside ids, the norm is %v; expected 3", n)
	}
}

// TestTheFinalNormHasItsPictureForItself: the table behind it, which is far larger, takes a small part at the edge.
func TestTheFinalNormHasItsPictureForItself(t *testing.T) {
	s, _ := shipped(t, "language.gguf", []int{31160, 468, 257, 2266, 2613, 13, 383, 2613, 318})
	s.SetMotion(false)
	for _, size := range [][2]int{{1080, 724}, {920, 544}, {704, 592}} {
		s.SetSize(size[0], size[1], 1)
		s.FlyTo([]string{"ln_f.mean", "ln_f.std", "ln_f", "ln_f.weight", "ln_f.bias"}, 0)
		s.Frame(0)
		l := s.lens()
		norm, table := s.boundOf([]string{"ln_f"}), s.boundOf([]string{"logits", "wte.weight"})
		_, _, right, _, _ := l.Rect(norm)
		left, _, _, _, _ := l.Rect(table)
		if right > s.w || left < right || left < 0.75*s.w {
			t.Errorf("on a canvas of %v the norm ends at %.0f and the table begins at %.0f", size, right, left)
		}
	}
}
