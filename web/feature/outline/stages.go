package outline

import (
	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
)

// A Stage is a stage, or a part of a block, with the panels that stand there. The
// outline is the scene as a list, made from the same steps.
type Stage struct {
	Stage   run.Stage
	Label   string // "Embedding", "Block 1, attention"
	Current bool   // the reader is there
	Panels  []Panel
}

// A Panel is a step or weight of the outline.
type Panel struct {
	Name, Title string
	Rows, Cols  int
	Kind        model.Kind
	Current     bool // it is selected
}

// mostOutlined is how many panels the outline lists at once: beyond, only those of the
// stage where the reader is.
const mostOutlined = 400

// Stages returns those of the model in the order of the pipeline, blocks by their parts, with
// all steps and weights. In a large model the stages where the reader is not are closed:
// they have no panels.
func Stages(s *feature.State) (list []Stage) {
	all := len(s.Steps) <= mostOutlined
	for _, g := range feature.Stages(*s) {
		if len(g.Parts) == 0 {
			list = append(list, stageOf(s, g, g.Label, all || g.Current))
			continue
		}
		for _, p := range g.Parts {
			list = append(list, stageOf(s, p, run.StageName(p.ID), all || p.Current))
		}
	}
	return list
}

// stageOf returns a stage of the outline, open with its panels or closed without.
func stageOf(s *feature.State, g run.StageInfo, label string, open bool) Stage {
	stage := Stage{Stage: g.ID, Label: label, Current: g.Current}
	if !open {
		return stage
	}
	for _, name := range g.Names {
		i, _ := s.Info(name)
		stage.Panels = append(stage.Panels, Panel{Name: name, Title: run.HeadTitle(i),
			Rows: i.Rows, Cols: i.Cols, Kind: i.Kind, Current: name == s.Panel})
	}
	return stage
}
