package attention

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// A Look is one of the steps from scores to what a head gathers.
type Look string

// The steps; LookShares, after the softmax, is the first that is seen.
const (
	LookShares Look = ""
	LookScores Look = "scores"
	LookScaled Look = "scaled"
	LookMasked Look = "masked"
	LookMix    Look = "mix"
)

// Looks returns the steps in their order.
func Looks() []Look { return []Look{LookScores, LookScaled, LookMasked, LookShares, LookMix} }

// Label names the step.
func (l Look) Label() string {
	switch l {
	case LookScores:
		return say.Attention.Scores()
	case LookScaled:
		return say.Attention.Scaled()
	case LookMasked:
		return say.Attention.Masked()
	case LookMix:
		return say.Attention.Mixed()
	}
	return say.Attention.Softmax()
}

// op is the operation that makes the numbers that the step shows.
func (l Look) op() model.Op {
	switch l {
	case LookScores:
		return model.OpScores
	case LookScaled, LookMasked:
		return model.OpScale
	case LookMix:
		return model.OpMix
	}
	return model.OpSoftmax
}

// step returns the step of a head that holds the numbers of a look.
func (l Look) step(s *feature.State, head string) model.Info { return s.InHead(head, l.op()) }

// Text says what happens in the step, of T tokens and A numbers of a head, in which a token looks at window tokens at most; 0: at
// all before it.
func (l Look) Text(T, A, window int) string {
	switch l {
	case LookScores:
		return say.Attention.ScoresText(A)
	case LookScaled:
		return say.Attention.ScaledText(say.Root(A))
	case LookMasked:
		later := T * (T - 1) / 2
		if window == 0 || window >= T {
			return say.Attention.MaskedText(later, T*T)
		}
		further := (T - window) * (T - window + 1) / 2
		return say.Attention.MaskedFarText(later+further, T*T, window)
	case LookMix:
		return say.Attention.MixedText(A)
	}
	return say.Attention.SoftmaxText()
}

// Values returns the numbers of a step of a head, once they are here.
func (l Look) Values(s *feature.State, head string) (engine.Values, bool) {
	return s.Values(l.step(s, head).Name)
}
