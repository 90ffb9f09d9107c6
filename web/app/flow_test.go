package app

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/flow"
)

// watcher returns a reader who has begun to watch the run.
func watcher(t testing.TB) *reader { return open(t, "").send(FlowToggled{}) }

func TestWatchingBeginsAndEnds(t *testing.T) {
	r := watcher(t)
	r.expect("it is on", r.s.Flow.On, true).expect("it runs", r.s.Flow.Playing, true)
	shown := lastOf[ShowFlow](r)
	if shown.Line == nil || shown.Rate != 1 || !shown.Lead || shown.At != 0 {
		t.Errorf("the scene is told %+v", shown)
	}
	r.expect("an entry of the history", lastOf[SetHash](r).Push, true)
	n := count[ShowFlow](r)
	r.send(FlowMoved{3})
	r.expect("the moment", r.s.Flow.At, 3.0).expect("words to the scene", count[ShowFlow](r), n)
	r.send(FlowToggled{}).expect("it is on", r.s.Flow.On, false)
	if lastOf[ShowFlow](r).Line != nil {
		t.Error("the scene still shows it")
	}
	r.send(FlowMoved{4}, FlowPlayed{}, FlowSought{2}, FlowStepped{1}, FlowWritten{}).expect("it is on", r.s.Flow.On, false)
	for _, err := range r.s.Check() {
		t.Error(err)
	}
}

func TestTheFlowGoesStepByStepAndBack(t *testing.T) {
	r := watcher(t).send(FlowStepped{1})
	line := r.s.Timeline()
	r.expect("it runs", r.s.Flow.Playing, false).expect("the moment", r.s.Flow.At, line.Beats[0].End)
	r.send(FlowStepped{1}, FlowStepped{1}, FlowStepped{-1}).expect("the moment", r.s.Flow.At, line.Beats[1].End)
	r.send(FlowSought{1e9}).expect("the end", r.s.Flow.At, line.Length)
	r.send(FlowPlayed{}).expect("it begins again", r.s.Flow.At, 0.0).expect("it runs", r.s.Flow.Playing, true)
	r.send(FlowPaced{4}).expect("the rate", lastOf[ShowFlow](r).Rate, 4.0)
	r.send(FlowPaced{3}).expect("the speed", r.s.Flow.Speed(), 4.0)
	r.send(FlowPlayed{}).expect("the rate", lastOf[ShowFlow](r).Rate, 0.0)
}

func TestTheStageFollowsTheFlow(t *testing.T) {
	r := watcher(t)
	beat, _ := r.s.Timeline().Of("h.1.mlp.up")
	r.send(FlowMoved{r.s.Timeline().Place(beat, 0.5)}).expect("the stage", r.s.Stage, run.PartStage(1, model.PartFeedForward))
	r.send(StageChosen{run.StageOutput})
	if name := r.s.Timeline().Beats[r.s.Timeline().Beat(r.s.Flow.At)].Names[0]; name != "logits" {
		t.Errorf("with the stage of the output it computes %s", name)
	}
	r.send(PanelChosen{"ln_f"}, FlowPlayed{}, FlowPlayed{}, PanelChosen{"ln_f"}, FlowMoved{1}).expect("the panel", r.s.Panel, "ln_f")
	r.expect("the stage", r.s.Stage, run.StageNorm)
}

func TestALinkOpensTheFlowWhereItWas(t *testing.T) {
	r := watcher(t)
	beat, _ := r.s.Timeline().Of("h.1.attn.head.0.scores")
	r.send(FlowSought{r.s.Timeline().Place(beat, 0.4)}, FlowPlayed{}, FlowPaced{0.5})
	hash := r.s.Hash()
	if !strings.Contains(hash, "flow=h.1.attn.head.0.scores_40&pace=0.5") {
		t.Fatalf("the link is %s", hash)
	}
	again := open(t, hash)
	again.expect("the link", again.s.Hash(), hash).expect("it is on", again.s.Flow.On, true)
	if got, _ := again.s.Timeline().Row(again.s.Flow.At); got != beat {
		t.Errorf("it opens in beat %d; expected %d", got, beat)
	}
	again.send(Navigated{""}).expect("it is on", again.s.Flow.On, false)
	if again = open(t, "#flow=none_3"); again.s.Flow.On || !strings.Contains(again.s.Notice, "no step none") {
		t.Errorf("a step that is not there: %q", again.s.Notice)
	}
	again = open(t, "#text=CBX&flow=tokens_50")
	again.expect("it is on", again.s.Flow.On, false)
}

func TestWhileItRunsTheLinkStays(t *testing.T) {
	r := watcher(t)
	before := r.s.Link().Value("flow")
	r.send(FlowMoved{9}, FlowMoved{12}).expect("the link", r.s.Link().Value("flow"), before)
	r.send(FlowPlayed{})
	if r.s.Link().Value("flow") == before {
		t.Error("it does not say where it holds")
	}
}

func TestTypingEndsTheFlow(t *testing.T) {
	for name, m := range map[string]Msg{"typing": PromptChanged{"CBABB"}, "play": PlayPressed{}, "sizes": SizesToggled{},
		"another model": ModelChosen{"tiny"}} {
		if r := watcher(t).send(m); r.s.Flow.On {
			t.Errorf("%s does not end it", name)
		}
	}
	r := open(t, "").send(StepPressed{}, FlowToggled{}, ResetPressed{})
	r.expect("after a reset it is on", r.s.Flow.On, false)
}

func TestAtItsEndTheFlowWritesAndGoesOnWithTheNewRow(t *testing.T) {
	r := watcher(t).send(FlowWritten{})
	r.expect("it runs", r.s.Flow.Playing, true)
	line := r.s.Timeline()
	r.send(FlowMoved{line.Length}).expect("tokens", len(r.s.Tokens), 7)
	now := r.s.Timeline()
	if now == line || now.Done("h.0.ln_1", 0) != 6 || now.Length >= line.Length {
		t.Errorf("after it %v rows are there, and the rest takes %.1f s; at first %.1f s", now.Done("h.0.ln_1", 0), now.Length, line.Length)
	}
	r.expect("it is on", r.s.Flow.On, true).expect("it runs", r.s.Flow.Playing, false).expect("the moment", r.s.Flow.At, 0.0)
	r.send(StepPressed{}).expect("tokens", len(r.s.Tokens), 8)
	r.expect("rows that are there", r.s.Timeline().Done("h.0.ln_1", 0), 7.0)
	r.send(UndoPressed{}).expect("after undo it is on", r.s.Flow.On, false)
}

func TestWhereMotionIsNotWantedNothingRuns(t *testing.T) {
	r := open(t, "").send(StillnessChanged{true}, FlowToggled{})
	r.expect("it runs", r.s.Flow.Playing, false).expect("the moment", r.s.Flow.At, r.s.Timeline().Beats[0].End)
	r.send(FlowPlayed{}).expect("it runs", r.s.Flow.Playing, false).expect("the moment", r.s.Flow.At, r.s.Timeline().Beats[1].End)
	r.send(FlowWritten{}).expect("tokens", len(r.s.Tokens), 7)
	r = watcher(t).send(StillnessChanged{true})
	r.expect("the rate", lastOf[ShowFlow](r).Rate, 0.0).expect("it runs", r.s.Flow.Playing, false)
}

func TestAFrozenPageHoldsTheFlow(t *testing.T) {
	r := watcher(t).send(Frozen{true})
	r.expect("the rate", lastOf[ShowFlow](r).Rate, 0.0).send(Frozen{false})
	r.expect("the rate", lastOf[ShowFlow](r).Rate, 1.0)
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
		beat, ok := r.s.Timeline().Of(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		r.send(FlowSought{r.s.Timeline().Place(beat, 0.6)}, FlowStepped{})
		if got := FlowText(r.s); got != want {
			t.Errorf("%s: %q; expected %q", name, got, want)
		}
		if _, place := Spoken(r.s); !strings.HasPrefix(place, want) {
			t.Errorf("aloud it says %q", place)
		}
	}
	r.send(FlowPlayed{})
	if _, place := Spoken(r.s); place != "Watching it compute." {
		t.Errorf("while it runs it says %q", place)
	}
}

func TestKeysWatch(t *testing.T) {
	r := open(t, "")
	if KeyPressed(r.s, "w") != (FlowToggled{}) || KeyPressed(r.s, " ") != nil {
		t.Error("w does not open it, or the space bar does")
	}
	r.send(FlowToggled{})
	if KeyPressed(r.s, " ") != (FlowPlayed{}) || KeyPressed(r.s, "Escape") != (FlowToggled{}) {
		t.Error("the space bar does not hold it, or Escape does not close it")
	}
}

func TestTheFlowLeavesTheCameraToWhoMovedIt(t *testing.T) {
	r := watcher(t).send(CameraRested{&camera.State{1, 2, 3, 40, -17, 9, 0}}, FlowStepped{1})
	r.expect("it leads", lastOf[ShowFlow](r).Lead, false)
	r.send(FlowPlayed{}).expect("it leads", lastOf[ShowFlow](r).Lead, false)
	r.send(CameraRested{}, FlowStepped{1}).expect("it leads", lastOf[ShowFlow](r).Lead, true)
	r.send(CameraRested{&camera.State{1, 2, 3, 40, -17, 9, 0}}, StageChosen{run.StageOutput})
	r.expect("it leads", lastOf[ShowFlow](r).Lead, true)
}
