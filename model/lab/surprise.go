package lab

import (
	"math"

	"glassbox/model"
)

// Surprise returns how many bits each token of a run's text but the first one holds for the model: −log₂ of the probability that it
// gave the token, (T−1); +Inf where an edit leaves it none.
func Surprise(tr *model.Trace) []float64 {
	ids, p := tr.IDs(), tr.Find(model.PartSoftmax, model.OpSoftmax)
	bits := make([]float64, max(0, len(ids)-1))
	for t := range bits {
		bits[t] = -logProbability(tr, p, t, ids[t+1]) / math.Ln2
	}
	return bits
}

// Loss returns the mean of bits in nats, the cross-entropy, and e to that power, the perplexity: among how many tokens, all alike,
// one would have to guess to be as surprised. Both are 0 without bits.
func Loss(bits []float64) (nats, perplexity float64) {
	var m mean
	for _, b := range bits {
		m.add(b * math.Ln2)
	}
	if m.n == 0 {
		return 0, 0
	}
	return m.value(), math.Exp(m.value())
}
