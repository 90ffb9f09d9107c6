package lab

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/quant"
)

func TestARunDoesNotDifferFromItself(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		same, err := tr.Model.Forward(tr.IDs())
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range tr.Steps {
			d, ok := Differ(&s.Tensor, &same.Steps[i].Tensor)
			if !ok || d.RMS != 0 || d.Largest != 0 || d.Relative() != 0 {
				t.Errorf("%s differs from itself: %+v", s.Name, d)
			}
		}
		for _, p := range tr.Model.Parameters() {
			if d, ok := DifferWeights(tr.Model, tr.Model, p, p); !ok || d.RMS != 0 {
				t.Errorf("%s differs from itself: %+v", p.Name, d)
			}
		}
		a, b := NewWriter(tr, never), NewWriter(same, never)
		for range 8 {
			if err := a.Next(); err != nil {
				t.Fatal(err)
			}
			if err := b.Next(); err != nil {
				t.Fatal(err)
			}
		}
		if at := Part(a.Written, b.Written); at != len(a.Written) || at != len(b.Written) {
			t.Errorf("it writes %v and %v", a.Written, b.Written)
		}
	})
}

func never(int) bool { return false }

// TestDifferencesAreThoseOfEachCell: summed in another order, cell by cell.
func TestDifferencesAreThoseOfEachCell(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		r := rand.New(rand.NewPCG(1, 2))
		ids := tr.IDs()
		for i := range ids {
			ids[i] = r.IntN(tr.Model.Config.Vocab)
		}
		other, err := tr.Model.Forward(ids)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range tr.Steps {
			of := &other.Steps[i].Tensor
			d, ok := Differ(&s.Tensor, of)
			squares, size, largest, n := 0.0, 0.0, -1.0, 0
			for c := range s.Cols {
				for r := range s.Rows {
					x, here := s.At(r, c)
					y, there := of.At(r, c)
					if !here || !there {
						continue
					}
					apart := float64(x) - float64(y)
					squares, size, n = squares+apart*apart, size+float64(x)*float64(x), n+1
					largest = max(largest, math.Abs(apart))
				}
			}
			if ok != (n > 0) {
				t.Fatalf("%s: compared is %t, with %d numbers", s.Name, ok, n)
			}
			near(t, s.Name+" RMS", d.RMS, math.Sqrt(squares/float64(n)))
			near(t, s.Name+" size", d.Size, math.Sqrt(size/float64(n)))
			if x, _ := s.At(d.Row, d.Col); d.Largest != largest {
				y, _ := of.At(d.Row, d.Col)
				t.Errorf("%s: the largest difference is %g, at %g and %g; expected %g", s.Name, d.Largest, x, y, largest)
			}
		}
	})
}

func TestTensorsOfOtherShapesAreNotCompared(t *testing.T) {
	m := open(t, "../testdata/tiny-gpt2/weights.safetensors")
	a, b := forward(t, m, 5, 1), forward(t, m, 4, 1)
	if _, ok := Differ(&a.Steps[0].Tensor, &b.Steps[0].Tensor); ok {
		t.Error("5 tokens were compared with 4")
	}
	last, ok := DifferAt(&a.Steps[0].Tensor, &b.Steps[0].Tensor, 3)
	if !ok || last.RMS != 0 {
		t.Errorf("the same first rows differ: %+v, %t", last, ok)
	}
	if _, ok := DifferAt(&a.Steps[0].Tensor, &b.Steps[0].Tensor, 4); ok {
		t.Error("a row that one lacks was compared")
	}
}

// TestTheErrorOfWeightsIsThatOfTheirType: at most half a step, and the fewer bits the more.
func TestTheErrorOfWeightsIsThatOfTheirType(t *testing.T) {
	m := open(t, "../testdata/tiny-gpt2/weights.safetensors")
	before := map[string]float64{}
	for _, as := range []quant.Type{quant.F32, quant.F16, quant.Q8_0, quant.Q4_0} {
		other, err := checkpoint.Retyped(m, as)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range other.Parameters() {
			d, ok := DifferWeights(m, other, m.Parameters()[i], p)
			if !ok || d.Relative() < before[p.Name] || as == quant.F32 && d.RMS != 0 {
				t.Errorf("%s as %s: %+v after %g", p.Name, as, d, before[p.Name])
			}
			if parts, held := p.Parts(d.Row, d.Col); held && parts.Type == quant.Q8_0 {
				step := math.Abs(float64(parts.D))
				const scale = 127.0 / 2048 // of the 127 steps of a block, by the rounding of their size to F16
				if d.Largest > (0.5+scale)*step || d.RMS > d.Largest {
					t.Errorf("%s is off by %g; a step is %g", p.Name, d.Largest, step)
				}
			}
			before[p.Name] = d.Relative()
		}
	}
}

// TestAWriterWritesWhatTheModelSays: what a run of the whole text says, token after token, also with edits.
func TestAWriterWritesWhatTheModelSays(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		for _, specs := range [][]string{nil, {"off:norm"}, {"off:mask"}} {
			run := tr
			if specs != nil {
				e, err := model.ParseEdit(specs[0])
				if err != nil {
					t.Fatal(err)
				}
				if run, err = tr.Edited([]model.Edit{e}); err != nil {
					t.Fatal(err)
				}
			}
			w := NewWriter(run, never)
			for n := 0; n < 6 && !w.Ended; n++ {
				if err := w.Next(); err != nil {
					t.Fatal(err)
				}
			}
			var want []int
			for range w.Written {
				whole, err := tr.Model.Forward(slices.Concat(tr.IDs(), want))
				if err == nil && specs != nil {
					whole, err = whole.Edited(run.Edits())
				}
				if err != nil {
					t.Fatal(err)
				}
				last := len(whole.IDs()) - 1
				want = append(want, whole.Find(model.PartOutput, model.OpUnembed).Ranked(last, 1)[0])
			}
			if !slices.Equal(w.Written, want) || len(want) == 0 {
				t.Errorf("with %v it wrote %v; expected %v", specs, w.Written, want)
			}
		}
	})
}

func TestAWriterStopsAtTheEndOfTheContext(t *testing.T) {
	m := open(t, "../testdata/nano-sort/weights.safetensors")
	w := NewWriter(forward(t, m, m.Config.Context-2, 1), never)
	for range 10 {
		if err := w.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if !w.Ended || len(w.Written) == 0 || len(w.Written) > 3 {
		t.Errorf("it wrote %d tokens at the end of the context", len(w.Written))
	}
	stopped := NewWriter(forward(t, m, 4, 1), func(int) bool { return true })
	for range 5 {
		if err := stopped.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if !stopped.Ended || len(stopped.Written) != 1 {
		t.Errorf("it wrote on behind the end: %v", stopped.Written)
	}
}

func TestListsPartAtTheFirstOther(t *testing.T) {
	for want, lists := range map[int][2][]int{0: {{1}, {2}}, 2: {{1, 2, 3}, {1, 2, 4}}, 1: {{5}, {5, 6}}} {
		if at := Part(lists[0], lists[1]); at != want {
			t.Errorf("%v part at %d; expected %d", lists, at, want)
		}
	}
}
