package lessons

import (
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
	Here       bool   // the reader is there
}

// jobs says what the stages do; that of the blocks stands under "".
var jobs = map[model.Part]func() string{
	model.PartTokenize: say.Lessons.JobTokenize,
	model.PartToken:    say.Lessons.JobToken,
	model.PartPosition: say.Lessons.JobPosition,
	model.PartRotary:   say.Lessons.JobRotary,
	"":                 say.Lessons.JobBlocks,
	model.PartNorm:     say.Lessons.JobNorm,
	model.PartOutput:   say.Lessons.JobOutput,
	model.PartSoftmax:  say.Lessons.JobSoftmax,
	model.PartSample:   say.Lessons.JobSample,
}

// Stations returns those from the text to the next word; the blocks are one.
func Stations(s *feature.State) (list []Station) {
	blocks := 0
	for _, g := range feature.Stages(*s) {
		_, _, within := s.Stage.Block()
		if _, _, isBlock := g.ID.Block(); !isBlock {
			list = append(list, station(s, g, model.Part(g.ID)))
			list[len(list)-1].Here = s.Stage == g.ID
		} else if blocks++; blocks == 1 {
			list = append(list, station(s, g, ""))
			list[len(list)-1].Label, list[len(list)-1].Here = say.Lessons.TransformerBlock(), within
		} else {
			list[len(list)-1].Label = say.Lessons.TransformerBlocks(blocks)
		}
	}
	return list
}

// station is that of a stage, a part of the network or the blocks: what leaves it is what its last step makes.
func station(s *feature.State, g run.StageInfo, p model.Part) Station {
	x := Station{Label: g.Label}
	if job, ok := jobs[p]; ok {
		x.Job = job()
	}
	for _, name := range g.Names {
		i, _ := s.Info(name)
		switch {
		case i.Kind == model.KindWeight:
			x.Learned = true
		case len(s.Tokens) == 0:
		case i.ColAxis != model.AxisOne:
			x.Carries = say.Shape(i.Rows, i.Cols)
		case i.RowAxis == model.AxisOne:
			x.Carries = say.Lessons.CarriesWord()
		default:
			x.Carries = say.Lessons.CarriesTokens(i.Rows)
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
