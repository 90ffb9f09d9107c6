package engine

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
)

// page is the part of the page that keeps values: it patches what it has with what comes.
type page struct {
	since  int
	values map[string]Values
}

func (p *page) take(id int, ran *Ran) {
	p.since = id
	for _, v := range ran.Values {
		had := p.values[v.Name]
		whole := v
		whole.From, whole.Rows = 0, v.From+v.Rows
		whole.Data = append(append([]float32(nil), had.Data[:v.From*v.Cols]...), v.Data...)
		p.values[v.Name] = whole
	}
}

// same compares bit by bit, NaN with NaN.
func same(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			return false
		}
	}
	return true
}

func TestAPageThatTakesNewRowsHasTheValuesOfAFullRun(t *testing.T) {
	e, r := sorter(t), rand.New(rand.NewPCG(1, 2))
	p := page{values: map[string]Values{}}
	text, partial := "", 0
	for id := 2; id < 150; id++ {
		switch {
		case r.IntN(3) == 0 && text != "":
			text = text[:r.IntN(len(text))]
		case len(text) < 10:
			text += string("ABC"[r.IntN(3)])
		}
		run := greedy(text)
		run.Since, run.Sampling.Seed = p.since, uint64(id)
		run.Sampling.Temperature = 1
		ran := ask(t, e, Request{ID: id, Run: run}).Ran
		if r.IntN(5) == 0 {
			continue // the page drops this reply as stale
		}
		for _, v := range ran.Values {
			if v.From > 0 {
				partial++
			}
		}
		p.take(id, ran)
		full := ask(t, sorter(t), Request{ID: 1, Run: &Run{Text: text, Sampling: run.Sampling}}).Ran
		for _, want := range full.Values {
			if got := p.values[want.Name]; !same(got.Data, want.Data) || got.Rows != want.Rows || got.Cols != want.Cols {
				t.Fatalf("run %d, %q: the page has (%d, %d) of %s; a full run gives (%d, %d) or other values",
					id, text, got.Rows, got.Cols, want.Name, want.Rows, want.Cols)
			}
		}
	}
	if partial == 0 {
		t.Error("no tensor was ever sent in part")
	}
}

func TestOneMoreLetterSendsOneRow(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("CBA")})
	run := greedy("CBAC")
	run.Since = 2
	ran := ask(t, e, Request{ID: 3, Run: run}).Ran
	if v := find(t, ran.Values, "h.0.ln_1"); v.From != 3 || v.Rows != 1 || len(v.Data) != 48 {
		t.Errorf("of h.0.ln_1 the rows %d, +%d, %d values were sent", v.From, v.Rows, len(v.Data))
	}
	if v := find(t, ran.Values, "h.0.attn.head.0.attention"); v.From != 0 || v.Rows != 4 || v.Cols != 4 {
		t.Errorf("of attention, which grew to the side as well, (%d, %d) from row %d was sent", v.Rows, v.Cols, v.From)
	}
	if ran.Computed != 1 {
		t.Errorf("%d rows were computed; expected 1", ran.Computed)
	}
}

func TestAnotherTemperatureSendsOnlyTheSampling(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("CBABBC")})
	ran := ask(t, e, Request{ID: 3, Run: &Run{Text: "CBABBC", Since: 2, Sampling: model.Sampling{Temperature: 2}}}).Ran
	for _, v := range ran.Values {
		if v.Rows != 1 || v.From != 0 || v.Name[:7] != "sample." {
			t.Errorf("%s was sent", v.Name)
		}
	}
	if len(ran.Values) == 0 || ran.Computed != 0 {
		t.Errorf("%d tensors were sent, %d rows computed", len(ran.Values), ran.Computed)
	}
}

func TestWantedTensorsAreSentWholeTheFirstTime(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: &Run{Text: "CB", Want: []string{"logits"}}})
	ran := ask(t, e, Request{ID: 3, Run: &Run{Text: "CBA", Want: []string{"logits", "ln_f", "wte.weight"}, Since: 2}}).Ran
	if len(ran.Values) != 3 {
		t.Fatalf("%d tensors were sent; expected 3", len(ran.Values))
	}
	for name, from := range map[string]int{"logits": 2, "ln_f": 0, "wte.weight": 0} {
		if v := find(t, ran.Values, name); v.From != from || v.From+v.Rows != 3 {
			t.Errorf("of %s the rows %d, +%d were sent; expected from %d", name, v.From, v.Rows, from)
		}
	}
}

func TestStatisticsLeaveMaskedCellsOut(t *testing.T) {
	ran := ask(t, sorter(t), Request{ID: 2, Run: greedy("CBABBC")}).Ran
	v := find(t, ran.Values, "h.0.attn.head.0.attention")
	if !math.IsNaN(float64(v.Data[1])) || v.Data[0] != 1 || v.Max != 1 || v.Min < 0 {
		t.Errorf("row 0 is %v, min %v, max %v", v.Data[:v.Cols], v.Min, v.Max)
	}
	if want := float32(6.0 / 21); math.Abs(float64(v.Mean-want)) > 1e-6 {
		t.Errorf("the mean is %v; six rows that sum to 1 over 21 cells have %v", v.Mean, want)
	}
}

func TestAnExplanationCarriesItsOperands(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("CBABBC")})
	x := ask(t, e, Request{ID: 3, Explain: &Explain{"h.0.attn.head.1.scores", 4, 2, false}}).Explained
	sum := 0.0
	for i, q := range x.Values[0] {
		sum += float64(q) * float64(x.Values[1][i])
	}
	if len(x.Values[0]) != 16 || math.Abs(sum-float64(x.Value)) > 1e-4 {
		t.Errorf("Σ q·k over %d terms is %v; the cell holds %v", len(x.Values[0]), sum, x.Value)
	}
	if x := ask(t, e, Request{ID: 4, Explain: &Explain{"h.0.attn.head.1.scores", 2, 4, false}}).Explained; !x.Masked || len(x.Operands) != 0 {
		t.Errorf("a masked cell has operands %v", x.Operands)
	}
	// Three letters, the most likely kept: the others are masked operands of the draw.
	x = ask(t, e, Request{ID: 5, Explain: &Explain{"sample.token", 0, 0, false}}).Explained
	masked := 0
	for _, p := range x.Values[0] {
		if math.IsNaN(float64(p)) {
			masked++
		}
	}
	if masked != 2 {
		t.Errorf("of the probabilities %v two should be masked", x.Values[0])
	}
}
