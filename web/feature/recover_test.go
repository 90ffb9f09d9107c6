package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

func TestAnEngineThatDoesNotAnswerIsReplacedWhenTheReaderWishes(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(PromptChanged{"CAB"}, Waited{}, Waited{})
	r.Expect("a problem after one look", r.S.Problem != nil, false)
	r.Send(Waited{})
	if r.S.Problem == nil || !r.S.Problem.Retry {
		t.Fatal("nothing is said about an engine that hangs")
	}
	r.Expect("the tokens", len(r.S.Tokens), 6).Expect("the text", r.S.Text, "CAB")
	r.Mail, r.Slow = nil, false
	r.Send(RetryPressed{})
	r.Expect("restarts", apptest.Count[RestartWorker](r), 1).Expect("problems", r.S.Problem == nil, true)
	r.Expect("the tokens of the run that was repeated", len(r.S.Tokens), 3)
}

func TestAnEngineThatAnswersInTheEndClosesTheQuestion(t *testing.T) {
	r := apptest.Open(t, "")
	r.Slow = true
	r.Send(PromptChanged{"CAB"}, Waited{}, Waited{}, Waited{}, Waited{})
	r.Expect("a problem", r.S.Problem != nil, true)
	r.Slow = false
	r.Deliver()
	r.Expect("a problem", r.S.Problem != nil, false).Expect("the tokens", len(r.S.Tokens), 3)
}

// TestNobodyWaitsForAnEngineThatDoesNotAnswer: whatever the page has asked, and while a new engine is on its way.
func TestNobodyWaitsForAnEngineThatDoesNotAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		looks int // that find it
		ask   func(r *apptest.Reader)
	}{
		"a run":          {3, func(r *apptest.Reader) { r.Send(PromptChanged{"CAB"}) }},
		"an explanation": {3, func(r *apptest.Reader) { r.Send(CellHovered{Cell: &run.Cell{Name: "ln_f"}}) }},
		"a model":        {7, func(r *apptest.Reader) { r.Send(ModelChosen{"tiny"}) }},
		"a new engine":   {7, func(r *apptest.Reader) { r.Send(WorkerDied{"ended"}) }},
	} {
		r := apptest.Open(t, "#model=sort")
		r.Slow = true
		c.ask(r)
		for range c.looks - 1 {
			r.Expect(name+": busy", Busy(r.S), true).Expect(name+": why it is stuck", r.S.Stuck(), "")
			r.Send(Waited{})
		}
		r.Send(Waited{}).Expect(name+": busy for ever", Busy(r.S), false)
		if why := r.S.Stuck(); !strings.Contains(why, "does not answer") {
			t.Errorf("%s: nothing says why it is stuck: %q", name, why)
		}
		r.Send(ProblemDismissed{}).Expect(name+": stuck behind a closed message", r.S.Stuck() != "", true)
		r.Mail = nil
		r.Send(RetryPressed{}).Expect(name+": why it is stuck after Try again", r.S.Stuck(), "")
	}
}

func TestAnEngineThatIsBackIsWaitedForAgain(t *testing.T) {
	r := apptest.Open(t, "#model=sort")
	r.Slow = true
	r.Send(PromptChanged{"CAB"}, Waited{}, Waited{}, Waited{}).Expect("stuck", r.S.Stuck() != "", true)
	r.Slow = false
	r.Deliver()
	r.Expect("why it is stuck", r.S.Stuck(), "")
	r.Slow = true
	r.Send(PromptChanged{"CABC"}).Expect("busy with the next run", Busy(r.S), true)
}

// fatal answers what the page asks for until nothing is under way, with an engine that dies of the requests that kills tells.
// It returns how many engines there were.
func fatal(r *apptest.Reader, kills func(engine.Request) bool) (engines int) {
	r.T.Helper()
	r.Slow = true
	for engines = 1; len(r.Mail) > 0; {
		if c, ok := r.Mail[0].(Send); ok && kills(c.Request) {
			r.Mail = nil
			r.Send(WorkerDied{"fatal error: out of memory"})
			if len(r.Mail) > 0 { // RestartWorker
				engines++
			}
		} else {
			r.DeliverOne()
		}
		if engines > 50 {
			r.T.Fatal("the engine is replaced again and again")
		}
	}
	r.Slow = false
	return engines
}

func TestAnEngineThatDiesOfWhatFollowsARunIsNotReplacedForEver(t *testing.T) {
	for what, kills := range map[string]func(engine.Request) bool{
		"values":      func(q engine.Request) bool { return q.Read != nil },
		"a table":     func(q engine.Request) bool { return q.Tensor != nil },
		"the run":     func(q engine.Request) bool { return q.Run != nil },
		"an answer":   func(q engine.Request) bool { return q.Explain != nil },
		"the ranking": func(q engine.Request) bool { return q.Rank != nil },
	} {
		t.Run(what, func(t *testing.T) {
			r := apptest.OpenLanguage(t, "#text=Anna%20has&panel=logits&cell=1.5&rank=1")
			r.Slow = true
			r.Send(PromptChanged{"Anna has a"})
			engines := fatal(r, kills)
			r.Expect("engines", engines, Patience+1).Expect("the phase", r.S.Phase, Failed).Expect("busy", Busy(r.S), false)
			if p := r.S.Problem; p == nil || !p.Retry || p.Title != "The model ran out of memory" {
				t.Errorf("the problem is %+v", p)
			}
			r.Expect("the text", r.S.Text, "Anna has a")
			r.Send(RetryPressed{}).Expect("the phase after another try", r.S.Phase, Ready).Expect("problems", r.S.Problem == nil, true)
			r.Expect("the tokens", len(r.S.Tokens), 3)
		})
	}
}

func TestAnEngineIsForgivenOnceItHasDoneWhatTheReaderWished(t *testing.T) {
	r := apptest.Open(t, "")
	for range 3 * Patience {
		r.Send(WorkerDied{"ended by a test"}, StepPressed{})
	}
	r.Expect("the phase", r.S.Phase, Ready).Expect("problems", r.S.Problem == nil, true)
	for range Patience + 1 { // alone, it dies again and again
		r.Send(WorkerDied{"ended by a test"})
	}
	r.Expect("the phase", r.S.Phase, Failed)
}

func TestOnlyWhatIsUnderWayIsWatched(t *testing.T) {
	r := apptest.Open(t, "")
	watches := apptest.Count[Watch](r)
	r.Text("CBA").Expect("watches while one is coming", apptest.Count[Watch](r), watches)
	r.Send(Waited{}).Expect("watches while nothing is under way", apptest.Count[Watch](r), watches)
	r.Send(PromptChanged{"AAA"}).Expect("watches after a new run", apptest.Count[Watch](r), watches+1)
}

func TestWhatBrokeIsSaidInPlainWords(t *testing.T) {
	for reason, title := range map[string]string{
		"RangeError: WebAssembly.Memory.grow(): out of memory": "The model ran out of memory",
		"JavaScript error: Array buffer allocation failed":     "The model ran out of memory",
		"the engine ended": "The model stopped working",
	} {
		r := apptest.Open(t, "")
		r.Slow = true
		for range Patience + 1 {
			r.Send(WorkerDied{reason})
		}
		if p := r.S.Problem; p == nil || p.Title != title || !p.Retry || !strings.Contains(p.Detail, "Your text is still here") {
			t.Errorf("%s: the problem is %+v", reason, p)
		}
		r.Expect("the tokens that stay", len(r.S.Tokens), 6)
	}
	s := app.New(apptest.Choices())
	for range Patience + 1 {
		s, _ = Update(s, WorkerDied{"the worker could not start"})
	}
	if s.Problem == nil || s.Problem.Title != "The model can't start here" {
		t.Errorf("without any worker the problem is %+v", s.Problem)
	}
}

func TestTheReaderIsToldThatTheSceneIsFlat(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(SceneFlat{Reason: "No GPU.", Retry: true}).Expect("the reason", r.S.Flat.Reason, "No GPU.")
	r.Expect("a problem", r.S.Problem != nil, false)
	r.Send(SceneRetried{}).Expect("attempts", apptest.Count[OpenScene](r), 1)
	r.Send(FlatDismissed{}).Expect("closed", r.S.Flat.Closed, true)
	r.Send(SceneSolid{}).Expect("flat", r.S.Flat != nil, false)
	if r.S.Notice == "" {
		t.Error("nothing says that 3D is back")
	}
}
