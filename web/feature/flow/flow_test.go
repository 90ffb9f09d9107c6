package flow_test

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/flow"
	"glassbox/web/feature/sizes"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
	schedule "glassbox/web/scene/flow"
)

// watcher returns a reader who has begun to watch the run.
func watcher(t testing.TB) *apptest.Reader { return apptest.Open(t, "").Send(flow.Toggled{}) }

func TestWatchingBeginsAndEnds(t *testing.T) {
	r := watcher(t)
	r.Expect("it is on", flow.Of(&r.S).On, true).Expect("it runs", flow.Of(&r.S).Playing, true)
	shown := apptest.LastOf[flow.Show](r)
	if shown.Line == nil || shown.Rate != 1 || !shown.Lead || shown.At != 0 {
		t.Errorf("the scene is told %+v", shown)
	}
	r.Expect("an entry of the history", apptest.LastOf[SetHash](r).Push, true)
	n := apptest.Count[flow.Show](r)
	r.Send(flow.Moved{3})
	r.Expect("the moment", flow.Of(&r.S).At, 3.0).Expect("words to the scene", apptest.Count[flow.Show](r), n)
	r.Send(flow.Toggled{}).Expect("it is on", flow.Of(&r.S).On, false)
	if apptest.LastOf[flow.Show](r).Line != nil {
		t.Error("the scene still shows it")
	}
	r.Send(flow.Moved{4}, flow.Played{}, flow.Sought{2}, flow.Stepped{1}, flow.Written{}).Expect("it is on", flow.Of(&r.S).On, false)
	for _, err := range r.S.Check() {
		t.Error(err)
	}
}

func TestTheFlowGoesStepByStepAndBack(t *testing.T) {
	r := watcher(t).Send(flow.Stepped{1})
	line := flow.Of(&r.S).Timeline()
	r.Expect("it runs", flow.Of(&r.S).Playing, false).Expect("the moment", flow.Of(&r.S).At, line.Beats[0].End)
	r.Send(flow.Stepped{1}, flow.Stepped{1}, flow.Stepped{-1}).Expect("the moment", flow.Of(&r.S).At, line.Beats[1].End)
	r.Send(flow.Sought{1e9}).Expect("the end", flow.Of(&r.S).At, line.Length)
	r.Send(flow.Played{}).Expect("it begins again", flow.Of(&r.S).At, 0.0).Expect("it runs", flow.Of(&r.S).Playing, true)
	r.Send(flow.Paced{4}).Expect("the rate", apptest.LastOf[flow.Show](r).Rate, 4.0)
	r.Send(flow.Paced{3}).Expect("the speed", flow.Of(&r.S).Speed(), 4.0)
	r.Send(flow.Played{}).Expect("the rate", apptest.LastOf[flow.Show](r).Rate, 0.0)
}

func TestTheStageFollowsTheFlow(t *testing.T) {
	r := watcher(t)
	beat, _ := flow.Of(&r.S).Timeline().Of("h.1.mlp.up")
	r.Send(flow.Moved{flow.Of(&r.S).Timeline().Place(beat, 0.5)}).Expect("the stage", r.S.Stage, run.PartStage(1, model.PartFeedForward))
	r.Send(StageChosen{Stage: run.StageOutput})
	if name := flow.Of(&r.S).Timeline().Beats[flow.Of(&r.S).Timeline().Beat(flow.Of(&r.S).At)].Names[0]; name != "logits" {
		t.Errorf("with the stage of the output it computes %s", name)
	}
	r.Send(PanelChosen{Name: "ln_f"}, flow.Played{}, flow.Played{}, PanelChosen{Name: "ln_f"}, flow.Moved{1}).Expect("the panel", r.S.Panel, "ln_f")
	r.Expect("the stage", r.S.Stage, run.StageNorm)
}

func TestALinkOpensTheFlowWhereItWas(t *testing.T) {
	r := watcher(t)
	beat, _ := flow.Of(&r.S).Timeline().Of("h.1.attn.head.0.scores")
	r.Send(flow.Sought{flow.Of(&r.S).Timeline().Place(beat, 0.4)}, flow.Played{}, flow.Paced{0.5})
	hash := r.S.Hash()
	if !strings.Contains(hash, "flow=h.1.attn.head.0.scores_40&pace=0.5") {
		t.Fatalf("the link is %s", hash)
	}
	again := apptest.Open(t, hash)
	again.Expect("the link", again.S.Hash(), hash).Expect("it is on", flow.Of(&again.S).On, true)
	if got, _ := flow.Of(&again.S).Timeline().Row(flow.Of(&again.S).At); got != beat {
		t.Errorf("it opens in beat %d; expected %d", got, beat)
	}
	again.Send(Navigated{Hash: ""}).Expect("it is on", flow.Of(&again.S).On, false)
	if again = apptest.Open(t, "#flow=none_3"); flow.Of(&again.S).On || !strings.Contains(again.S.Notice, "no step none") {
		t.Errorf("a step that is not there: %q", again.S.Notice)
	}
	again = apptest.Open(t, "#text=CBX&flow=tokens_50")
	again.Expect("it is on", flow.Of(&again.S).On, false)
}

func TestWhileItRunsTheLinkStays(t *testing.T) {
	r := watcher(t)
	before := r.S.Link().Value("flow")
	r.Send(flow.Moved{9}, flow.Moved{12}).Expect("the link", r.S.Link().Value("flow"), before)
	r.Send(flow.Played{})
	if r.S.Link().Value("flow") == before {
		t.Error("it does not say where it holds")
	}
}

func TestTypingEndsTheFlow(t *testing.T) {
	for name, m := range map[string]Msg{"typing": PromptChanged{Text: "CBABB"}, "play": PlayPressed{}, "sizes": sizes.Toggled{},
		"another model": ModelChosen{ID: "tiny"}} {
		if r := watcher(t).Send(m); flow.Of(&r.S).On {
			t.Errorf("%s does not end it", name)
		}
	}
	r := apptest.Open(t, "").Send(StepPressed{}, flow.Toggled{}, ResetPressed{})
	r.Expect("after a reset it is on", flow.Of(&r.S).On, false)
}

func TestAtItsEndTheFlowWritesAndGoesOnWithTheNewRow(t *testing.T) {
	r := watcher(t).Send(flow.Written{})
	r.Expect("it runs", flow.Of(&r.S).Playing, true)
	line := flow.Of(&r.S).Timeline()
	r.Send(flow.Moved{line.Length}).Expect("tokens", len(r.S.Tokens), 7)
	now := flow.Of(&r.S).Timeline()
	if now == line || now.Done("h.0.ln_1", 0) != 6 || now.Length >= line.Length {
		t.Errorf("after it %v rows are there, and the rest takes %.1f s; at first %.1f s", now.Done("h.0.ln_1", 0), now.Length, line.Length)
	}
	r.Expect("it is on", flow.Of(&r.S).On, true).Expect("it runs", flow.Of(&r.S).Playing, false).Expect("the moment", flow.Of(&r.S).At, 0.0)
	r.Send(StepPressed{}).Expect("tokens", len(r.S.Tokens), 8)
	r.Expect("rows that are there", flow.Of(&r.S).Timeline().Done("h.0.ln_1", 0), 7.0)
	r.Send(UndoPressed{}).Expect("after undo it is on", flow.Of(&r.S).On, false)
}

func TestWhereMotionIsNotWantedNothingRuns(t *testing.T) {
	r := apptest.Open(t, "").Send(StillnessChanged{Still: true}, flow.Toggled{})
	r.Expect("it runs", flow.Of(&r.S).Playing, false).Expect("the moment", flow.Of(&r.S).At, flow.Of(&r.S).Timeline().Beats[0].End)
	r.Send(flow.Played{}).Expect("it runs", flow.Of(&r.S).Playing, false).Expect("the moment", flow.Of(&r.S).At, flow.Of(&r.S).Timeline().Beats[1].End)
	r.Send(flow.Written{}).Expect("tokens", len(r.S.Tokens), 7)
	r = watcher(t).Send(StillnessChanged{Still: true})
	r.Expect("the rate", apptest.LastOf[flow.Show](r).Rate, 0.0).Expect("it runs", flow.Of(&r.S).Playing, false)
}

func TestAFrozenPageHoldsTheFlow(t *testing.T) {
	r := watcher(t).Send(Frozen{On: true})
	r.Expect("the rate", apptest.LastOf[flow.Show](r).Rate, 0.0).Send(Frozen{On: false})
	r.Expect("the rate", apptest.LastOf[flow.Show](r).Rate, 1.0)
}

func TestTheFlowIsSaidInWords(t *testing.T) {
	r := watcher(t)
	for name, want := range map[string]string{
		"h.1.attn.head.0.scores": "Block 2, 3 heads: scores, token 3 (B)",
		"h.0.mlp.up":             "Block 1: widened, token 3 (B)",
		"logits":                 "Logits, token 3 (B)",
		"sample.top_k":           "Sampling: top-k",
		schedule.Writes:          "The drawn token, A, drops into the next column",
	} {
		beat, ok := flow.Of(&r.S).Timeline().Of(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		r.Send(flow.Sought{flow.Of(&r.S).Timeline().Place(beat, 0.6)}, flow.Stepped{})
		if got := flow.Text(&r.S); got != want {
			t.Errorf("%s: %q; expected %q", name, got, want)
		}
		if _, place := Spoken(r.S); !strings.HasPrefix(place, want) {
			t.Errorf("aloud it says %q", place)
		}
	}
	r.Send(flow.Played{})
	if _, place := Spoken(r.S); place != "Watching it compute." {
		t.Errorf("while it runs it says %q", place)
	}
}

func TestKeysWatch(t *testing.T) {
	r := apptest.Open(t, "")
	if KeyPressed(r.S, "w") != (flow.Toggled{}) || KeyPressed(r.S, " ") != nil {
		t.Error("w does not open it, or the space bar does")
	}
	r.Send(flow.Toggled{})
	if KeyPressed(r.S, " ") != (flow.Played{}) || KeyPressed(r.S, "Escape") != (flow.Toggled{}) {
		t.Error("the space bar does not hold it, or Escape does not close it")
	}
}

func TestTheFlowLeavesTheCameraToWhoMovedIt(t *testing.T) {
	r := watcher(t).Send(CameraRested{Camera: &camera.State{1, 2, 3, 40, -17, 9, 0}}, flow.Stepped{1})
	r.Expect("it leads", apptest.LastOf[flow.Show](r).Lead, false)
	r.Send(flow.Played{}).Expect("it leads", apptest.LastOf[flow.Show](r).Lead, false)
	r.Send(CameraRested{}, flow.Stepped{1}).Expect("it leads", apptest.LastOf[flow.Show](r).Lead, true)
	r.Send(CameraRested{Camera: &camera.State{1, 2, 3, 40, -17, 9, 0}}, StageChosen{Stage: run.StageOutput})
	r.Expect("it leads", apptest.LastOf[flow.Show](r).Lead, true)
}

func TestALinkKeepsTheStageWhereTheReaderHadGone(t *testing.T) {
	const hash = "#stage=block.2.attention&flow=tokens_0&attention=h.2.attn.head.1"
	r := apptest.Open(t, hash).Send(CellHovered{})
	r.Expect("the link", r.S.Hash(), hash)
	r = apptest.Open(t, "#flow=h.1.attn.head.0.scores_40")
	r.Expect("without one it is that of the step", r.S.Stage, run.PartStage(1, model.PartAttention))
}

func TestTheSpeedOutlastsTheWatching(t *testing.T) {
	r := watcher(t).Send(flow.Paced{2}, flow.Toggled{}, flow.Toggled{})
	r.Expect("the speed", flow.Of(&r.S).Speed(), 2.0).Expect("the rate", apptest.LastOf[flow.Show](r).Rate, 2.0)
	r.Expect("the moment", flow.Of(&r.S).At, 0.0)
}
