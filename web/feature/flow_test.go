package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/flow"
)

// watcher returns a reader who has begun to watch the run.
func watcher(t testing.TB) *apptest.Reader { return apptest.Open(t, "").Send(FlowToggled{}) }

func TestWatchingBeginsAndEnds(t *testing.T) {
	r := watcher(t)
	r.Expect("it is on", r.S.Flow.On, true).Expect("it runs", r.S.Flow.Playing, true)
	shown := apptest.LastOf[ShowFlow](r)
	if shown.Line == nil || shown.Rate != 1 || !shown.Lead || shown.At != 0 {
		t.Errorf("the scene is told %+v", shown)
	}
	r.Expect("an entry of the history", apptest.LastOf[SetHash](r).Push, true)
	n := apptest.Count[ShowFlow](r)
	r.Send(FlowMoved{3})
	r.Expect("the moment", r.S.Flow.At, 3.0).Expect("words to the scene", apptest.Count[ShowFlow](r), n)
	r.Send(FlowToggled{}).Expect("it is on", r.S.Flow.On, false)
	if apptest.LastOf[ShowFlow](r).Line != nil {
		t.Error("the scene still shows it")
	}
	r.Send(FlowMoved{4}, FlowPlayed{}, FlowSought{2}, FlowStepped{1}, FlowWritten{}).Expect("it is on", r.S.Flow.On, false)
	for _, err := range r.S.Check() {
		t.Error(err)
	}
}

func TestTheFlowGoesStepByStepAndBack(t *testing.T) {
	r := watcher(t).Send(FlowStepped{1})
	line := r.S.Timeline()
	r.Expect("it runs", r.S.Flow.Playing, false).Expect("the moment", r.S.Flow.At, line.Beats[0].End)
	r.Send(FlowStepped{1}, FlowStepped{1}, FlowStepped{-1}).Expect("the moment", r.S.Flow.At, line.Beats[1].End)
	r.Send(FlowSought{1e9}).Expect("the end", r.S.Flow.At, line.Length)
	r.Send(FlowPlayed{}).Expect("it begins again", r.S.Flow.At, 0.0).Expect("it runs", r.S.Flow.Playing, true)
	r.Send(FlowPaced{4}).Expect("the rate", apptest.LastOf[ShowFlow](r).Rate, 4.0)
	r.Send(FlowPaced{3}).Expect("the speed", r.S.Flow.Speed(), 4.0)
	r.Send(FlowPlayed{}).Expect("the rate", apptest.LastOf[ShowFlow](r).Rate, 0.0)
}

func TestTheStageFollowsTheFlow(t *testing.T) {
	r := watcher(t)
	beat, _ := r.S.Timeline().Of("h.1.mlp.up")
	r.Send(FlowMoved{r.S.Timeline().Place(beat, 0.5)}).Expect("the stage", r.S.Stage, run.PartStage(1, model.PartFeedForward))
	r.Send(StageChosen{run.StageOutput})
	if name := r.S.Timeline().Beats[r.S.Timeline().Beat(r.S.Flow.At)].Names[0]; name != "logits" {
		t.Errorf("with the stage of the output it computes %s", name)
	}
	r.Send(PanelChosen{"ln_f"}, FlowPlayed{}, FlowPlayed{}, PanelChosen{"ln_f"}, FlowMoved{1}).Expect("the panel", r.S.Panel, "ln_f")
	r.Expect("the stage", r.S.Stage, run.StageNorm)
}

func TestALinkOpensTheFlowWhereItWas(t *testing.T) {
	r := watcher(t)
	beat, _ := r.S.Timeline().Of("h.1.attn.head.0.scores")
	r.Send(FlowSought{r.S.Timeline().Place(beat, 0.4)}, FlowPlayed{}, FlowPaced{0.5})
	hash := r.S.Hash()
	if !strings.Contains(hash, "flow=h.1.attn.head.0.scores_40&pace=0.5") {
		t.Fatalf("the link is %s", hash)
	}
	again := apptest.Open(t, hash)
	again.Expect("the link", again.S.Hash(), hash).Expect("it is on", again.S.Flow.On, true)
	if got, _ := again.S.Timeline().Row(again.S.Flow.At); got != beat {
		t.Errorf("it opens in beat %d; expected %d", got, beat)
	}
	again.Send(Navigated{""}).Expect("it is on", again.S.Flow.On, false)
	if again = apptest.Open(t, "#flow=none_3"); again.S.Flow.On || !strings.Contains(again.S.Notice, "no step none") {
		t.Errorf("a step that is not there: %q", again.S.Notice)
	}
	again = apptest.Open(t, "#text=CBX&flow=tokens_50")
	again.Expect("it is on", again.S.Flow.On, false)
}

func TestWhileItRunsTheLinkStays(t *testing.T) {
	r := watcher(t)
	before := r.S.Link().Value("flow")
	r.Send(FlowMoved{9}, FlowMoved{12}).Expect("the link", r.S.Link().Value("flow"), before)
	r.Send(FlowPlayed{})
	if r.S.Link().Value("flow") == before {
		t.Error("it does not say where it holds")
	}
}

func TestTypingEndsTheFlow(t *testing.T) {
	for name, m := range map[string]Msg{"typing": PromptChanged{"CBABB"}, "play": PlayPressed{}, "sizes": SizesToggled{},
		"another model": ModelChosen{"tiny"}} {
		if r := watcher(t).Send(m); r.S.Flow.On {
			t.Errorf("%s does not end it", name)
		}
	}
	r := apptest.Open(t, "").Send(StepPressed{}, FlowToggled{}, ResetPressed{})
	r.Expect("after a reset it is on", r.S.Flow.On, false)
}

func TestAtItsEndTheFlowWritesAndGoesOnWithTheNewRow(t *testing.T) {
	r := watcher(t).Send(FlowWritten{})
	r.Expect("it runs", r.S.Flow.Playing, true)
	line := r.S.Timeline()
	r.Send(FlowMoved{line.Length}).Expect("tokens", len(r.S.Tokens), 7)
	now := r.S.Timeline()
	if now == line || now.Done("h.0.ln_1", 0) != 6 || now.Length >= line.Length {
		t.Errorf("after it %v rows are there, and the rest takes %.1f s; at first %.1f s", now.Done("h.0.ln_1", 0), now.Length, line.Length)
	}
	r.Expect("it is on", r.S.Flow.On, true).Expect("it runs", r.S.Flow.Playing, false).Expect("the moment", r.S.Flow.At, 0.0)
	r.Send(StepPressed{}).Expect("tokens", len(r.S.Tokens), 8)
	r.Expect("rows that are there", r.S.Timeline().Done("h.0.ln_1", 0), 7.0)
	r.Send(UndoPressed{}).Expect("after undo it is on", r.S.Flow.On, false)
}

func TestWhereMotionIsNotWantedNothingRuns(t *testing.T) {
	r := apptest.Open(t, "").Send(StillnessChanged{true}, FlowToggled{})
	r.Expect("it runs", r.S.Flow.Playing, false).Expect("the moment", r.S.Flow.At, r.S.Timeline().Beats[0].End)
	r.Send(FlowPlayed{}).Expect("it runs", r.S.Flow.Playing, false).Expect("the moment", r.S.Flow.At, r.S.Timeline().Beats[1].End)
	r.Send(FlowWritten{}).Expect("tokens", len(r.S.Tokens), 7)
	r = watcher(t).Send(StillnessChanged{true})
	r.Expect("the rate", apptest.LastOf[ShowFlow](r).Rate, 0.0).Expect("it runs", r.S.Flow.Playing, false)
}

func TestAFrozenPageHoldsTheFlow(t *testing.T) {
	r := watcher(t).Send(Frozen{true})
	r.Expect("the rate", apptest.LastOf[ShowFlow](r).Rate, 0.0).Send(Frozen{false})
	r.Expect("the rate", apptest.LastOf[ShowFlow](r).Rate, 1.0)
}

func TestTheFlowIsSaidInWords(t *testing.T) {
	r := watcher(t)
	for name, want := range map[string]string{
		"h.1.attn.head.0.scores": "Block 2, 3 heads: scores, token 3 (B)",
		"h.0.mlp.up":             "Block 1: widened, token 3 (B)",
		"logits":                 "Logits, token 3 (B)",
		"sample.top_k":           "Sampling: top-k",
		flow.Writes:              "The drawn token, A, drops into the next column",
	} {
		beat, ok := r.S.Timeline().Of(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		r.Send(FlowSought{r.S.Timeline().Place(beat, 0.6)}, FlowStepped{})
		if got := FlowText(r.S); got != want {
			t.Errorf("%s: %q; expected %q", name, got, want)
		}
		if _, place := Spoken(r.S); !strings.HasPrefix(place, want) {
			t.Errorf("aloud it says %q", place)
		}
	}
	r.Send(FlowPlayed{})
	if _, place := Spoken(r.S); place != "Watching it compute." {
		t.Errorf("while it runs it says %q", place)
	}
}

func TestKeysWatch(t *testing.T) {
	r := apptest.Open(t, "")
	if KeyPressed(r.S, "w") != (FlowToggled{}) || KeyPressed(r.S, " ") != nil {
		t.Error("w does not open it, or the space bar does")
	}
	r.Send(FlowToggled{})
	if KeyPressed(r.S, " ") != (FlowPlayed{}) || KeyPressed(r.S, "Escape") != (FlowToggled{}) {
		t.Error("the space bar does not hold it, or Escape does not close it")
	}
}

func TestTheFlowLeavesTheCameraToWhoMovedIt(t *testing.T) {
	r := watcher(t).Send(CameraRested{&camera.State{1, 2, 3, 40, -17, 9, 0}}, FlowStepped{1})
	r.Expect("it leads", apptest.LastOf[ShowFlow](r).Lead, false)
	r.Send(FlowPlayed{}).Expect("it leads", apptest.LastOf[ShowFlow](r).Lead, false)
	r.Send(CameraRested{}, FlowStepped{1}).Expect("it leads", apptest.LastOf[ShowFlow](r).Lead, true)
	r.Send(CameraRested{&camera.State{1, 2, 3, 40, -17, 9, 0}}, StageChosen{run.StageOutput})
	r.Expect("it leads", apptest.LastOf[ShowFlow](r).Lead, true)
}
