package flow

import (
	"glassbox/model"
	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/scene/flow"
)

// Text says what is computed at this moment: "Block 2, 3 heads: scores, token 4 (B)".
func Text(s *feature.State) string {
	f := Of(s)
	line := f.Timeline()
	if line == nil {
		return ""
	}
	beat, row := line.Row(f.At)
	b := &line.Beats[beat]
	if b.Names[0] == flow.Writes {
		if s.Drawn == nil {
			return say.Flow.Writes()
		}
		return say.Flow.WritesToken(s.Drawn.Text)
	}
	step, token := say.Label(b.Step.Base()), s.TokenName(row)
	switch n := len(b.Names); {
	case b.Step.Part == model.PartSample:
		return say.Flow.Sampling(step)
	case n > 1:
		return say.Flow.InHeads(b.Step.Block+1, n, step, token)
	case b.Step.Head >= 0:
		return say.Flow.InHead(b.Step.Block+1, b.Step.Head+1, step, token)
	case b.Step.Block >= 0:
		return say.Flow.InBlock(b.Step.Block+1, step, token)
	}
	return say.Flow.Step(say.Title(b.Step.Base()), token)
}

// Formula is the formula of the step that is computed, or nil.
func Formula(s *feature.State) []explain.MathNode {
	f := Of(s)
	line := f.Timeline()
	if line == nil {
		return nil
	}
	return explain.StepFormula(line.Beats[line.Beat(f.At)].Step)
}

// Count returns which step that is, counted from 1, and how many there are: the steps of the network and of sampling, as
// everywhere on the page. All heads are computed at once; of them it is the first.
func Count(s *feature.State) (at, of int) {
	f := Of(s)
	line := f.Timeline()
	if line == nil {
		return 0, 0
	}
	beat := line.Beat(f.At)
	for i, b := range line.Beats {
		if b.Step.Op == "" {
			continue // the token is written: no step of the network
		}
		if of += len(b.Names); i < beat {
			at += len(b.Names)
		}
	}
	return min(at+1, of), of
}

// spoken is what is read aloud: each step that the reader goes to, but not what runs by itself.
func spoken(s *feature.State) string {
	switch f := Of(s); {
	case !f.On:
		return ""
	case f.Playing:
		return say.Flow.Spoken()
	}
	at, of := Count(s)
	return say.Flow.SpokenStep(Text(s), at, of)
}
