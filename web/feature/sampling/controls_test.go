package sampling_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/sampling"
	"glassbox/web/run"
)

// TestSliders holds what positions mean: the right end of top k is all of them.
func TestSliders(t *testing.T) {
	for _, c := range []struct {
		id, value string
		change    func(*run.Sampling)
	}{
		{"temperature", "0.8", func(s *run.Sampling) { s.Temperature = 0.8 }},
		{"top-k", "2", func(s *run.Sampling) { s.TopK = 2 }},
		{"top-k", "3", func(s *run.Sampling) { s.TopK = 0 }},
		{"top-p", "0.9", func(s *run.Sampling) { s.TopP = 0.9 }},
		{"min-p", "0.1", func(s *run.Sampling) { s.MinP = 0.1 }},
	} {
		s := apptest.OpenPage(t)
		want := s.State.Sampling
		c.change(&want)
		s.On("input", "id", c.id, &apptest.Event{Value: c.value}).Last(feature.SamplingChanged{Sampling: want})
	}
	s := apptest.OpenPage(t)
	want := s.State.Sampling
	want.Seed = 99
	s.On("change", "id", "seed", &apptest.Event{Value: " 99 "}).Last(feature.SamplingChanged{Sampling: want})
	s.On("change", "id", "seed", &apptest.Event{Value: "many"}).Last(feature.SamplingChanged{Sampling: want})
}

// TestAPressOnWhatIsNoLongerThereDoesNothing: the text may change between the picture and the press.
func TestAPressOnWhatIsNoLongerThereDoesNothing(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PromptChanged{Text: ""})
	c := &sampling.Next{Screen: &s.Root.Screen}
	c.TraceDrawn()
	c.TraceAt(len(s.State.Candidates))
	if len(s.Sent) > 0 || s.State.Problem != nil {
		t.Errorf("it sends %v", s.Sent)
	}
}

// TestMinPIsInTheAddressAndCutsWhatIsUnlikely: a step of its own says so, which is not there without it.
func TestMinPIsInTheAddressAndCutsWhatIsUnlikely(t *testing.T) {
	r := apptest.Open(t, "#temperature=1&min-p=0.9")
	r.Expect("the link", r.S.Hash(), "#temperature=1&min-p=0.9")
	cut := 0
	for _, c := range r.S.Candidates {
		if c.Sampled == 0 {
			cut++
		}
	}
	_, there := r.S.Info("sample.min_p")
	r.Expect("tokens that are cut", cut, 2).Expect("the step is there", there, true)
	r.Send(feature.SamplingChanged{Sampling: run.Sampling{Temperature: 1, TopP: 1, Seed: 1}})
	_, there = r.S.Info("sample.min_p")
	r.Expect("the step is there without min-p", there, false).Expect("the link", r.S.Hash(), "#temperature=1")
}
