package feature_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/tokenize"
	"glassbox/web/run"
)

func TestTheStructureStandsBeforeTheWeightsAreThere(t *testing.T) {
	s := app.New(apptest.Choices())
	if i, ok := s.Info("h.2.attn.head.1.scores"); !ok || i.Rows != 6 || i.Cols != 6 {
		t.Errorf("the outline says %+v of the scores", i)
	}
	if s.Phase != Starting || len(s.Facts) != 4 {
		t.Errorf("the page begins in phase %d with %d facts", s.Phase, len(s.Facts))
	}
}

func TestAReaderTypesSixLettersAndStepsToTheAnswer(t *testing.T) {
	r := apptest.Open(t, "").Send(PromptChanged{""})
	guides := []string{
		"Type 6 more letters.", "Type 5 more letters.", "Type 4 more letters.",
		"Type 3 more letters.", "Type 2 more letters.", "Type 1 more letter.",
		"Step writes the sorted letters: 6 to go.",
	}
	for n, guide := range guides {
		r.Send(PromptChanged{"CBABBC"[:n]})
		r.Expect("the guide", r.S.Guide, guide).Expect("muted", r.S.Muted, n < 6)
		r.Expect("tokens", len(r.S.Tokens), n).Expect("Next is there", r.S.Next != nil, n == 6)
	}
	for n, letter := range "ABBBCC" {
		r.Expect("the next letter", r.S.Next.Text, string(letter))
		r.Send(StepPressed{})
		r.Expect("the answer", r.S.Written(), "ABBBCC"[:n+1])
	}
	r.Expect("the guide", r.S.Guide, "Sorted: ABBBCC.").Expect("tokens", len(r.S.Tokens), 11)
	r.Expect("the sixth answer", r.S.Last.Text, "C").Expect("Next is there", r.S.Next != nil, false)
	r.Send(StepPressed{}).Expect("the answer", r.S.Written(), "ABBBCC").Expect("the notice", r.S.Notice, "Sorted: ABBBCC.")
}

func TestPlayStepsByItselfAndStops(t *testing.T) {
	r := apptest.Open(t, "").Send(PlayPressed{})
	r.Expect("playing", r.S.Playing, true).Expect("the pause", r.Timers[0].Millis, 640)
	r.Expect("the answer", r.S.Written(), "A").Wait()
	r.Expect("the answer", r.S.Written(), "ABBBCC").Expect("playing", r.S.Playing, false)
	r.Send(PlayPressed{}).Expect("playing again", r.S.Playing, true).Expect("the answer", r.S.Written(), "")
	r.Wait().Expect("the answer", r.S.Written(), "ABBBCC")
}

func TestPlayDoesNotWaitForALargeModel(t *testing.T) {
	r := apptest.Open(t, "")
	r.S.Config.Blocks, r.S.Config.Width = 12, 768 // as GPT-2
	r.Send(PlayPressed{}).Expect("the pause", r.Timers[0].Millis, 12)
}

func TestPlayStopsOnAnEdit(t *testing.T) {
	r := apptest.Open(t, "").Send(PlayPressed{}, PromptChanged{"CBABBA"})
	r.Expect("playing", r.S.Playing, false).Wait().Expect("the answer", r.S.Written(), "")
}

func TestPlayPressedThreeTimesStepsAtOnePace(t *testing.T) {
	r := apptest.Open(t, "").Send(PlayPressed{}, PlayPressed{}, PlayPressed{})
	r.Expect("the answer", r.S.Written(), "AB")
	var ticks []Msg
	for _, timer := range r.Timers {
		if tick, ok := timer.Msg.(PlayTicked); ok {
			ticks = append(ticks, tick)
		}
	}
	r.Send(ticks[0]).Expect("the answer after the first timer, which is stale", r.S.Written(), "AB")
	r.Send(ticks[1]).Expect("the answer after the second", r.S.Written(), "ABB")
}

func TestEditingThePromptRemovesWhatWasGenerated(t *testing.T) {
	r := apptest.Open(t, "").Send(StepPressed{}, StepPressed{}, PromptChanged{"AABBCC"})
	r.Expect("generated", len(r.S.Generated), 0).Expect("tokens", len(r.S.Tokens), 6)
	r.Send(StepPressed{}, ResetPressed{}).Expect("generated", len(r.S.Generated), 0).Expect("the text", r.S.Text, "AABBCC")
}

func TestAnUnknownCharacterIsNamedAndNothingIsLost(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(PromptChanged{"CBAxBC"})
	r.Expect("the text", r.S.Text, "CBAxBC").Expect("tokens", len(r.S.Tokens), 6).Expect("Next is there", r.S.Next != nil, false)
	if !strings.Contains(r.S.TextError, `"x" (character 4)`) {
		t.Fatalf("the error is %q", r.S.TextError)
	}
	r.Send(StepPressed{}).Expect("the notice", r.S.Notice, r.S.TextError)
	r.Send(PromptChanged{"CBABBC"}).Expect("the error", r.S.TextError, "").Expect("the next letter", r.S.Next.Text, "A")
}

func TestTooManyLettersAreKeptAndSaidSo(t *testing.T) {
	r := apptest.Open(t, "").Send(PromptChanged{"CBABBCAA"})
	r.Expect("the guide", r.S.Guide, "This model sorts six letters; remove 2 to go on.")
	r.Expect("the text", r.S.Text, "CBABBCAA").Expect("muted", r.S.Muted, true).Expect("tokens", len(r.S.Tokens), 8)
	r.Send(StepPressed{}).Expect("generated", len(r.S.Generated), 0).Expect("the notice", r.S.Notice, r.S.Guide)
	r.Send(PromptChanged{"CBABBCAACBAC"}).Expect("tokens", len(r.S.Tokens), 8)
	r.Expect("the error", r.S.TextError, "This model sorts six letters; remove 6 to go on.")
}

func TestQuickTypingSendsTheNewestTextOnly(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow, r.Commands = true, nil
	r.Text("ABCABC").Expect("requests", apptest.Count[Send](r), 1)
	r.Deliver().Expect("requests", apptest.Count[Send](r), 2)
	run := apptest.LastOf[Send](r).Request.Run
	r.Expect("the text of the second", run.Text, "ABCABC").Expect("tokens", len(r.S.Tokens), 6)
	if run.Since == 0 {
		t.Error("the second run does not say which rows the page has")
	}
}

func TestAnErrorOfAnOlderTextIsNotShown(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(PromptChanged{"ABx"}, PromptChanged{"AB"}).Deliver()
	r.Expect("the error", r.S.TextError, "").Expect("tokens", len(r.S.Tokens), 2)
}

func TestStaleRepliesAreDropped(t *testing.T) {
	r := apptest.Open(t, "")
	before := r.S
	r.Send(Replied{engine.Reply{ID: 2, Ran: &engine.Ran{}}}, Replied{engine.Reply{ID: 99, Error: "No."}}, Replied{})
	if !reflect.DeepEqual(r.S, before) {
		t.Error("a reply that nobody waits for changed the state")
	}
}

func TestStepWaitsForTheNumbersOfTheText(t *testing.T) {
	r := apptest.Open(t, "").Send(PromptChanged{"AAAAA"})
	r.Slow = true
	r.Send(PromptChanged{"AAAAAB"}, StepPressed{}).Deliver()
	r.Expect("the answer", r.S.Written(), "A").Expect("tokens", len(r.S.Tokens), 7)
}

func TestUndoWalksBackOverTypingAsOneEdit(t *testing.T) {
	r := apptest.Open(t, "").Send(PromptChanged{""}).Text("AABBCC").Send(StepPressed{}, SamplingChanged{run.Sampling{Temperature: 2, TopP: 1}})
	r.Send(UndoPressed{}).Expect("temperature", r.S.Sampling.Temperature, float32(0))
	r.Send(UndoPressed{}).Expect("generated", len(r.S.Generated), 0)
	r.Send(UndoPressed{}).Expect("the text", r.S.Text, "")
	r.Send(UndoPressed{}).Expect("the text", r.S.Text, "CBABBC").Expect("more to undo", r.S.CanUndo, false)
	r.Send(RedoPressed{}, RedoPressed{}, RedoPressed{}, RedoPressed{})
	r.Expect("temperature", r.S.Sampling.Temperature, float32(2)).Expect("the answer", r.S.Written(), "A")
	r.Expect("more to redo", r.S.CanRedo, false).Expect("tokens", len(r.S.Tokens), 7)
	r.Send(UndoPressed{}, PromptChanged{"A"}).Expect("more to redo after an edit", r.S.CanRedo, false)
}

func TestUndoBringsTheLastAnswerBack(t *testing.T) {
	r := apptest.Open(t, "").Send(PlayPressed{}).Wait().Send(ResetPressed{}, UndoPressed{})
	r.Expect("the guide", r.S.Guide, "Sorted: ABBBCC.")
}

func TestThePageHasTheNumbersOfTheModel(t *testing.T) {
	r := apptest.Open(t, "").Text("CBA").Send(PromptChanged{"CBABBC"}, StepPressed{})
	for _, name := range []string{"h.0.ln_1", "logits", "h.2.attn.head.0.attention", "wte.weight"} {
		got, _ := r.S.Values(name)
		want := r.E.Handle(engine.Request{Tensor: &engine.Tensor{Name: name, To: got.Rows}}).Values
		if want == nil || len(want.Data) != len(got.Data) {
			t.Fatalf("%s has %d numbers on the page", name, len(got.Data))
		}
		for i, x := range want.Data {
			if math.Float32bits(x) != math.Float32bits(got.Data[i]) {
				t.Fatalf("number %d of %s is %v on the page, %v in the model", i, name, got.Data[i], x)
			}
		}
		if stat, _ := r.S.Stat(name); stat.Min != want.Min || stat.Max != want.Max || math.Abs(float64(stat.Mean-want.Mean)) > 1e-6 {
			t.Errorf("%s: the page says %v; expected %v, %v, %v", name, stat, want.Min, want.Max, want.Mean)
		}
	}
}

func TestUpdateLeavesTheOldStateAsItWas(t *testing.T) {
	r := apptest.Open(t, "").Send(StepPressed{}, StepPressed{})
	before := r.S
	r.Send(StepPressed{}, UndoPressed{}, UndoPressed{}, PromptChanged{"A"}, PlayPressed{})
	again := apptest.Open(t, "").Send(StepPressed{}, StepPressed{}).S
	before.Millis, again.Millis, before.Holds.Program, again.Holds.Program = 0, 0, 0, 0
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
	r := apptest.Open(t, "")
	r.Slow, r.Commands = true, nil
	for col := range 5 {
		r.Send(CellHovered{&run.Cell{Name: "logits", Row: 5, Col: col % 3}})
	}
	r.Expect("questions", apptest.Count[Send](r), 1).Deliver()
	r.Expect("questions", apptest.Count[Send](r), 2).Expect("the column", r.S.Explained.Col, 1)
	r.Send(CellHovered{}).Expect("an explanation is left", r.S.Explained != nil, false)
	r.Send(CellChosen{&run.Cell{Name: "logits", Row: 5, Col: 2}}).Deliver().Expect("the column", r.S.Explained.Col, 2)
	r.Expect("the panel", r.S.Panel, "logits").Expect("the stage", r.S.Stage, run.StageOutput)
}

func TestAPinnedCellFollowsTheTextOrIsReleased(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "ln_f", Row: 5, Col: 7}})
	was := r.S.Explained.Value
	r.Send(PromptChanged{"CBABBA"})
	if r.S.Explained == nil || r.S.Explained.Value == was {
		t.Error("the explanation is that of the text before")
	}
	r.Send(PromptChanged{"CB"}).Expect("a cell is pinned", r.S.Cell != nil, false).Expect("an explanation is left", r.S.Explained != nil, false)
}

func TestADeadWorkerIsReplacedAndNothingIsLost(t *testing.T) {
	r := apptest.Open(t, "").Send(StepPressed{})
	r.Send(WorkerDied{"out of memory"})
	r.Expect("restarts", apptest.Count[RestartWorker](r), 1).Expect("the answer", r.S.Written(), "A").Expect("the phase", r.S.Phase, Ready)
	r.Send(StepPressed{}).Expect("the answer", r.S.Written(), "AB")
	r.Slow = true
	r.Send(WorkerDied{"out of memory"}, WorkerDied{"out of memory"}, WorkerDied{"out of memory"})
	r.Expect("the phase", r.S.Phase, Failed).Expect("a button tries again", r.S.Problem.Retry, true)
	r.Expect("busy", Busy(r.S), false)
	r.Slow = false
	r.Send(RetryPressed{}).Expect("the phase", r.S.Phase, Ready).Expect("the answer", r.S.Written(), "AB")
}

func TestAModelThatCanNotBeFetchedSaysSo(t *testing.T) {
	r := &apptest.Reader{T: t, S: app.New(apptest.Choices()), E: engine.New(), Broken: true}
	r.Send(Navigated{""}).Expect("the phase", r.S.Phase, Failed).Expect("the detail", r.S.Problem.Detail, "The file is not there.")
	r.Broken = false
	r.Send(RetryPressed{}).Expect("the phase", r.S.Phase, Ready).Expect("a problem is left", r.S.Problem != nil, false)
}

func TestAnotherModelTakesThePlaceOfTheFirst(t *testing.T) {
	r := apptest.Open(t, "").Send(StepPressed{}, ModelChosen{"tiny"})
	r.Expect("the phase", r.S.Phase, Ready).Expect("the text", r.S.Text, "").Expect("blocks", r.S.Config.Blocks, 2)
	r.Expect("muted", r.S.Muted, false).Expect("to be undone", r.S.CanUndo, false).Expect("the guide", r.S.Guide, "")
	r.Send(ModelChosen{"nothing"}).Expect("the model", r.S.Model, "tiny")
}

func TestThePageIsBusyWhileAnAnswerIsUnderWay(t *testing.T) {
	r := &apptest.Reader{T: t, S: app.New(apptest.Choices()), E: engine.New(), Slow: true}
	r.Expect("busy at the start", Busy(r.S), true)
	r.Send(Navigated{"#stage=tokenize"}).Expect("busy while it loads", Busy(r.S), true).Deliver().Expect("busy after it", Busy(r.S), false)
	for _, m := range []Msg{PromptChanged{"AB"}, CellHovered{&run.Cell{Name: "ln_f", Row: 0, Col: 0}}, tokenize.Chosen{ID: "gpt2"}, WorkerDied{"gone"}} {
		r.Send(m)
		if !Busy(r.S) {
			t.Errorf("after %T the page is not busy", m)
		}
		r.Deliver().Expect("busy when all is answered", Busy(r.S), false)
	}
}

func TestProblemsOfThePageKeepTheText(t *testing.T) {
	r := apptest.Open(t, "").Send(Crashed{"index out of range"})
	for _, said := range []string{"index out of range", "Your text is still here"} {
		if !strings.Contains(r.S.Problem.Detail, said) {
			t.Errorf("%q is missing in %q", said, r.S.Problem.Detail)
		}
	}
	r.Send(ProblemDismissed{}).Expect("a problem is left", r.S.Problem != nil, false).Expect("the text", r.S.Text, "CBABBC")
}

func TestLettersAreTakenInEitherCase(t *testing.T) {
	for typed, want := range map[string]string{"cbA": "CBA", "xA": "xA", "ß": "ß"} {
		if got := Spelled(typed, "ABC"); got != want {
			t.Errorf("%q is Spelled %q; expected %q", typed, got, want)
		}
	}
	if got := Spelled("How", ""); got != "How" {
		t.Errorf("without an alphabet, How is Spelled %q", got)
	}
}

func TestUndoGoesBackSoFarAndNoFarther(t *testing.T) {
	const most = 200
	r := apptest.Open(t, "")
	for n := range most + 5 {
		r.Send(SamplingChanged{run.Sampling{TopP: 1, Seed: uint64(10 + n)}}, PromptChanged{strings.Repeat("A", 1+n%2)})
	}
	undone := 0
	for r.S.CanUndo {
		if r.Send(UndoPressed{}); undone > 2*most {
			break
		}
		undone++
	}
	if undone != most {
		t.Errorf("%d edits were undone; expected %d", undone, most)
	}
	for range most {
		r.Send(RedoPressed{})
	}
	r.Expect("the seed", r.S.Sampling.Seed, uint64(10+most+4)).Expect("more to redo", r.S.CanRedo, false)
}

// TestANoticeGoesByItself holds when: after four seconds, a long one later, and not while the pointer is on it.
func TestANoticeGoesByItself(t *testing.T) {
	last := func(r *apptest.Reader) After { return r.Timers[len(r.Timers)-1] }
	r := apptest.Open(t, "").Send(StepPressed{})
	first := last(r)
	r.Expect("the notice", r.S.Notice, "The model wrote A.").Expect("the time", first.Millis, 4000)
	r.Send(StepPressed{}, first.Msg).Expect("the notice that came after it", r.S.Notice, "The model wrote B.")
	r.Send(StepPressed{}).Expect("the same again", r.S.Notice, "The model wrote B.")
	r.Send(NoticeHeld{On: true}, last(r).Msg).Expect("under the pointer", r.S.Notice, "The model wrote B.")
	n := len(r.Timers)
	r.Send(NoticeHeld{}).Expect("timers", len(r.Timers), n+1).Send(last(r).Msg).Expect("after it", r.S.Notice, "")
	r.Send(NoticeHeld{}, NoticeHeld{On: true}).Expect("timers", len(r.Timers), n+1)

	r = apptest.Open(t, "#top-k=0")
	if said := len([]rune(r.S.Notice)); said <= 80 || last(r).Millis != 50*said {
		t.Errorf("%q goes after %d ms", r.S.Notice, last(r).Millis)
	}
}

func TestWhatIsPressedWhileTheModelLoadsIsDoneOnceItIsThere(t *testing.T) {
	for _, m := range []Msg{StepPressed{}, PlayPressed{}} {
		r := &apptest.Reader{T: t, S: app.New(apptest.Choices()), E: engine.New(), Slow: true}
		r.Send(Navigated{}, m).Expect("the notice", r.S.Notice, "").Expect("busy", Busy(r.S), true)
		r.Deliver().Expect("what is written", r.S.Written(), "A").Expect("playing", r.S.Playing, m == PlayPressed{})

		r = &apptest.Reader{T: t, S: app.New(apptest.Choices()), E: engine.New(), Slow: true, Broken: true}
		r.Send(Navigated{}, m).Deliver().Expect("busy, though there is no model", Busy(r.S), false).Expect("playing", r.S.Playing, false)
	}
}

// TestATextHasALength holds what no field could lay out: it is cut, said to be, and neither run nor written into the address.
func TestATextHasALength(t *testing.T) {
	long := strings.Repeat("ABC", 400000)
	for name, r := range map[string]*apptest.Reader{
		"typed":     apptest.Open(t, "").Send(PromptChanged{Text: long}),
		"chosen":    apptest.Open(t, "").Send(TextChosen{Text: long}),
		"a link":    apptest.Open(t, "#text="+long),
		"the trial": apptest.Open(t, "#stage=tokenize").Send(tokenize.Typed{Text: long}),
	} {
		if len(r.S.Text) > 8192 || len(tokenize.Of(&r.S).Probe) > 8192 || len(r.S.Hash()) > 9000 || !strings.Contains(r.S.Notice, "8,192 characters") {
			t.Errorf("%s: %d characters, an address of %d, and it says %q", name, len(r.S.Text), len(r.S.Hash()), r.S.Notice)
		}
	}
	s := app.New(apptest.Choices())
	s.Config.Context = 4096
	u := Change{State: s}
	if got := u.Fit(strings.Repeat("🙂", 1<<15)); len(got) != 1<<16 || u.MostText() != 1<<15 {
		t.Errorf("of a model with %d tokens %d bytes stay", s.Config.Context, len(got))
	}
	for char, fits := range map[string]int{"a": 1 << 15, "ü": 1 << 15, "\uffff": 1 << 15, "\U00010000": 1 << 14, "\U0010ffff": 1 << 14} {
		if got := u.Fit(strings.Repeat(char, 1<<15+1)); got != strings.Repeat(char, fits) {
			t.Errorf("of %+q %d fit; expected %d, as browsers count", char, len(got)/len(char), fits)
		}
	}
	if got := u.Fit("ABC"); got != "ABC" {
		t.Errorf("a short text is cut to %q", got)
	}
}
