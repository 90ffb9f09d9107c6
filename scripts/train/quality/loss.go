package quality

import (
	"fmt"
	"math"

	"glassbox/model"
)

// A Loss is the sum of −ln p over tokens, p being the probability that was given to the token that came.
type Loss struct {
	Sum    float64 // nats
	Square float64 // Σ (ln p)²
	Tokens int
}

// Mean returns the loss in nats per token.
func (l Loss) Mean() float64 { return l.Sum / float64(max(1, l.Tokens)) }

// Perplexity returns e to the mean: among how many equally likely tokens a guess would be as hard.
func (l Loss) Perplexity() float64 { return math.Exp(l.Mean()) }

// Error returns the standard error of the mean as if tokens were independent, √((m₂ − m₁²)/n) with the
// moments m₁ and m₂ of the loss of a token.
func (l Loss) Error() float64 {
	if l.Tokens == 0 {
		return 0
	}
	n := float64(l.Tokens)
	return math.Sqrt(max(0, l.Square/n-l.Mean()*l.Mean()) / n)
}

func (l *Loss) add(nats float64) {
	l.Sum += nats
	l.Square += nats * nats
	l.Tokens++
}

// Windows returns the documents joined by end (one before the first, one after the last), cut into pieces of context+1
// ids: each but the last id of a piece is read, each but the first must be predicted. The last id
// of a piece is the first of the next; the last piece may be shorter.
func Windows(documents [][]int, end, context int) (windows [][]int) {
	stream := []int{end}
	for _, ids := range documents {
		stream = append(append(stream, ids...), end)
	}
	for from := 0; from+1 < len(stream); from += context {
		windows = append(windows, stream[from:min(len(stream), from+context+1)])
	}
	return windows
}

// HeldOut returns the loss of m on windows as [Windows] cuts them.
func HeldOut(m *model.Model, windows [][]int) (Loss, error) {
	return heldOut(m, windows, newProgress(nil))
}

func heldOut(m *model.Model, windows [][]int, t *progress) (l Loss, err error) {
	tr := model.NewTrace(m)
	logits, largest, sum := tr.Find(model.PartOutput, model.OpUnembed), tr.Find(model.PartSoftmax, model.OpMax), tr.Find(model.PartSoftmax, model.OpSumExp)
	for i, w := range windows {
		if err := tr.Run(w[:len(w)-1]); err != nil {
			return l, err
		}
		for at, target := range w[1:] {
			// −ln of the softmax, which in float32 could be 0.
			logit, _ := logits.At(at, target)
			nats := math.Log(float64(sum.Row(at)[0])) + float64(largest.Row(at)[0]) - float64(logit)
			if math.IsNaN(nats) || math.IsInf(nats, 0) {
				return l, fmt.Errorf("the loss of window %d, token %d is %v; expected a number", i, at, nats)
			}
			l.add(nats)
		}
		t.step("held-out windows", i+1, len(windows))
	}
	return l, nil
}

// Loss returns the loss of the baseline on windows as [Windows] cuts them. It sees what the model sees: nothing from
// before the window.
func (g *NGram) Loss(windows [][]int) (l Loss) {
	for _, w := range windows {
		for at := range w[1:] {
			l.add(-math.Log(g.Probability(w[:at+1], w[at+1])))
		}
	}
	return l
}
