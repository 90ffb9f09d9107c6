package feature

import (
	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

// An OutlineStage is a stage, or a part of a block, with the panels that stand there. The
// outline is the scene as a list, made from the same steps.
type OutlineStage struct {
	Stage   run.Stage
	Label   string // "Embedding", "Block 1, attention"
	Current bool   // the reader is there
	Panels  []OutlinePanel
}

// An OutlinePanel is a step or weight of the outline.
type OutlinePanel struct {
	Name, Title string
	Rows, Cols  int
	Kind        model.Kind
	Current     bool // it is selected
}

// mostOutlined is how many panels the outline lists at once: beyond, only those of the
// stage where the reader is.
const mostOutlined = 400

// Outline returns the stages in the order of the pipeline, blocks by their parts, with
// all steps and weights. In a large model the stages where the reader is not are closed:
// they have no panels.
func Outline(s State) (list []OutlineStage) {
	all := len(s.Steps) <= mostOutlined
	for _, g := range Stages(s) {
		if len(g.Parts) == 0 {
			list = append(list, s.outlined(g, g.Label, all || g.Current))
			continue
		}
		for _, p := range g.Parts {
			list = append(list, s.outlined(p, g.Label+", "+say.Lower(p.Label), all || p.Current))
		}
	}
	return list
}

// outlined returns a stage of the outline, open with its panels or closed without.
func (s State) outlined(g run.StageInfo, label string, open bool) OutlineStage {
	stage := OutlineStage{Stage: g.ID, Label: label, Current: g.Current}
	if !open {
		return stage
	}
	for _, name := range g.Names {
		i, _ := s.Info(name)
		stage.Panels = append(stage.Panels, OutlinePanel{Name: name, Title: run.HeadTitle(i),
			Rows: i.Rows, Cols: i.Cols, Kind: i.Kind, Current: name == s.Panel})
	}
	return stage
}
