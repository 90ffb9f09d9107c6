package flow_test

import (
	"glassbox/model"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/flow"
)

// TestTheFlowBar holds what each of its controls sends, and what it says.
func TestTheFlowBar(t *testing.T) {
	s := apptest.OpenPage(t)
	if strings.Contains(s.HTML(), `id="flow"`) {
		t.Error("the bar is open before anybody asked")
	}
	s.Press("id", "watch").Last(flow.Toggled{})
	if html := s.HTML(); !strings.Contains(html, `aria-pressed="true"`) || !strings.Contains(html, "Token ids, token 0 (C), step 1 of 141") {
		t.Error("the bar does not say where it is")
	}
	s.Press("id", "flow-play").Last(flow.Played{})
	s.Press("id", "flow-on").Last(flow.Stepped{By: 1})
	s.Press("id", "flow-back").Last(flow.Stepped{By: -1})
	s.Press("id", "flow-pace").Last(flow.Paced{Pace: 2})
	s.Press("id", "flow-pace").Press("id", "flow-pace").Last(flow.Paced{Pace: 0.25})
	s.On("input", "id", "flow-at", &apptest.Event{Value: "120"}).Last(flow.Sought{At: 12})
	s.Press("id", "flow-write").Last(flow.Written{})
	if !flow.Of(&s.State).Writing || !strings.Contains(s.HTML(), "Add<") {
		t.Error("it does not run to the end")
	}
	s.Press("id", "flow-close").Last(flow.Toggled{})
	if focus, ok := s.Acts[len(s.Acts)-1].(feature.Focus); !ok || focus.ID != "watch" {
		t.Errorf("the focus goes to %v", s.Acts[len(s.Acts)-1])
	}
}

// TestWithoutMotionTheFlowBarHasNoPlay holds that what would run by itself is not offered.
func TestWithoutMotionTheFlowBarHasNoPlay(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.StillnessChanged{Still: true}, flow.Toggled{})
	if html := s.HTML(); strings.Contains(html, `id="flow-play"`) || strings.Contains(html, `id="flow-pace"`) || !strings.Contains(html, `id="flow-on"`) {
		t.Error("it offers to run")
	}
}

// TestTheBarCountsTheStepsOfTheStageBar: the last one is the last of them, and each step but the writing has its number.
func TestTheBarCountsTheStepsOfTheStageBar(t *testing.T) {
	r := watcher(t)
	steps := 0
	for _, s := range r.S.Steps {
		if s.Kind != model.KindWeight {
			steps++
		}
	}
	at, of := flow.Count(&r.S)
	if at != 1 || of != steps {
		t.Errorf("at its begin the flow is at %d of %d; the model has %d steps", at, of, steps)
	}
	before := at
	for range 400 {
		r.Send(flow.Stepped{By: 1})
		if at, of = flow.Count(&r.S); at < before || of != steps {
			t.Fatalf("after step %d comes %d of %d", before, at, of)
		}
		before = at
	}
	if at != steps {
		t.Errorf("at its end it is at %d of %d", at, steps)
	}
}
