package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
)

// Stage is a place in the pipeline, as it stands in the URL: one of the constants, a
// block, "block.0" (which is written BlockStage(0)), or a part of one, "block.0.attention".
type Stage string

// The stages, in the order of the pipeline; the blocks stand between Position and Norm.
const (
	StageOverview Stage = ""
	StageTokenize Stage = "tokenize"
	StageToken    Stage = "token"    // token embedding
	StagePosition Stage = "position" // position embedding
	StageNorm     Stage = "norm"     // final norm
	StageOutput   Stage = "output"   // output projection
	StageSoftmax  Stage = "softmax"
	StageSample   Stage = "sample"
)

// The parts of a block, in the order of the pipeline.
const (
	PartNorm1      = "norm_1"
	PartAttention  = "attention"
	PartProjection = "projection"
	PartNorm2      = "norm_2"
	PartFeed       = "feed_forward"
)

// BlockStage returns the stage of transformer block l, counted from 0.
func BlockStage(l int) Stage { return Stage(fmt.Sprintf("block.%d", l)) }

// PartStage returns the stage of a part of block l.
func PartStage(l int, part string) Stage { return BlockStage(l) + Stage("."+part) }

// Block returns the block of a stage and its part ("" for the whole block); ok is false
// if the stage is no block.
func (g Stage) Block() (l int, part string, ok bool) {
	rest, found := strings.CutPrefix(string(g), "block.")
	number, _, _ := strings.Cut(rest, ".")
	l, err := strconv.Atoi(number)
	if !found || err != nil || l < 0 {
		return 0, "", false
	}
	if g == BlockStage(l) {
		return l, "", true
	}
	for _, p := range parts() {
		if g == PartStage(l, p.name) {
			return l, p.name, true
		}
	}
	return 0, "", false
}

// check returns an error if no model can have the stage.
func (g Stage) check() error {
	switch g {
	case StageOverview, StageTokenize, StageToken, StagePosition, StageNorm, StageOutput, StageSoftmax, StageSample:
		return nil
	}
	if _, _, ok := g.Block(); ok {
		return nil
	}
	return fmt.Errorf("%.40q is no stage", string(g))
}

// stageThere reports whether the chosen model has the stage.
func (s State) stageThere(g Stage) bool {
	l, _, ok := g.Block()
	return g.check() == nil && (!ok || l < s.Config.Blocks)
}

// A StageInfo is an entry of the stage bar.
type StageInfo struct {
	ID              Stage
	Label, Short    string
	Current, Passed bool
	Names           []string    // the steps and weights that belong to it
	Sub             string      // label of the part of the block where the reader is
	Parts           []StageInfo // of a block
}

type part struct{ name, label, short string }

func parts() []part {
	return []part{
		{PartNorm1, "Layer norm", "Norm"},
		{PartAttention, "Attention", "Attn"},
		{PartProjection, "Projection", "Proj"},
		{PartNorm2, "Layer norm", "Norm"},
		{PartFeed, "Feed-forward", "Feed"},
	}
}

// Stages returns the stages in the order of the pipeline.
func Stages(s State) []StageInfo {
	list := []StageInfo{
		{ID: StageTokenize, Label: "Tokenize", Short: "Tok"},
		{ID: StageToken, Label: "Token embedding", Short: "Emb"},
		{ID: StagePosition, Label: "Position embedding", Short: "Pos"},
	}
	for l := range s.Config.Blocks {
		list = append(list, blockInfo(s, l))
	}
	list = append(list,
		StageInfo{ID: StageNorm, Label: "Final norm", Short: "Norm"},
		StageInfo{ID: StageOutput, Label: "Output projection", Short: "Out"},
		StageInfo{ID: StageSoftmax, Label: "Softmax", Short: "Soft"},
		StageInfo{ID: StageSample, Label: "Sampling", Short: "Samp"})
	names := s.stageNames()
	current := -1
	for i := range list {
		g := &list[i]
		g.Names = names[g.ID]
		if g.ID == s.Stage || g.Sub != "" {
			g.Current, current = true, i
		}
		for j := range g.Parts {
			g.Parts[j].Names = names[g.Parts[j].ID]
		}
	}
	for i := range max(0, current) {
		list[i].Passed = true
	}
	return list
}

// blockInfo is the entry of block l, with its parts.
func blockInfo(s State, l int) StageInfo {
	info := StageInfo{ID: BlockStage(l), Label: fmt.Sprintf("Block %d", l+1), Short: fmt.Sprintf("B%d", l+1)}
	passed := len(parts())
	for i, p := range parts() {
		sub := StageInfo{ID: PartStage(l, p.name), Label: p.label, Short: p.short}
		if sub.ID == s.Stage {
			sub.Current, info.Sub, passed = true, p.label, i
		}
		info.Parts = append(info.Parts, sub)
	}
	for i := range passed {
		info.Parts[i].Passed = info.Sub != ""
	}
	return info
}

// Names returns the steps and weights that belong to a stage; none for the overview.
func (s State) Names(g Stage) []string { return s.stageNames()[g] }

// stageNames returns what belongs to each stage and to each part of a block.
func (s State) stageNames() map[Stage][]string {
	if s.stages != nil {
		return s.stages
	}
	return namesOf(s.Steps)
}

// namesOf sorts steps into stages: the steps that each takes, and the weights that they
// read.
func namesOf(steps []model.Info) map[Stage][]string {
	names := map[Stage][]string{}
	taken := map[Stage]map[string]bool{}
	add := func(g Stage, name string) {
		if taken[g] == nil {
			taken[g] = map[string]bool{}
		}
		if !taken[g][name] {
			taken[g][name] = true
			names[g] = append(names[g], name)
		}
	}
	isWeight := map[string]bool{}
	for _, i := range steps {
		isWeight[i.Name] = i.Op == model.OpWeight
	}
	walk(steps, func(i model.Info, stages ...Stage) {
		for _, g := range stages {
			add(g, i.Name)
			for _, in := range i.Inputs {
				if isWeight[in.Name] {
					add(g, in.Name)
				}
			}
		}
	})
	return names
}

// walk visits the steps in order and says to which stages each belongs: a step of a block
// to the block and to one of its parts.
func walk(steps []model.Info, visit func(i model.Info, stages ...Stage)) {
	sampling, block, part := false, -1, PartNorm1
	for _, i := range steps {
		if i.Op == model.OpTemperature {
			sampling = true
		}
		switch {
		case i.Op == model.OpWeight:
		case sampling:
			visit(i, StageSample)
		case i.Block >= 0:
			if i.Block != block {
				block, part = i.Block, PartNorm1
			}
			part = partAfter(part, i)
			visit(i, BlockStage(block), PartStage(block, part))
		default:
			visit(i, outside(i.Op))
		}
	}
}

// partAfter returns the part of the block to which a step belongs, given that of the step
// before it.
func partAfter(before string, i model.Info) string {
	norm := i.Op == model.OpMean || i.Op == model.OpStd || i.Op == model.OpNorm
	switch {
	case i.Head >= 0:
		return PartAttention
	case before == PartAttention:
		return PartProjection
	case before == PartProjection && norm:
		return PartNorm2
	case before == PartNorm2 && !norm:
		return PartFeed
	}
	return before
}

// outside returns the stage of a step that belongs to no block.
func outside(op model.Op) Stage {
	switch op {
	case model.OpTokens:
		return StageTokenize
	case model.OpLookup:
		return StageToken
	case model.OpPosition, model.OpAdd:
		return StagePosition
	case model.OpMean, model.OpStd, model.OpNorm:
		return StageNorm
	case model.OpUnembed:
		return StageOutput
	}
	return StageSoftmax
}

// StageNames returns the steps and weights of the stage where the reader is; none for the
// overview.
func StageNames(s State) []string { return s.Names(s.Stage) }

// stageOf returns the stage to which a step or weight belongs, the part rather than the
// whole block.
func (s State) stageOf(name string) Stage {
	target, _ := s.Info(name)
	found := StageOverview
	walk(s.Steps, func(i model.Info, stages ...Stage) {
		if found == StageOverview && (i.Name == name || target.Op == model.OpWeight && reads(i, name)) {
			found = stages[len(stages)-1]
		}
	})
	return found
}

// reads reports whether a step reads a tensor.
func reads(i model.Info, name string) bool {
	return slices.ContainsFunc(i.Inputs, func(in model.Range) bool { return in.Name == name })
}

// Progress returns where the reader is among the steps of the model, counted from 1, and
// how many steps there are; at is 0 in the overview.
func Progress(s State) (at, of int) {
	first := s.Panel
	if names := s.framed(); len(names) > 0 {
		first = names[0]
	}
	for _, i := range s.Steps {
		if i.Op == model.OpWeight {
			continue
		}
		if of++; i.Name == first {
			at = of
		}
	}
	return at, of
}
