package run

import (
	"testing"

	"glassbox/model"
)

// TestEveryPartHasItsLabel holds the table of labels to the parts of the model.
func TestEveryPartHasItsLabel(t *testing.T) {
	for _, p := range model.Parts() {
		if l, ok := LabelOf(p); !ok || l.Label == "" || l.Brief == "" || l.Short == "" {
			t.Errorf("%s has the label %+v", p, l)
		}
		if (partWords[p].ofBlock != nil) != p.InBlock() {
			t.Errorf("%s is named as a part of a block, or should be", p)
		}
	}
	if len(partWords) != len(model.Parts()) {
		t.Errorf("%d labels for %d parts", len(partWords), len(model.Parts()))
	}
}

// TestStagesAreThoseOfThePipeline: parts of a block stand in blocks, all others by themselves.
func TestStagesAreThoseOfThePipeline(t *testing.T) {
	for g, want := range map[Stage]bool{
		"": true, "softmax": true, "sample": true, "block.0": true, "block.7.attention": true, "block.0.feed_forward": true,
		"attention": false, "norm_1": false, "feed_forward": false, "block.0.softmax": false, "block.1.sample": false,
		"block": false, "block.": false, "block.-1": false, "block.01": false, "block.0.": false, "block.0.nothing": false, "nothing": false,
	} {
		if err := g.Check(); (err == nil) != want {
			t.Errorf("%q is a stage: %v", g, err)
		}
	}
}

// TestWhatWasNotDrawnYetIsLookedForAtItsStage holds for the steps of sampling, which an outline
// does not have.
func TestWhatWasNotDrawnYetIsLookedForAtItsStage(t *testing.T) {
	steps, err := model.Outline(model.Config{Vocab: 3, Context: 2, Width: 2, Heads: 1, Blocks: 1}, 2)
	if err != nil {
		t.Fatal(err)
	}
	s := Run{}.WithSteps(steps)
	if stage, panel := s.Locate(StepOf(model.PartSample, model.OpTopK)); stage != StageSample || panel != "" {
		t.Errorf("top-k is looked for at %q of %q", panel, stage)
	}
	if stage, panel := s.Locate(ReadBy(model.PartAttention, model.OpScores, "key")); stage != PartStage(0, model.PartAttention) || panel == "" {
		t.Errorf("the key is looked for at %q of %q", panel, stage)
	}
}
