package engine

import (
	"math"
	"slices"
	"testing"
)

// TestAveragesAreThoseOfTheNumbers, of weights and steps, causal ones too: masked cells count as zeros.
func TestAveragesAreThoseOfTheNumbers(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("CBABBC")})
	names := []string{"wte.weight", "h.0.mlp.c_fc.weight", "h.1.ln_1", "h.0.attn.head.1.scores", "logits"}
	for _, side := range []int{4, 16} {
		list := ask(t, e, Request{ID: 3, Read: &Read{Coarse: names, Side: side}}).Coarse
		if len(list) != len(names) {
			t.Fatalf("%d tensors are averaged", len(list))
		}
		for n, c := range list {
			tensor := e.trace.Tensor(names[n])
			if c.Name != names[n] || c.Rows != tensor.Rows || c.Cols != tensor.Cols || c.Side != side {
				t.Fatalf("%+v; expected %s", c, names[n])
			}
			var all []float64
			at := 0
			for i := 0; i < c.Rows; i += side {
				for j := 0; j < c.Cols; j += side {
					sum, size, cells, numbers := 0.0, 0.0, 0.0, 0
					for r := i; r < min(i+side, c.Rows); r++ {
						for k := j; k < min(j+side, c.Cols); k++ {
							cells++
							if v, ok := tensor.At(r, k); ok {
								sum, size, numbers = sum+float64(v), size+math.Abs(float64(v)), numbers+1
								all = append(all, math.Abs(float64(v)))
							}
						}
					}
					mean, magnitude := float64(c.Blocks[at]), float64(c.Blocks[at+1])
					if at += 2; numbers == 0 && mean == mean || numbers > 0 && math.Abs(mean-sum/cells)+math.Abs(magnitude-size/cells) > 1e-5 {
						t.Fatalf("%s: the block at %d, %d is %v, %v; expected %v, %v of %d numbers", c.Name, i, j, mean, magnitude, sum/cells, size/cells, numbers)
					}
				}
			}
			if at != len(c.Blocks) {
				t.Errorf("%s has %d values of blocks; expected %d", c.Name, len(c.Blocks), at)
			}
			slices.Sort(all)
			if low, high := all[len(all)*90/100], all[len(all)-1]; float64(c.Norm) < low || float64(c.Norm) > high {
				t.Errorf("%s: the norm is %v; nine tenths of the magnitudes are below %v, all up to %v", c.Name, c.Norm, low, high)
			}
		}
	}
}

func TestAveragesOfNothingAreRefused(t *testing.T) {
	e := sorter(t)
	for _, q := range []Read{{Coarse: []string{"nothing"}, Side: 16}, {Coarse: []string{"wte.weight"}}} {
		if r := e.Handle(Request{ID: 3, Read: &q}); r.Error == "" {
			t.Errorf("%+v is answered: %+v", q, r.Coarse)
		}
	}
	if r := New().Handle(Request{ID: 3, Read: &Read{Coarse: []string{"wte.weight"}, Side: 16}}); r.Error == "" {
		t.Error("without a model there are averages")
	}
}

// TestABlockWithAnOddNumberIsOdd, and its neighbours are not.
func TestABlockWithAnOddNumberIsOdd(t *testing.T) {
	e := sorter(t)
	tensor := e.trace.Tensor("h.0.mlp.c_fc.weight")
	tensor.Row(3)[20] = float32(math.NaN())
	c := e.coarseOf(tensor, 16)
	for i, v := range c.Blocks {
		if odd := math.IsInf(float64(v), 0); odd != (i/2 == 1) {
			t.Errorf("value %d of the blocks is %v", i, v)
		}
	}
	if c.Norm != c.Norm || c.Norm > 10 {
		t.Errorf("the norm is %v", c.Norm)
	}
}
