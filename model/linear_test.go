package model

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"glassbox/model/quant"
)

// heads returns models whose heads share matrices: columns of one, rows of several, packed ones of either kind.
func heads(t *testing.T) map[string]*Model {
	t.Helper()
	models := map[string]*Model{}
	for name, c := range map[string]Config{
		"GPT-2": {Vocab: 300, Context: 24, Width: 64, Heads: 4, Blocks: 1, Tied: true},
		"Llama": {Family: FamilyLlama, Vocab: 300, Context: 24, Width: 64, Heads: 4, KeyValues: 2, Inner: 96, Blocks: 2, Tied: true, Activation: SiLU,
			Biases: BiasQKV, Rotary: Rotary{Theta: 100}},
	} {
		for _, packed := range []bool{false, true} {
			m, err := New(c)
			if err != nil {
				t.Fatal(err)
			}
			m.Randomize(3)
			for _, p := range m.Parameters() {
				if !packed || m.Vector(p) || p.Rows < 64 || p.Cols < 64 {
					continue
				}
				turned := c.Family != FamilyLlama && p != m.WTE
				values := p.Data()
				if turned {
					values = transpose(values, p.Rows, p.Cols)
				}
				b := make([]byte, len(values)/quant.Q8_0.BlockLen()*quant.Q8_0.BlockBytes())
				if err := quant.Encode(b, quant.Q8_0, values); err != nil {
					t.Fatal(err)
				}
				p.data = nil
				p.Hold(quant.Q8_0, b, turned)
			}
			models[fmt.Sprintf("%s, packed %v", name, packed)] = m
		}
	}
	return models
}

// Each head's step has the same numbers whether all are computed at once or it alone.
func TestAHeadComputedAloneHasTheBitsOfAll(t *testing.T) {
	for name, m := range heads(t) {
		tr := NewTrace(m)
		for _, n := range []int{5, 6, 7, 20} { // many rows, and one behind them
			if err := tr.Run(someIDs(n, 300)); err != nil {
				t.Fatal(err)
			}
			parts := 0
			for _, s := range tr.Steps {
				if s.Op != OpLinear {
					continue
				}
				if s.Head >= 0 || s.Group >= 0 {
					parts++
				}
				at := 1
				if n == 5 { // the rows of a first run lie in one piece
					at = n
				}
				for from := 0; from < n; from += at {
					values := s.span(from, from+at)
					want := slices.Clone(values)
					clear(values)
					s.run(from, from+at)
					for i, got := range values {
						if math.Float32bits(got) != math.Float32bits(want[i]) {
							t.Fatalf("%s, %d tokens: %s has %v at %d from row %d on, %v with the others", name, n, s.Name, got, i, from, want[i])
						}
					}
				}
			}
			if parts < 8 {
				t.Fatalf("%s: %d parts of matrices", name, parts)
			}
		}
	}
}

// A run makes each product of a matrix once: what is left over of an earlier text is not taken for this one.
func TestAWholeProductIsThatOfTheText(t *testing.T) {
	for name, m := range heads(t) {
		tr := NewTrace(m)
		for _, ids := range [][]int{{1, 2, 3}, {1, 2, 4}, {5, 2, 4}, {5, 2, 4, 4}, {5, 2, 4, 5}} {
			if err := tr.Run(ids); err != nil {
				t.Fatal(err)
			}
			fresh, err := m.Forward(ids)
			if err != nil {
				t.Fatal(err)
			}
			for i, v := range tr.Step("logits").Row(len(ids) - 1) {
				if want := fresh.Step("logits").Row(len(ids) - 1)[i]; math.Float32bits(v) != math.Float32bits(want) {
					t.Fatalf("%s, %v: logit %d is %v, expected %v", name, ids, i, v, want)
				}
			}
		}
	}
}
