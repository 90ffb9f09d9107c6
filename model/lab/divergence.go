package lab

import (
	"math"

	"glassbox/model"
)

// Divergence returns how much of what a run says after token t another one loses, in bits: the Kullback-Leibler divergence
// Σ p·log₂(p/q) over the vocabulary, p the probabilities before and q those after an edit. 0: they are the same.
func Divergence(before, after *model.Trace, t int) (bits float64) {
	return DivergenceAt(before, t, after, t)
}

// DivergenceAt is Divergence of what a run says after token t from what another one says after its token u.
func DivergenceAt(before *model.Trace, t int, after *model.Trace, u int) (bits float64) {
	p, q := logProbabilities(before, t), logProbabilities(after, u)
	for i, v := range p {
		if v > -math.MaxFloat64 {
			bits += math.Exp(v) * (v - q[i])
		}
	}
	return max(bits, 0) / math.Ln2
}

// logProbabilities returns the natural logarithms of the probabilities after token t: the logits less the logarithm of Σ exp(logit),
// so that none is that of a probability that was rounded to 0. Edits of the probabilities themselves count instead.
func logProbabilities(tr *model.Trace, t int) []float64 {
	p := tr.Find(model.PartSoftmax, model.OpSoftmax)
	if edited(tr, p) {
		logs := make([]float64, p.Cols)
		for i, v := range p.Row(t) {
			logs[i] = math.Log(max(float64(v), 0))
		}
		return logs
	}
	logs := wide(p.Inputs[0].Row(t))
	norm := float64(p.Inputs[1].Row(t)[0]) + math.Log(float64(p.Inputs[2].Row(t)[0]))
	for i := range logs {
		logs[i] -= norm
	}
	return logs
}

// logProbability is logProbabilities for one token.
func logProbability(tr *model.Trace, p *model.Step, t, id int) float64 {
	if edited(tr, p) {
		v, _ := p.At(t, id)
		return math.Log(max(float64(v), 0))
	}
	v, _ := p.Inputs[0].At(t, id)
	return float64(v) - float64(p.Inputs[1].Row(t)[0]) - math.Log(float64(p.Inputs[2].Row(t)[0]))
}

// edited reports whether an edit changes the probabilities themselves, or what they are made of behind the logits.
func edited(tr *model.Trace, p *model.Step) bool {
	for _, e := range tr.Edits() {
		if e.Name == p.Name || e.Name == p.Inputs[1].Name || e.Name == p.Inputs[2].Name {
			return true
		}
	}
	return false
}
