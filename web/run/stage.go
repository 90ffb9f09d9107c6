package run

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/say"
)

// Stage is a place in the pipeline, as it stands in the URL: a part of the network outside of
// the blocks, "softmax"; a block, "block.0" (which is written BlockStage(0)), or a part of one,
// "block.0.attention".
type Stage string

// The stages, in the order of the pipeline; the blocks stand between Position and Norm.
const (
	StageOverview = Stage("")
	StageTokenize = Stage(model.PartTokenize)
	StageToken    = Stage(model.PartToken)    // token embedding
	StagePosition = Stage(model.PartPosition) // position embedding
	StageRotary   = Stage(model.PartRotary)   // rotary positions
	StageNorm     = Stage(model.PartNorm)     // final norm
	StageOutput   = Stage(model.PartOutput)   // output projection
	StageSoftmax  = Stage(model.PartSoftmax)
	StageSample   = Stage(model.PartSample)
)

// BlockStage returns the stage of transformer block l, counted from 0.
func BlockStage(l int) Stage { return Stage(fmt.Sprintf("block.%d", l)) }

// PartStage returns the stage of a part of block l.
func PartStage(l int, p model.Part) Stage { return BlockStage(l) + Stage("."+p) }

// stageOfInfo returns the stage of a step or weight, the part rather than the whole block.
func stageOfInfo(i model.Info) Stage {
	if i.Block >= 0 {
		return PartStage(i.Block, i.Part)
	}
	return Stage(i.Part)
}

// Block returns the block of a stage and its part ("" for the whole block); ok is false
// if the stage is no block.
func (g Stage) Block() (l int, p model.Part, ok bool) {
	rest, found := strings.CutPrefix(string(g), "block.")
	number, part, _ := strings.Cut(rest, ".")
	l, err := strconv.Atoi(number)
	if !found || err != nil || l < 0 {
		return 0, "", false
	}
	p = model.Part(part)
	_, known := partWords[p]
	ok = g == BlockStage(l) || known && p.InBlock() && g == PartStage(l, p)
	if !ok {
		return 0, "", false
	}
	return l, p, true
}

// Check returns an error if no model can have the stage.
func (g Stage) Check() error {
	_, known := partWords[model.Part(g)]
	if _, _, ok := g.Block(); ok || known && !model.Part(g).InBlock() || g == StageOverview {
		return nil
	}
	return errors.New(say.Run.NoStage(fmt.Sprintf("%.40q", string(g))))
}

// HasStage reports whether the chosen model has the stage.
func (s Run) HasStage(g Stage) bool {
	if _, p, ok := g.Block(); ok && p == "" || g == StageOverview || g == StageSample {
		l, _, inBlock := g.Block()
		return !inBlock || l < s.Config.Blocks
	}
	return len(s.Names(g)) > 0
}

// A StageInfo is an entry of the stage bar.
type StageInfo struct {
	ID Stage
	PartLabel
	Current, Passed bool
	Names           []string    // the steps and weights that belong to it
	Sub             string      // label of the part of the block where the reader is
	Parts           []StageInfo // of a block
}

// A PartLabel names a part of the network.
type PartLabel struct {
	Label string
	Brief string // as much as tells it from the others in a row: "Output"
	Short string // for where there is little room: "Out"
}

// LabelOf returns the label of a part; ok is false if there is no such part.
func LabelOf(p model.Part) (l PartLabel, ok bool) {
	w, ok := partWords[p]
	if !ok {
		return l, false
	}
	return PartLabel{Label: w.label(), Brief: w.brief(), Short: w.short()}, true
}

// StageName is the whole name of a stage, "Token embedding", "Block 1" or "Block 1, attention"; "" of the overview.
func StageName(g Stage) string {
	l, p, inBlock := g.Block()
	switch {
	case inBlock && p == "":
		return say.Run.Block(l + 1)
	case inBlock:
		return partWords[p].ofBlock(l + 1)
	}
	label, _ := LabelOf(model.Part(g))
	return label.Label
}

// words are the texts that name a part; ofBlock is that of a part of a block.
type words struct {
	label, brief, short func() string
	ofBlock             func(n int) string
}

var partWords = map[model.Part]words{
	model.PartTokenize:    {say.Run.Tokenize, say.Run.Tokenize, say.Run.TokenizeShort, nil},
	model.PartToken:       {say.Run.TokenEmbedding, say.Run.TokenEmbeddingBrief, say.Run.TokenEmbeddingShort, nil},
	model.PartPosition:    {say.Run.PositionEmbedding, say.Run.PositionEmbeddingBrief, say.Run.PositionEmbeddingShort, nil},
	model.PartRotary:      {say.Run.Rotary, say.Run.RotaryBrief, say.Run.RotaryShort, nil},
	model.PartNorm1:       {say.Run.Norm, say.Run.Norm, say.Run.NormShort, say.Run.NormOfBlock},
	model.PartAttention:   {say.Run.Attention, say.Run.Attention, say.Run.AttentionShort, say.Run.AttentionOfBlock},
	model.PartProjection:  {say.Run.Projection, say.Run.Projection, say.Run.ProjectionShort, say.Run.ProjectionOfBlock},
	model.PartNorm2:       {say.Run.Norm, say.Run.Norm, say.Run.NormShort, say.Run.NormOfBlock},
	model.PartFeedForward: {say.Run.FeedForward, say.Run.FeedForward, say.Run.FeedForwardShort, say.Run.FeedForwardOfBlock},
	model.PartNorm:        {say.Run.FinalNorm, say.Run.FinalNormBrief, say.Run.NormShort, nil},
	model.PartOutput:      {say.Run.Output, say.Run.OutputBrief, say.Run.OutputShort, nil},
	model.PartSoftmax:     {say.Run.Softmax, say.Run.Softmax, say.Run.SoftmaxShort, nil},
	model.PartSample:      {say.Run.Sample, say.Run.Sample, say.Run.SampleShort, nil},
}

// Stages returns the stages in the order of the pipeline: those of the steps, and sampling,
// which the network does not have before something has been drawn. The reader is at one of them.
func (s Run) Stages(here Stage) (list []StageInfo) {
	for _, id := range s.stages.order {
		l, p, inBlock := id.Block()
		switch {
		case !inBlock:
			list = append(list, s.stageInfo(id, model.Part(id), here))
		case p == "":
			list = append(list, StageInfo{ID: id, PartLabel: blockLabel(l), Names: s.Names(id), Current: id == here})
		default:
			g := &list[len(list)-1]
			part := s.stageInfo(id, p, here)
			if g.Parts = append(g.Parts, part); part.Current {
				g.Current, g.Sub = true, part.Label
			}
		}
	}
	current := slices.IndexFunc(list, func(g StageInfo) bool { return g.Current })
	for i := range max(0, current) {
		list[i].Passed = true
	}
	if current >= 0 {
		parts := list[current].Parts
		for i := range max(0, slices.IndexFunc(parts, func(g StageInfo) bool { return g.Current })) {
			parts[i].Passed = true
		}
	}
	return list
}

// blockLabel names block l, counted from 0.
func blockLabel(l int) PartLabel {
	name := say.Run.Block(l + 1)
	return PartLabel{Label: name, Brief: name, Short: say.Run.BlockShort(l + 1)}
}

// stageInfo is the entry of a part of the network.
func (s Run) stageInfo(id Stage, p model.Part, here Stage) StageInfo {
	l, _ := LabelOf(p)
	return StageInfo{ID: id, PartLabel: l, Names: s.Names(id), Current: id == here}
}

// Names returns the steps and weights that belong to a stage; none for the overview.
func (s Run) Names(g Stage) []string { return s.stages.names[g] }

// stages is what belongs to each stage and to each part of a block.
type stages struct {
	order []Stage // a block before its parts
	names map[Stage][]string
}

// stagesOf sorts steps into stages: the steps that say they belong there, and the weights
// that they read.
func stagesOf(steps []model.Info) stages {
	all := stages{names: map[Stage][]string{}}
	taken := map[Stage]map[string]bool{}
	add := func(g Stage, name string) {
		if taken[g] == nil {
			taken[g], all.order = map[string]bool{}, append(all.order, g)
		}
		if !taken[g][name] {
			taken[g][name] = true
			all.names[g] = append(all.names[g], name)
		}
	}
	isWeight := map[string]bool{}
	for _, i := range steps {
		isWeight[i.Name] = i.Kind == model.KindWeight
	}
	for _, i := range steps {
		if i.Kind == model.KindWeight {
			continue
		}
		homes := []Stage{stageOfInfo(i)}
		if i.Block >= 0 {
			homes = []Stage{BlockStage(i.Block), stageOfInfo(i)}
		}
		for _, g := range homes {
			add(g, i.Name)
			for _, in := range i.Inputs {
				if isWeight[in.Name] {
					add(g, in.Name)
				}
			}
		}
	}
	if len(steps) > 0 && taken[StageSample] == nil {
		all.order = append(all.order, StageSample)
	}
	return all
}

// StageOf returns the stage to which a step or weight belongs, the part rather than the
// whole block.
func (s Run) StageOf(name string) Stage {
	i, ok := s.Info(name)
	if !ok {
		return StageOverview
	}
	return stageOfInfo(i)
}
