package flow

import (
	"fmt"

	"glassbox/model"
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

// Formula is the formula of the step that is computed, or "".
func Formula(s *feature.State) string {
	f := Of(s)
	line := f.Timeline()
	if line == nil {
		return ""
	}
	return line.Beats[line.Beat(f.At)].Step.Op.Formula()
}

// Count returns which step that is, counted from 1, and how many there are.
func Count(s *feature.State) (at, of int) {
	f := Of(s)
	line := f.Timeline()
	if line == nil {
		return 0, 0
	}
	return line.Beat(f.At) + 1, len(line.Beats)
}

// spoken is what is read aloud: each step that the reader goes to, but not what runs by itself.
func spoken(s *feature.State) string {
	switch f := Of(s); {
	case !f.On:
		return ""
	case f.Playing:
		return "Watching it compute."
	}
	at, of := Count(s)
	return fmt.Sprintf("%s. Step %d of %d.", Text(s), at, of)
}
