package train

import (
	"fmt"

	"github.com/chewxy/math32"

	"glassbox/model"
)

// Ignore is the target of a token whose prediction is not part of the loss.
const Ignore = -1

// A Batch is B texts of T tokens, one behind the other, and for each token the one that shall follow it.
type Batch struct {
	T       int
	IDs     []int // (B, T)
	Targets []int // (B, T): ids, or Ignore

	// Weights says how much each prediction counts in the gradient, (B, T); nil: all alike.
	Weights []float32
}

// Texts returns B.
func (b Batch) Texts() int { return len(b.IDs) / b.T }

// Counted returns how many predictions are part of the loss.
func (b Batch) Counted() int {
	n := 0
	for _, target := range b.Targets {
		if target != Ignore {
			n++
		}
	}
	return n
}

// weight returns how much the prediction at a place counts.
func (b Batch) weight(i int) float32 {
	switch {
	case b.Targets[i] == Ignore:
		return 0
	case b.Weights == nil:
		return 1
	}
	return b.Weights[i]
}

// weights returns how much all predictions count together.
func (b Batch) weights() float32 {
	sum := float64(0)
	for i := range b.Targets {
		sum += float64(b.weight(i))
	}
	return float32(sum)
}

// texts returns the texts from … to−1.
func (b Batch) texts(from, to int) Batch {
	part := Batch{T: b.T, IDs: b.IDs[from*b.T : to*b.T], Targets: b.Targets[from*b.T : to*b.T]}
	if b.Weights != nil {
		part.Weights = b.Weights[from*b.T : to*b.T]
	}
	return part
}

// validate returns an error that names what a model of that configuration cannot learn from.
func (b Batch) validate(c model.Config) error {
	if b.T < 1 || b.T > c.Context {
		return fmt.Errorf("the texts of the batch have %d tokens; expected 1 to %d", b.T, c.Context)
	}
	if len(b.IDs)%b.T != 0 || len(b.Targets) != len(b.IDs) {
		return fmt.Errorf("the batch has %d ids and %d targets; expected %d for each text, both alike",
			len(b.IDs), len(b.Targets), b.T)
	}
	if b.Weights != nil && len(b.Weights) != len(b.IDs) {
		return fmt.Errorf("the batch has %d weights; expected %d, one for each id", len(b.Weights), len(b.IDs))
	}
	for i, id := range b.IDs {
		if id < 0 || id >= c.Vocab {
			return fmt.Errorf("text %d, token %d has id %d; expected 0 to %d", i/b.T, i%b.T, id, c.Vocab-1)
		}
		if target := b.Targets[i]; target != Ignore && (target < 0 || target >= c.Vocab) {
			return fmt.Errorf("text %d, token %d has target %d; expected 0 to %d, or %d",
				i/b.T, i%b.T, target, c.Vocab-1, Ignore)
		}
	}
	if sum := b.weights(); !(sum > 0) || math32.IsInf(sum, 0) {
		return fmt.Errorf("the batch has no target to learn")
	}
	return nil
}
