package feature_test

import (
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/explain"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

func TestEveryStepAndWeightBelongsToAStage(t *testing.T) {
	s := apptest.Open(t, "").S
	in := map[string]int{}
	for _, g := range Stages(s) {
		var parts []string
		for _, name := range g.Names {
			in[name]++
		}
		for _, p := range g.Parts {
			parts = append(parts, p.Names...)
		}
		if len(g.Parts) > 0 && !slices.Equal(sorted(parts), sorted(g.Names)) {
			t.Errorf("the parts of %s have %d names, the block has %d", g.Label, len(parts), len(g.Names))
		}
	}
	for _, i := range s.Steps {
		if in[i.Name] != 1 {
			t.Errorf("%s belongs to %d stages", i.Name, in[i.Name])
		}
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

func TestStagesHoldWhatTheirNamesSay(t *testing.T) {
	s := apptest.Open(t, "").S
	for stage, want := range map[run.Stage][]string{
		run.StageTokenize:                      {"tokens"},
		run.StageToken:                         {"embed.token", "wte.weight"},
		run.StagePosition:                      {"embed.position", "embed.sum", "wpe.weight"},
		run.PartStage(1, model.PartNorm1):      {"h.1.ln_1", "h.1.ln_1.bias", "h.1.ln_1.mean", "h.1.ln_1.std", "h.1.ln_1.weight"},
		run.PartStage(1, model.PartProjection): {"h.1.attn.c_proj.bias", "h.1.attn.c_proj.weight", "h.1.attn.concat", "h.1.attn.proj", "h.1.residual_1"},
		run.PartStage(1, model.PartNorm2):      {"h.1.ln_2", "h.1.ln_2.bias", "h.1.ln_2.mean", "h.1.ln_2.std", "h.1.ln_2.weight"},
		run.PartStage(2, model.PartFeedForward): {"h.2.mlp.c_fc.bias", "h.2.mlp.c_fc.weight", "h.2.mlp.c_proj.bias", "h.2.mlp.c_proj.weight",
			"h.2.mlp.down", "h.2.mlp.gelu", "h.2.mlp.up", "h.2.residual_2"},
		run.StageNorm:    {"ln_f", "ln_f.bias", "ln_f.mean", "ln_f.std", "ln_f.weight"},
		run.StageOutput:  {"lm_head.weight", "logits"},
		run.StageSoftmax: {"probabilities", "probabilities.max", "probabilities.sum"},
	} {
		if got := sorted(s.Names(stage)); !slices.Equal(got, want) {
			t.Errorf("%s holds %v; expected %v", stage, got, want)
		}
	}
	if n := len(s.Names(run.PartStage(0, model.PartAttention))); n != 3*9+2 {
		t.Errorf("the attention of block 1 holds %d names; expected 9 steps of each head and 2 weights", n)
	}
}

func TestTheStageBarShowsWhereTheReaderIs(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{run.PartStage(1, model.PartAttention)})
	bar := Stages(r.S)
	r.Expect("stages", len(bar), 10).Expect("the fifth", bar[4].Label, "Block 2").Expect("its part", bar[4].Sub, "Attention")
	for i, g := range bar {
		r.Expect(g.Label+" is passed", g.Passed, i < 4).Expect(g.Label+" is current", g.Current, i == 4)
	}
	r.Expect("the layer norm before it is passed", bar[4].Parts[0].Passed, true)
	r.Expect("the projection after it is passed", bar[4].Parts[2].Passed, false)
	at, of := Progress(r.S)
	steps := 0
	for _, i := range r.S.Steps {
		if i.Op != model.OpWeight {
			steps++
		}
	}
	r.Expect("steps", of, steps)
	if at < 10 || r.S.Steps[at-1].Name != "h.1.attn.head.0.query" {
		t.Errorf("the reader is at step %d", at)
	}
}

func TestChoosingAPanelGoesToItsStage(t *testing.T) {
	for name, want := range map[string]run.Stage{
		"h.2.attn.head.1.attention": run.PartStage(2, model.PartAttention), "h.0.mlp.c_fc.weight": run.PartStage(0, model.PartFeedForward),
		"h.1.attn.c_attn.bias": run.PartStage(1, model.PartAttention), "lm_head.weight": run.StageOutput, "logits": run.StageOutput,
		"sample.top_p": run.StageSample, "embed.sum": run.StagePosition,
	} {
		r := apptest.Open(t, "").Send(PanelChosen{name})
		r.Expect("the stage of "+name, r.S.Stage, want).Expect("the panel", r.S.Panel, name)
		r.Expect("the camera's target", apptest.LastOf[Fly](r).Names[0], name)
	}
	r := apptest.Open(t, "").Send(PanelChosen{"ln_f"}, PanelChosen{"nothing"})
	r.Expect("the panel", r.S.Panel, "ln_f").Expect("the notice", r.S.Notice, "This model has no step or weight named nothing.")
}

func TestTiedWeightsStandInBothStages(t *testing.T) {
	s := apptest.Open(t, "#model=tiny").S
	if !slices.Contains(s.Names(run.StageToken), "wte.weight") || !slices.Contains(s.Names(run.StageOutput), "wte.weight") {
		t.Error("wte.weight is missing in a stage")
	}
	if g := s.StageOf("wte.weight"); g != run.StageToken {
		t.Errorf("choosing wte.weight goes to %s", g)
	}
}

func TestAStageThatIsNotThereIsNotEntered(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{run.StageNorm}, StageChosen{run.BlockStage(3)}, StageChosen{"nonsense"})
	r.Expect("the stage", r.S.Stage, run.StageNorm)
}

func TestParametersAddUp(t *testing.T) {
	for _, c := range []model.Config{apptest.SortConfig(), apptest.Choices()[1].Config,
		{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 12, Tied: true},
		{Vocab: 50257, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true, Distinct: 3300}} {
		sum, share := 0, 0.0
		for _, f := range explain.Parameters(c.Account()) {
			sum += f.Count
			share += f.Share
		}
		if sum != c.Parameters() || share < 0.999999 || share > 1.000001 {
			t.Errorf("%v: the parts sum to %d (%v); expected %d", c, sum, share, c.Parameters())
		}
	}
}
