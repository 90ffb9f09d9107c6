package app

import (
	"strconv"

	"glassbox/web/say"
)

// A Station is a stage in the picture of the whole: what it does in a few words, and how
// much leaves it.
type Station struct {
	Label, Job string
	Carries    string // "6 × 48": T tokens of C numbers; "" while nothing has run
	Learned    bool   // it has weights
}

// ProductionLine returns the stations from the text to the next word; the blocks are one.
func ProductionLine(s State) []Station {
	c, T := s.Config, len(s.Tokens)
	columns, words := say.Shape(T, c.Width), say.Shape(T, c.Vocab)
	list := []Station{
		{"Tokenize", "cuts the text into tokens", say.Plural(T, "token"), false},
		{"Token embedding", "fetches a column for each", columns, true},
		{"Position embedding", "adds where each one stands", columns, true},
		{"Transformer blocks", "read context and work on it", columns, true},
		{"Final norm", "brings all to one scale", columns, true},
		{"Output projection", "compares with every word", words, true},
		{"Softmax", "makes probabilities", words, false},
		{"Sampling", "draws one word", "1 word", false},
	}
	if c.Blocks > 1 {
		list[3].Label += " × " + strconv.Itoa(c.Blocks)
	}
	if T == 0 {
		for i := range list {
			list[i].Carries = ""
		}
	}
	return list
}

// DrawnText returns the token that was drawn to follow, as it is shown; "" while there is none.
func (s State) DrawnText() string {
	if s.Drawn == nil {
		return ""
	}
	return s.Drawn.Text
}
