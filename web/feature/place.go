package feature

import (
	"glassbox/model"
	"glassbox/web/run"
)

// Stages returns the stages in the order of the pipeline, with where the reader is.
func Stages(s State) []run.StageInfo { return s.Run.Stages(s.Stage) }

// StageNames returns the steps and weights of the stage where the reader is; none for the
// overview.
func StageNames(s State) []string { return s.Names(s.Stage) }

// Progress returns where the reader is among the steps of the model, counted from 1, and
// how many steps there are; at is 0 in the overview.
func Progress(s State) (at, of int) {
	first := s.Panel
	if names := s.framed(); len(names) > 0 {
		first = names[0]
	}
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight {
			continue
		}
		if of++; i.Name == first {
			at = of
		}
	}
	return at, of
}
