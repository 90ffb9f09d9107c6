package app

import (
	"strings"
	"testing"
)

func TestAnEngineThatDoesNotAnswerIsReplacedWhenTheReaderWishes(t *testing.T) {
	r := open(t, "")
	r.slow = true
	r.send(PromptChanged{"CAB"}, Waited{}, Waited{})
	r.expect("a problem after one look", r.s.Problem != nil, false)
	r.send(Waited{})
	if r.s.Problem == nil || !r.s.Problem.Retry {
		t.Fatal("nothing is said about an engine that hangs")
	}
	r.expect("the tokens", len(r.s.Tokens), 6).expect("the text", r.s.Text, "CAB")
	r.mail, r.slow = nil, false
	r.send(RetryPressed{})
	r.expect("restarts", count[RestartWorker](r), 1).expect("problems", r.s.Problem == nil, true)
	r.expect("the tokens of the run that was repeated", len(r.s.Tokens), 3)
}

func TestAnEngineThatAnswersInTheEndClosesTheQuestion(t *testing.T) {
	r := open(t, "")
	r.slow = true
	r.send(PromptChanged{"CAB"}, Waited{}, Waited{}, Waited{}, Waited{})
	r.expect("a problem", r.s.Problem != nil, true)
	r.slow = false
	r.deliver()
	r.expect("a problem", r.s.Problem != nil, false).expect("the tokens", len(r.s.Tokens), 3)
}

func TestOnlyWhatIsUnderWayIsWatched(t *testing.T) {
	r := open(t, "")
	watches := count[Watch](r)
	r.text("CBA").expect("watches while one is coming", count[Watch](r), watches)
	r.send(Waited{}).expect("watches while nothing is under way", count[Watch](r), watches)
	r.send(PromptChanged{"AAA"}).expect("watches after a new run", count[Watch](r), watches+1)
}

func TestWhatBrokeIsSaidInPlainWords(t *testing.T) {
	for reason, title := range map[string]string{
		"RangeError: WebAssembly.Memory.grow(): out of memory": "The model ran out of memory",
		"the engine ended": "The model stopped working",
	} {
		r := open(t, "")
		r.slow = true
		for range patience + 1 {
			r.send(WorkerDied{reason})
		}
		if p := r.s.Problem; p == nil || p.Title != title || !p.Retry || !strings.Contains(p.Detail, "Your text is still here") {
			t.Errorf("%s: the problem is %+v", reason, p)
		}
		r.expect("the tokens that stay", len(r.s.Tokens), 6)
	}
	s := New(choices())
	for range patience + 1 {
		s, _ = Update(s, WorkerDied{"the worker could not start"})
	}
	if s.Problem == nil || s.Problem.Title != "The model can't start here" {
		t.Errorf("without any worker the problem is %+v", s.Problem)
	}
}

func TestTheReaderIsToldThatTheSceneIsFlat(t *testing.T) {
	r := open(t, "")
	r.send(SceneFlat{Reason: "No GPU.", Retry: true}).expect("the reason", r.s.Flat.Reason, "No GPU.")
	r.expect("a problem", r.s.Problem != nil, false)
	r.send(SceneRetried{}).expect("attempts", count[OpenScene](r), 1)
	r.send(FlatDismissed{}).expect("closed", r.s.Flat.Closed, true)
	r.send(SceneSolid{}).expect("flat", r.s.Flat != nil, false)
	if r.s.Notice == "" {
		t.Error("nothing says that 3D is back")
	}
}
