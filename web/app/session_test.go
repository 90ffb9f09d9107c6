package app

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"glassbox/web/engine"
	"glassbox/web/run"
)

func TestTheStructureStandsBeforeTheWeightsAreThere(t *testing.T) {
	s := New(choices())
	if i, ok := s.Info("h.2.attn.head.1.scores"); !ok || i.Rows != 6 || i.Cols != 6 {
		t.Errorf("the outline says %+v of the scores", i)
	}
	if s.Phase != Starting || len(s.Facts) != 4 {
		t.Errorf("the page begins in phase %d with %d facts", s.Phase, len(s.Facts))
	}
}

func TestAReaderTypesSixLettersAndStepsToTheAnswer(t *testing.T) {
	r := open(t, "").send(PromptChanged{""})
	guides := []string{
		"Sorts six letters: 6 more.", "Sorts six letters: 5 more.", "Sorts six letters: 4 more.",
		"Sorts six letters: 3 more.", "Sorts six letters: 2 more.", "Sorts six letters: 1 more.",
		"Step writes the sorted letters: 6 to go.",
	}
	for n, guide := range guides {
		r.send(PromptChanged{"CBABBC"[:n]})
		r.expect("the guide", r.s.Guide, guide).expect("muted", r.s.Muted, n < 6)
		r.expect("tokens", len(r.s.Tokens), n).expect("Next is there", r.s.Next != nil, n == 6)
	}
	for n, letter := range "ABBBCC" {
		r.expect("the next letter", r.s.Next.Text, string(letter))
		r.send(StepPressed{})
		r.expect("the answer", r.s.Answer(), "ABBBCC"[:n+1])
	}
	r.expect("the guide", r.s.Guide, "Sorted: ABBBCC.").expect("tokens", len(r.s.Tokens), 11)
	r.expect("the sixth answer", r.s.Last.Text, "C").expect("Next is there", r.s.Next != nil, false)
	r.send(StepPressed{}).expect("the answer", r.s.Answer(), "ABBBCC").expect("the notice", r.s.Notice, "Sorted: ABBBCC.")
}

func TestPlayStepsByItselfAndStops(t *testing.T) {
	r := open(t, "").send(PlayPressed{})
	r.expect("playing", r.s.Playing, true).expect("the pause", r.timers[0].Millis, 640)
	r.expect("the answer", r.s.Answer(), "A").wait()
	r.expect("the answer", r.s.Answer(), "ABBBCC").expect("playing", r.s.Playing, false)
	r.send(PlayPressed{}).expect("playing again", r.s.Playing, true).expect("the answer", r.s.Answer(), "")
	r.wait().expect("the answer", r.s.Answer(), "ABBBCC")
}

func TestPlayStopsOnAnEdit(t *testing.T) {
	r := open(t, "").send(PlayPressed{}, PromptChanged{"CBABBA"})
	r.expect("playing", r.s.Playing, false).wait().expect("the answer", r.s.Answer(), "")
}

func TestPlayPressedThreeTimesStepsAtOnePace(t *testing.T) {
	r := open(t, "").send(PlayPressed{}, PlayPressed{}, PlayPressed{})
	r.expect("the answer", r.s.Answer(), "AB")
	r.send(r.timers[0].Msg).expect("the answer after the first timer, which is stale", r.s.Answer(), "AB")
	r.send(r.timers[1].Msg).expect("the answer after the second", r.s.Answer(), "ABB")
}

func TestEditingThePromptRemovesWhatWasGenerated(t *testing.T) {
	r := open(t, "").send(StepPressed{}, StepPressed{}, PromptChanged{"AABBCC"})
	r.expect("generated", len(r.s.Generated), 0).expect("tokens", len(r.s.Tokens), 6)
	r.send(StepPressed{}, ResetPressed{}).expect("generated", len(r.s.Generated), 0).expect("the text", r.s.Text, "AABBCC")
}

func TestAnUnknownCharacterIsNamedAndNothingIsLost(t *testing.T) {
	r := open(t, "")
	r.send(PromptChanged{"CBAxBC"})
	r.expect("the text", r.s.Text, "CBAxBC").expect("tokens", len(r.s.Tokens), 6).expect("Next is there", r.s.Next != nil, false)
	if !strings.Contains(r.s.TextError, `"x" (character 4)`) {
		t.Fatalf("the error is %q", r.s.TextError)
	}
	r.send(StepPressed{}).expect("the notice", r.s.Notice, r.s.TextError)
	r.send(PromptChanged{"CBABBC"}).expect("the error", r.s.TextError, "").expect("the next letter", r.s.Next.Text, "A")
}

func TestTooManyLettersAreKeptAndSaidSo(t *testing.T) {
	r := open(t, "").send(PromptChanged{"CBABBCAA"})
	r.expect("the guide", r.s.Guide, "This model sorts six letters; remove 2 to go on.")
	r.expect("the text", r.s.Text, "CBABBCAA").expect("muted", r.s.Muted, true).expect("tokens", len(r.s.Tokens), 8)
	r.send(StepPressed{}).expect("generated", len(r.s.Generated), 0).expect("the notice", r.s.Notice, r.s.Guide)
	r.send(PromptChanged{"CBABBCAACBAC"}).expect("tokens", len(r.s.Tokens), 8)
	r.expect("the error", r.s.TextError, "This model sorts six letters; remove 6 to go on.")
}

func TestQuickTypingSendsTheNewestTextOnly(t *testing.T) {
	r := open(t, "")
	r.slow, r.done = true, nil
	r.text("ABCABC").expect("requests", count[Send](r), 1)
	r.deliver().expect("requests", count[Send](r), 2)
	run := lastOf[Send](r).Request.Run
	r.expect("the text of the second", run.Text, "ABCABC").expect("tokens", len(r.s.Tokens), 6)
	if run.Since == 0 {
		t.Error("the second run does not say which rows the page has")
	}
}

func TestAnErrorOfAnOlderTextIsNotShown(t *testing.T) {
	r := open(t, "")
	r.slow = true
	r.send(PromptChanged{"ABx"}, PromptChanged{"AB"}).deliver()
	r.expect("the error", r.s.TextError, "").expect("tokens", len(r.s.Tokens), 2)
}

func TestStaleRepliesAreDropped(t *testing.T) {
	r := open(t, "")
	before := r.s
	r.send(Replied{engine.Reply{ID: 2, Ran: &engine.Ran{}}}, Replied{engine.Reply{ID: 99, Error: "No."}}, Replied{})
	if !reflect.DeepEqual(r.s, before) {
		t.Error("a reply that nobody waits for changed the state")
	}
}

func TestStepWaitsForTheNumbersOfTheText(t *testing.T) {
	r := open(t, "").send(PromptChanged{"AAAAA"})
	r.slow = true
	r.send(PromptChanged{"AAAAAB"}, StepPressed{}).deliver()
	r.expect("the answer", r.s.Answer(), "A").expect("tokens", len(r.s.Tokens), 7)
}

func TestUndoWalksBackOverTypingAsOneEdit(t *testing.T) {
	r := open(t, "").send(PromptChanged{""}).text("AABBCC").send(StepPressed{}, SamplingChanged{run.Sampling{Temperature: 2, TopP: 1}})
	r.send(UndoPressed{}).expect("temperature", r.s.Sampling.Temperature, float32(0))
	r.send(UndoPressed{}).expect("generated", len(r.s.Generated), 0)
	r.send(UndoPressed{}).expect("the text", r.s.Text, "")
	r.send(UndoPressed{}).expect("the text", r.s.Text, "CBABBC").expect("more to undo", r.s.CanUndo, false)
	r.send(RedoPressed{}, RedoPressed{}, RedoPressed{}, RedoPressed{})
	r.expect("temperature", r.s.Sampling.Temperature, float32(2)).expect("the answer", r.s.Answer(), "A")
	r.expect("more to redo", r.s.CanRedo, false).expect("tokens", len(r.s.Tokens), 7)
	r.send(UndoPressed{}, PromptChanged{"A"}).expect("more to redo after an edit", r.s.CanRedo, false)
}

func TestUndoBringsTheLastAnswerBack(t *testing.T) {
	r := open(t, "").send(PlayPressed{}).wait().send(ResetPressed{}, UndoPressed{})
	r.expect("the guide", r.s.Guide, "Sorted: ABBBCC.")
}

func TestThePageHasTheNumbersOfTheModel(t *testing.T) {
	r := open(t, "").text("CBA").send(PromptChanged{"CBABBC"}, StepPressed{})
	for _, name := range []string{"h.0.ln_1", "logits", "h.2.attn.head.0.attention", "wte.weight"} {
		got, _ := r.s.Values(name)
		want := r.e.Handle(engine.Request{Tensor: &engine.Tensor{Name: name, To: got.Rows}}).Values
		if want == nil || len(want.Data) != len(got.Data) {
			t.Fatalf("%s has %d numbers on the page", name, len(got.Data))
		}
		for i, x := range want.Data {
			if math.Float32bits(x) != math.Float32bits(got.Data[i]) {
				t.Fatalf("number %d of %s is %v on the page, %v in the model", i, name, got.Data[i], x)
			}
		}
		if stat, _ := r.s.Stat(name); stat.Min != want.Min || stat.Max != want.Max || math.Abs(float64(stat.Mean-want.Mean)) > 1e-6 {
			t.Errorf("%s: the page says %v; expected %v, %v, %v", name, stat, want.Min, want.Max, want.Mean)
		}
	}
}

func TestUpdateLeavesTheOldStateAsItWas(t *testing.T) {
	r := open(t, "").send(StepPressed{}, StepPressed{})
	before := r.s
	r.send(StepPressed{}, UndoPressed{}, UndoPressed{}, PromptChanged{"A"}, PlayPressed{})
	again := open(t, "").send(StepPressed{}, StepPressed{}).s
	before.Millis, again.Millis = 0, 0
	if !reflect.DeepEqual(strip(before), strip(again)) {
		t.Error("what happened later changed a state that was kept")
	}
}

// strip removes NaN, which equals nothing.
func strip(s State) State {
	s.Run = s.WithFresh(0, 0, true)
	return s
}

func TestHoveringExplainsTheCellOfThatMoment(t *testing.T) {
	r := open(t, "")
	r.slow, r.done = true, nil
	for col := range 5 {
		r.send(CellHovered{&run.Cell{Name: "logits", Row: 5, Col: col % 3}})
	}
	r.expect("questions", count[Send](r), 1).deliver()
	r.expect("questions", count[Send](r), 2).expect("the column", r.s.Explained.Col, 1)
	r.send(CellHovered{}).expect("an explanation is left", r.s.Explained != nil, false)
	r.send(CellChosen{&run.Cell{Name: "logits", Row: 5, Col: 2}}).deliver().expect("the column", r.s.Explained.Col, 2)
	r.expect("the panel", r.s.Panel, "logits").expect("the stage", r.s.Stage, run.StageOutput)
}

func TestAPinnedCellFollowsTheTextOrIsReleased(t *testing.T) {
	r := open(t, "").send(CellChosen{&run.Cell{Name: "ln_f", Row: 5, Col: 7}})
	was := r.s.Explained.Value
	r.send(PromptChanged{"CBABBA"})
	if r.s.Explained == nil || r.s.Explained.Value == was {
		t.Error("the explanation is that of the text before")
	}
	r.send(PromptChanged{"CB"}).expect("a cell is pinned", r.s.Cell != nil, false).expect("an explanation is left", r.s.Explained != nil, false)
}

func TestADeadWorkerIsReplacedAndNothingIsLost(t *testing.T) {
	r := open(t, "").send(StepPressed{})
	r.send(WorkerDied{"out of memory"})
	r.expect("restarts", count[RestartWorker](r), 1).expect("the answer", r.s.Answer(), "A").expect("the phase", r.s.Phase, Ready)
	r.send(StepPressed{}).expect("the answer", r.s.Answer(), "AB")
	r.slow = true
	r.send(WorkerDied{"out of memory"}, WorkerDied{"out of memory"}, WorkerDied{"out of memory"})
	r.expect("the phase", r.s.Phase, Failed).expect("a button tries again", r.s.Problem.Retry, true)
	r.expect("busy", Busy(r.s), false)
	r.slow = false
	r.send(RetryPressed{}).expect("the phase", r.s.Phase, Ready).expect("the answer", r.s.Answer(), "AB")
}

func TestAModelThatCanNotBeFetchedSaysSo(t *testing.T) {
	r := &reader{t: t, s: New(choices()), e: engine.New(), broken: true}
	r.send(Navigated{""}).expect("the phase", r.s.Phase, Failed).expect("the detail", r.s.Problem.Detail, "The file is not there.")
	r.broken = false
	r.send(RetryPressed{}).expect("the phase", r.s.Phase, Ready).expect("a problem is left", r.s.Problem != nil, false)
}

func TestAnotherModelTakesThePlaceOfTheFirst(t *testing.T) {
	r := open(t, "").send(StepPressed{}, ModelChosen{"tiny"})
	r.expect("the phase", r.s.Phase, Ready).expect("the text", r.s.Text, "").expect("blocks", r.s.Config.Blocks, 2)
	r.expect("muted", r.s.Muted, false).expect("to be undone", r.s.CanUndo, false).expect("the guide", r.s.Guide, "")
	r.send(ModelChosen{"nothing"}).expect("the model", r.s.Model, "tiny")
}

func TestTheTokenizeStageTriesAnyText(t *testing.T) {
	r := open(t, "").send(StageChosen{run.StageTokenize})
	r.expect("the probe", r.s.Probe, "CBABBC").expect("its tokens", len(r.s.Tokenized.Tokens), 6)
	r.send(TokenizerChosen{"gpt2"}).expect("tables", count[LoadTable](r), 1).expect("the probe", r.s.Probe, "How to predict")
	r.expect("tokens", len(r.s.Tokenized.Tokens), 3).send(MergesToggled{2}).expect("merges of", r.s.Merging, 2)
	r.send(ProbeChanged{"a b"}).expect("tokens", len(r.s.Tokenized.Tokens), 2).expect("merges of", r.s.Merging, -1)
	r.send(TokenizerChosen{"letters"})
	if !strings.Contains(r.s.ProbeError, `"a"`) {
		t.Errorf("the error is %q", r.s.ProbeError)
	}
	r.send(TokenizerChosen{"gpt2"}).expect("tables", count[LoadTable](r), 1).expect("tokens", len(r.s.Tokenized.Tokens), 2)
}

func TestThePageIsBusyWhileAnAnswerIsUnderWay(t *testing.T) {
	r := &reader{t: t, s: New(choices()), e: engine.New(), slow: true}
	r.expect("busy at the start", Busy(r.s), true)
	r.send(Navigated{""}).expect("busy while it loads", Busy(r.s), true).deliver().expect("busy after it", Busy(r.s), false)
	for _, m := range []Msg{PromptChanged{"AB"}, CellHovered{&run.Cell{Name: "ln_f", Row: 0, Col: 0}}, TokenizerChosen{"gpt2"}, WorkerDied{"gone"}} {
		r.send(m)
		if !Busy(r.s) {
			t.Errorf("after %T the page is not busy", m)
		}
		r.deliver().expect("busy when all is answered", Busy(r.s), false)
	}
}

func TestProblemsOfThePageKeepTheText(t *testing.T) {
	r := open(t, "").send(Crashed{"index out of range"})
	for _, said := range []string{"index out of range", "Your text is still here"} {
		if !strings.Contains(r.s.Problem.Detail, said) {
			t.Errorf("%q is missing in %q", said, r.s.Problem.Detail)
		}
	}
	r.send(ProblemDismissed{}).expect("a problem is left", r.s.Problem != nil, false).expect("the text", r.s.Text, "CBABBC")
}

func TestLettersAreTakenInEitherCase(t *testing.T) {
	for typed, want := range map[string]string{"cbA": "CBA", "xA": "xA", "ß": "ß"} {
		if got := spelled(typed, "ABC"); got != want {
			t.Errorf("%q is spelled %q; expected %q", typed, got, want)
		}
	}
	if got := spelled("How", ""); got != "How" {
		t.Errorf("without an alphabet, How is spelled %q", got)
	}
}
