package quality

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"glassbox/model"
)

func TestWindowsPredictEachTokenOnce(t *testing.T) {
	got := Windows([][]int{{1, 2}, {3}}, 9, 3)
	if len(got) != 2 || !slices.Equal(got[0], []int{9, 1, 2, 9}) || !slices.Equal(got[1], []int{9, 3, 9}) {
		t.Errorf("the windows are %v; expected [9 1 2 9] and [9 3 9]", got)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		var documents [][]int
		want, context := 0, 1+r.IntN(7)
		for range r.IntN(5) {
			ids := make([]int, r.IntN(9))
			documents, want = append(documents, ids), want+len(ids)+1
		}
		predicted := 0
		for _, w := range Windows(documents, 0, context) {
			if len(w) < 2 || len(w) > context+1 {
				t.Fatalf("a window has %d ids; expected 2 to %d", len(w), context+1)
			}
			predicted += len(w) - 1
		}
		if predicted != want {
			t.Fatalf("%d tokens are predicted; expected %d", predicted, want)
		}
	}
}

func TestAModelOfZerosGuessesUniformly(t *testing.T) {
	for _, distinct := range []int{0, 7} {
		m, err := model.New(model.Config{Vocab: 50, Distinct: distinct, Context: 4, Width: 2, Heads: 1, Blocks: 1, Tied: true})
		if err != nil {
			t.Fatal(err)
		}
		l, err := HeldOut(m, [][]int{{1, 2, 3, 49, 5}, {5, 48}})
		if err != nil {
			t.Fatal(err)
		}
		if l.Tokens != 5 || math.Abs(l.Mean()-math.Log(50)) > 1e-6 || math.Abs(l.Perplexity()-50) > 1e-4 || l.Error() > 1e-3 {
			t.Errorf("D=%d: %d tokens, %.6f ± %.6f nats; expected 5 tokens, ln 50 = %.6f", distinct, l.Tokens, l.Mean(), l.Error(), math.Log(50))
		}
	}
}

func TestTheLossIsThatOfTheProbabilities(t *testing.T) {
	m, err := model.New(model.Config{Vocab: 20, Distinct: 9, Context: 6, Width: 8, Heads: 2, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(5)
	for i := range m.WTE.Data() {
		m.WTE.Data()[i] *= 50
	}
	window := []int{3, 1, 19, 7, 2}
	tr, err := m.Forward(window[:4])
	if err != nil {
		t.Fatal(err)
	}
	want := 0.0
	for at, target := range window[1:] {
		want -= math.Log(float64(tr.Step("probabilities").Row(at)[target])) / 4
	}
	l, err := HeldOut(m, [][]int{window})
	if err != nil || math.Abs(l.Mean()-want) > 1e-5*want {
		t.Errorf("the loss is %v (%v); expected %v", l.Mean(), err, want)
	}
}

func TestWeightsThatAreNoNumbersHaveNoLoss(t *testing.T) {
	m, err := model.New(model.Config{Vocab: 5, Context: 4, Width: 2, Heads: 1, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.WTE.Data()[0] = float32(math.NaN())
	if _, err := HeldOut(m, [][]int{{0, 1}}); err == nil {
		t.Error("there is no error")
	}
}
