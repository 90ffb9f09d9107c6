package view_test

import (
	"strings"
	"testing"

	"glassbox/web/feature"
	"glassbox/web/feature/flow"
)

// TestTheFlowBar holds what each of its controls sends, and what it says.
func TestTheFlowBar(t *testing.T) {
	s := opened(t)
	if strings.Contains(s.html(), `id="flow"`) {
		t.Error("the bar is open before anybody asked")
	}
	s.press("id", "watch").last(flow.Toggled{})
	if html := s.html(); !strings.Contains(html, `aria-pressed="true"`) || !strings.Contains(html, "Token ids, token 0 (C), step 1 of 88") {
		t.Error("the bar does not say where it is")
	}
	s.press("id", "flow-play").last(flow.Played{})
	s.press("id", "flow-on").last(flow.Stepped{By: 1})
	s.press("id", "flow-back").last(flow.Stepped{By: -1})
	s.press("id", "flow-pace").last(flow.Paced{Pace: 2})
	s.press("id", "flow-pace").press("id", "flow-pace").last(flow.Paced{Pace: 0.25})
	s.on("input", "id", "flow-at", &event{value: "120"}).last(flow.Sought{At: 12})
	s.press("id", "flow-write").last(flow.Written{})
	if !flow.Of(&s.state).Writing || !strings.Contains(s.html(), "Write<") {
		t.Error("it does not run to the end")
	}
	s.press("id", "flow-close").last(flow.Toggled{})
	if focus, ok := s.acts[len(s.acts)-1].(feature.Focus); !ok || focus.ID != "watch" {
		t.Errorf("the focus goes to %v", s.acts[len(s.acts)-1])
	}
}

// TestWithoutMotionTheFlowBarHasNoPlay holds that what would run by itself is not offered.
func TestWithoutMotionTheFlowBarHasNoPlay(t *testing.T) {
	s := opened(t).send(feature.StillnessChanged{Still: true}, flow.Toggled{})
	if html := s.html(); strings.Contains(html, `id="flow-play"`) || strings.Contains(html, `id="flow-pace"`) || !strings.Contains(html, `id="flow-on"`) {
		t.Error("it offers to run")
	}
}
