package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
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
