package checkpoint

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"glassbox/model"
	"glassbox/model/lab"
	"glassbox/model/quant"
)

// some are models of both families, held as float32 and in blocks, with shared rows and without.
func some(t *testing.T) map[string]*model.Model {
	t.Helper()
	list := map[string]*model.Model{}
	for _, path := range []string{"testdata/nano-sort/weights.safetensors", "testdata/tiny-llama/model.safetensors"} {
		files := []File{}
		for _, name := range []string{path, filepath.Join(filepath.Dir(path), "config.json")} {
			if b, err := os.ReadFile("../" + name); err == nil {
				files = append(files, File{Name: filepath.Base(name), Bytes: b})
			}
		}
		i, err := ImportFiles(files, Options{})
		if err != nil {
			t.Fatal(err)
		}
		list[path] = i.Model
	}
	i, err := language(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	list["language"] = i.Model
	return list
}

// TestARetypedWeightIsOffByHalfAStepAtMost: of blocks the step is told by what is held, of halves by the number of bits.
func TestARetypedWeightIsOffByHalfAStepAtMost(t *testing.T) {
	for name, m := range some(t) {
		for _, as := range Written() {
			other, err := Retyped(m, as)
			if err != nil {
				t.Fatalf("%s as %s: %v", name, as, err)
			}
			held := 0
			for i, p := range other.Parameters() {
				from := m.Parameters()[i]
				if m.Vector(p) && p.Type() != quant.F32 {
					t.Errorf("%s: %s is %s; expected F32", name, p.Name, p.Type())
				}
				if p.Type() == as && !m.Vector(p) {
					held++
				}
				for r := range min(p.Rows, 40) {
					a, b := from.Row(r), p.Row(r)
					for c := range a {
						if d := math.Abs(float64(a[c] - b[c])); d > halfStep(p, r, c, a[c]) {
							t.Fatalf("%s as %s: %s has %g at (%d, %d), which was %g", name, as, p.Name, b[c], r, c, a[c])
						}
					}
				}
			}
			if held == 0 && as.BlockLen() == 1 {
				t.Errorf("%s as %s holds no matrix so", name, as)
			}
		}
	}
}

// halfStep is how far a number may be from the one that it stands for.
func halfStep(p *model.Tensor, r, c int, v float32) float64 {
	size := math.Abs(float64(v))
	switch p.Type() {
	case quant.F32:
		return 0
	case quant.F16:
		return max(size/(1<<11), 1.0/(1<<25))
	case quant.BF16:
		return size / (1 << 8)
	}
	parts, _ := p.Parts(r, c)
	step := math.Abs(float64(parts.D))
	if p.Type() == quant.Q4_0 { // the end of the scale that no number reaches is a whole step away
		return step + size/500
	}
	return step/2 + max(size, step*16)/500 // the scale itself is F16
}

func TestRetypingIntoTheOwnTypeCopiesNothing(t *testing.T) {
	m := some(t)["language"]
	other, err := Retyped(m, quant.Q8_0)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range other.Parameters() {
		_, a, _ := p.Held()
		_, b, _ := m.Parameters()[i].Held()
		if len(a) != len(b) || len(a) > 0 && &a[0] != &b[0] {
			t.Errorf("%s is copied", p.Name)
		}
	}
	x, _ := m.Forward([]int{1, 2, 3})
	y, _ := other.Forward([]int{1, 2, 3})
	if d := lab.Divergence(x, y, 2); d != 0 {
		t.Errorf("%g bits are lost by nothing", d)
	}
	if other.Bytes() > m.Bytes() {
		t.Errorf("it takes %d bytes; expected %d at most", other.Bytes(), m.Bytes())
	}
}

func TestARetypedModelComputes(t *testing.T) {
	for name, m := range some(t) {
		want, err := m.Forward([]int{1, 2, 0, 1})
		if err != nil {
			t.Fatal(err)
		}
		last := 0.0
		for _, as := range []quant.Type{quant.F32, quant.F16, quant.Q8_0, quant.Q4_0} {
			other, err := Retyped(m, as)
			if err != nil {
				t.Fatal(err)
			}
			got, err := other.Forward([]int{1, 2, 0, 1})
			if err != nil {
				t.Fatal(err)
			}
			lost := lab.Divergence(want, got, 3)
			if lost > 0.5 || as == quant.F32 && lost > 1e-9 {
				t.Errorf("%s as %s loses %g bits", name, as, lost)
			}
			last = max(last, lost)
		}
		if last == 0 {
			t.Errorf("nothing of %s was rounded", name)
		}
	}
}
