package lab

import "glassbox/model"

// Stream returns the steps of the residual stream, from its beginning: the embedding, and then the sum after each half of a block.
func Stream(tr *model.Trace) []*model.Step {
	var stream []*model.Step
	for _, s := range tr.Steps {
		if s.Op != model.OpAdd || s.Block < 0 {
			continue
		}
		if stream == nil {
			stream = append(stream, tr.Step(s.Inputs[0].Name))
		}
		stream = append(stream, s)
	}
	return stream
}

// A Lens is what the model would say after each token if it ended at a step of the residual stream: its own final norm and output
// projection, computed on that stream (nostalgebraist, "interpreting GPT: the logit lens", 2020).
type Lens struct {
	Stream string // the step
	trace  *model.Trace
}

// Lenses returns a lens for each step of the stream. Each computes a row when it is asked for it; they hold until tr runs again.
func Lenses(tr *model.Trace) []Lens {
	var lenses []Lens
	for _, s := range Stream(tr) {
		lenses = append(lenses, LensAt(tr, s))
	}
	return lenses
}

// LensAt returns the lens at one step of the stream.
func LensAt(tr *model.Trace, s *model.Step) Lens { return Lens{s.Name, tr.Lens(s)} }

// Trace returns the steps of the lens, each number of which can be explained.
func (l Lens) Trace() *model.Trace { return l.trace }

// Top returns the n most likely tokens after row t, the most likely first.
func (l Lens) Top(t, n int) []int { return l.step(model.PartOutput, model.OpUnembed).Ranked(t, n) }

// Probability returns how likely token id is after row t, from 0 to 1.
func (l Lens) Probability(t, id int) float64 {
	p, _ := l.step(model.PartSoftmax, model.OpSoftmax).At(t, id)
	return float64(p)
}

// Rank returns how many tokens are more likely after row t than token id: 0 for the first.
func (l Lens) Rank(t, id int) int { return l.step(model.PartOutput, model.OpUnembed).Rank(t, id) }

func (l Lens) step(p model.Part, op model.Op) *model.Step { return l.trace.Find(p, op) }
