package engine

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

// wide returns an engine with a random model whose vocabulary and feed-forward network are longer than what is sent of an
// operand unasked, after a draw that leaves tokens out.
func wide(t *testing.T) *Engine {
	t.Helper()
	m, err := model.New(model.Config{Vocab: maxOperand + 900, Context: 8, Width: 8, Heads: 2, Blocks: 1, Inner: maxOperand + 300, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(3)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := New()
	ask(t, e, Request{ID: 1, Load: &Load{Name: "wide.safetensors", File: b, Words: "numbers"}})
	ask(t, e, Request{ID: 2, Run: &Run{Text: "1 2 3 4", Want: []string{}, Sampling: model.Sampling{Temperature: 0.8, TopK: 60, TopP: 0.9, Seed: 4}}})
	return e
}

// TestEveryOperandFitsItsRangeOrSaysWhichCellsItHolds asks how numbers of every step came about, with all values and with
// the largest: each is that of its cell.
func TestEveryOperandFitsItsRangeOrSaysWhichCellsItHolds(t *testing.T) {
	e := wide(t)
	r := rand.New(rand.NewPCG(1, 1))
	chosen := map[model.Op]bool{}
	for _, s := range append(e.trace.Steps, e.trace.Drawn...) {
		for range 6 {
			q := Explain{Name: s.Name, Row: r.IntN(s.Rows), Col: r.IntN(s.Cols)}
			if s.Causal {
				q.Col = r.IntN(q.Row + 1)
			}
			for _, q.All = range []bool{false, true} {
				x := ask(t, e, Request{ID: 3, Explain: &q}).Explained
				for i := range x.Operands {
					if x.Places[i] != nil {
						chosen[s.Op] = true
					}
					if err := fits(e.trace, x, i, q.All); err != nil {
						t.Errorf("%s (%d, %d): %v", q.Name, q.Row, q.Col, err)
					}
				}
			}
		}
	}
	for _, op := range []model.Op{model.OpLinear, model.OpMax, model.OpSumExp, model.OpTopK, model.OpDraw} {
		if !chosen[op] {
			t.Errorf("of no operand of %s only the largest values were sent", op)
		}
	}
}

// fits returns what is wrong with the values of operand i.
func fits(tr *model.Trace, x *Explained, i int, all bool) error {
	o, values, places := x.Operands[i], x.Values[i], x.Places[i]
	switch {
	case places == nil && len(values) != o.Count:
		return fmt.Errorf("%s has %d cells, and %d values", o.Role, o.Count, len(values))
	case places != nil && (all || len(values) != len(places)):
		return fmt.Errorf("%s has %d values of %d places, all: %t", o.Role, len(values), len(places), all)
	}
	t := tr.Tensor(o.Tensor)
	for n, v := range values {
		at := n
		if places != nil {
			at = places[n]
		}
		cell := o.Start + at*o.Stride
		if is, ok := t.At(cell/t.Cols, cell%t.Cols); at >= o.Count || ok != (v == v) || ok && is != v {
			return fmt.Errorf("value %d of %s is %v; its cell %d of %d has %v, %t", n, o.Role, v, at, o.Count, is, ok)
		}
	}
	return nil
}

// TestTheLargestProductsOfALongSumComeTogether: of two operands the same places are sent.
func TestTheLargestProductsOfALongSumComeTogether(t *testing.T) {
	e := wide(t)
	all := ask(t, e, Request{ID: 3, Explain: &Explain{Name: "h.0.mlp.down", Row: 2, Col: 5, All: true}}).Explained
	some := ask(t, e, Request{ID: 3, Explain: &Explain{Name: "h.0.mlp.down", Row: 2, Col: 5}}).Explained
	product := func(at int) float64 { return math.Abs(float64(all.Values[0][at]) * float64(all.Values[1][at])) }
	least, sent := math.Inf(1), map[int]bool{}
	for n, at := range some.Places[0] {
		if some.Places[1][n] != at {
			t.Fatalf("value %d of one is number %d, of the other number %d", n, at, some.Places[1][n])
		}
		least, sent[at] = min(least, product(at)), true
	}
	for at := range all.Values[0] {
		if !sent[at] && product(at) > least {
			t.Errorf("product %d is %v, and was not sent; the least that was is %v", at, product(at), least)
		}
	}
}
