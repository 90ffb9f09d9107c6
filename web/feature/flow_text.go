package feature

import (
	"fmt"

	"glassbox/model"
	"glassbox/web/say"
	"glassbox/web/scene/flow"
)

// FlowText says what is computed at this moment of the flow: "Block 2, 3 heads: scores,
// token 4 (B)".
func FlowText(s State) string {
	line := s.Timeline()
	if line == nil {
		return ""
	}
	beat, row := line.Row(s.Flow.At)
	b := &line.Beats[beat]
	if b.Names[0] == flow.Writes {
		if s.Drawn == nil {
			return "The drawn token drops into the next column"
		}
		return "The drawn token, " + s.Drawn.Text + ", drops into the next column"
	}
	where := ""
	switch n := len(b.Names); {
	case b.Step.Part == model.PartSample:
		return "Sampling: " + say.Lower(b.Step.Title())
	case n > 1:
		where = fmt.Sprintf("Block %d, %d heads: ", b.Step.Block+1, n)
	case b.Step.Head >= 0:
		where = fmt.Sprintf("Block %d, head %d: ", b.Step.Block+1, b.Step.Head+1)
	case b.Step.Block >= 0:
		where = fmt.Sprintf("Block %d: ", b.Step.Block+1)
	}
	what := b.Step.Title()
	if where != "" {
		what = say.Lower(what)
	}
	return where + what + ", " + s.TokenName(row)
}

// FlowFormula is the formula of the step that is computed, or "".
func FlowFormula(s State) string {
	line := s.Timeline()
	if line == nil {
		return ""
	}
	return line.Beats[line.Beat(s.Flow.At)].Step.Op.Formula()
}

// FlowCount returns which step of the flow that is, counted from 1, and how many there are.
func FlowCount(s State) (at, of int) {
	line := s.Timeline()
	if line == nil {
		return 0, 0
	}
	return line.Beat(s.Flow.At) + 1, len(line.Beats)
}

// flowPlace is what is read aloud of the flow: each step that the reader goes to, but not
// what runs by itself.
func flowPlace(s State) string {
	if s.Flow.Playing {
		return "Watching it compute."
	}
	at, of := FlowCount(s)
	return fmt.Sprintf("%s. Step %d of %d.", FlowText(s), at, of)
}
