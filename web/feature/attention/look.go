package attention

import (
	"fmt"

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

// label names a step; op is the operation that makes the numbers that it shows.
func (l Look) label() (label string, op model.Op) {
	switch l {
	case LookScores:
		return "Scores", model.OpScores
	case LookScaled:
		return "Scaled", model.OpScale
	case LookMasked:
		return "Masked", model.OpScale
	case LookMix:
		return "Mixed", model.OpMix
	}
	return "Softmax", model.OpSoftmax
}

// Label names the step.
func (l Look) Label() string {
	label, _ := l.label()
	return label
}

// step returns the step of a head that holds the numbers of a look.
func (l Look) step(s *feature.State, head string) model.Info {
	_, op := l.label()
	return s.InHead(head, op)
}

// Text says what happens in the step, of T tokens and A numbers of a head.
func (l Look) Text(T, A int) string {
	switch l {
	case LookScores:
		return fmt.Sprintf("Query · key: the sum of %d products for each pair. The larger, the better what a token looks for fits what the other offers.", A)
	case LookScaled:
		return fmt.Sprintf("Each score divided by √%d, so that it is of the same size whatever the size of a head.", A)
	case LookMasked:
		return fmt.Sprintf("%s of the %s pairs are left out: a token cannot look at later ones.", say.Count(T*(T-1)/2), say.Count(T*T))
	case LookMix:
		return fmt.Sprintf("What each token gathers: the values of the tokens, mixed in the shares of its row. %d numbers for each.", A)
	}
	return "Each row becomes shares that sum to 1: how much of its attention a token gives to which."
}

// Values returns the numbers of a step of a head, once they are here.
func (l Look) Values(s *feature.State, head string) (engine.Values, bool) {
	return s.Values(l.step(s, head).Name)
}
