package lessons

import (
	"strconv"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A Station is a stage in the picture of the whole: what it does in a few words, and how
// much leaves it.
type Station struct {
	Label, Job string
	Carries    string // "6 × 48": T tokens of C numbers; "" while nothing has run
	Learned    bool   // it has weights
}

// jobs says what the stages do; that of the blocks stands under "".
var jobs = map[model.Part]string{
	model.PartTokenize: "cuts the text into tokens",
	model.PartToken:    "fetches a column for each",
	model.PartPosition: "adds where each one stands",
	"":                 "read context and work on it",
	model.PartNorm:     "brings all to one scale",
	model.PartOutput:   "compares with every word",
	model.PartSoftmax:  "makes probabilities",
	model.PartSample:   "draws one word",
}

// Stations returns those from the text to the next word; the blocks are one.
func Stations(s *feature.State) (list []Station) {
	blocks := 0
	for _, g := range feature.Stages(*s) {
		if _, _, isBlock := g.ID.Block(); !isBlock {
			list = append(list, station(s, g, jobs[model.Part(g.ID)]))
		} else if blocks++; blocks == 1 {
			list = append(list, station(s, g, jobs[""]))
			list[len(list)-1].Label = "Transformer blocks"
		} else {
			list[len(list)-1].Label = "Transformer blocks × " + strconv.Itoa(blocks)
		}
	}
	return list
}

// station is that of a stage: what leaves it is what its last step makes.
func station(s *feature.State, g run.StageInfo, job string) Station {
	x := Station{Label: g.Label, Job: job}
	for _, name := range g.Names {
		i, _ := s.Info(name)
		switch {
		case i.Kind == model.KindWeight:
			x.Learned = true
		case len(s.Tokens) == 0:
		case i.ColAxis != model.AxisOne:
			x.Carries = say.Shape(i.Rows, i.Cols)
		case i.RowAxis == model.AxisOne:
			x.Carries = "1 word"
		default:
			x.Carries = say.Plural(i.Rows, "token")
		}
	}
	return x
}

// drawn returns the token that was drawn to follow, as it is shown; "" while there is none.
func drawn(s *feature.State) string {
	if s.Drawn == nil {
		return ""
	}
	return s.Drawn.Text
}
