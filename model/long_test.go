package model

import (
	"math"
	"testing"
)

// long returns a random model, small but for its context, and a run of a text that fills it.
func long(t *testing.T) (*Model, *Trace) {
	t.Helper()
	m, err := New(Config{Vocab: 23, Context: 261, Width: 12, Heads: 2, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(11)
	roughen(m)
	return m, explainable(t, m, Sampling{Temperature: 1})
}

// Whatever goes wrong for a late token only, or between two far ones, shows in no short text: the attention of
// every token to every other is computed again, in float64.
func TestAttentionOfALongTextIsThatOfEachTokenComputedByItself(t *testing.T) {
	_, tr := long(t)
	for _, head := range []string{"h.0.attn.head.0.", "h.0.attn.head.1."} {
		step := func(name string) *Step { return tr.Step(head + name) }
		for row := range step("scores").Rows {
			scores, terms, scaled := make([]float64, row+1), make([]float64, row+1), make([]float64, row+1)
			largest, sum := math.Inf(-1), 0.0
			for c := range scores {
				scores[c], terms[c] = dot(float64s(step("query").Row(row)), float64s(step("key").Row(c)))
				scaled[c] = scores[c] / math.Sqrt(6)
				largest = max(largest, scaled[c])
			}
			for c := range scaled {
				sum += math.Exp(scaled[c] - largest)
			}
			mix := make([]float64, 6)
			for c, score := range scores {
				share := math.Exp(scaled[c]-largest) / sum
				cellIs(t, step("scores"), row, c, score, 1e-5*terms[c])
				cellIs(t, step("scaled"), row, c, scaled[c], 1e-5*terms[c])
				cellIs(t, step("attention"), row, c, share, 1e-4*share+1e-6)
				for k, v := range step("value").Row(c) {
					mix[k] += share * float64(v)
				}
			}
			for k, v := range mix {
				cellIs(t, step("mix"), row, k, v, 1e-3)
			}
		}
	}
}

// cellIs fails unless a cell holds a number, to within an error.
func cellIs(t *testing.T, s *Step, row, col int, want, within float64) {
	t.Helper()
	if got, ok := s.At(row, col); !ok || !(math.Abs(float64(got)-want) <= within+1e-7) {
		t.Fatalf("%s (%d, %d) is %v; computed by itself it is %v", s.Name, row, col, got, want)
	}
}

func float64s(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

// No row of any step is left out: in each, one cell that another row does not have.
func TestEveryRowOfALongTextExplainsItself(t *testing.T) {
	_, tr := long(t)
	for _, s := range tr.Steps {
		for row := range s.Rows {
			checkCell(t, tr, s, row, (7*row+3)%s.Cols)
		}
	}
}

func TestALongTextThatGrowsHasTheBitsOfAFullRun(t *testing.T) {
	m, full := long(t)
	ids := someIDs(m.Config.Context, m.Config.Vocab)
	for _, split := range []int{1, 96, 97, 98, 128, 255, 256, 260} {
		grown := NewTrace(m)
		for _, n := range []int{split, len(ids)} {
			if err := grown.Run(ids[:n]); err != nil {
				t.Fatal(err)
			}
		}
		sameBits(t, full, grown, "grown")
	}
}
