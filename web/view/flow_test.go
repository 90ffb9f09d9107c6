package view

import (
	"strings"
	"testing"

	"glassbox/web/app"
)

// TestTheFlowBar holds what each of its controls sends, and what it says.
func TestTheFlowBar(t *testing.T) {
	s := opened(t)
	if strings.Contains(s.html(), `id="flow"`) {
		t.Error("the bar is open before anybody asked")
	}
	s.press("id", "watch").last(app.FlowToggled{})
	if html := s.html(); !strings.Contains(html, `aria-pressed="true"`) || !strings.Contains(html, "Token ids, token 0 (C), step 1 of 88") {
		t.Error("the bar does not say where it is")
	}
	s.press("id", "flow-play").last(app.FlowPlayed{})
	s.press("id", "flow-on").last(app.FlowStepped{By: 1})
	s.press("id", "flow-back").last(app.FlowStepped{By: -1})
	s.press("id", "flow-pace").last(app.FlowPaced{Pace: 2})
	s.press("id", "flow-pace").press("id", "flow-pace").last(app.FlowPaced{Pace: 0.25})
	s.on("input", "id", "flow-at", &event{value: "120"}).last(app.FlowSought{At: 12})
	s.press("id", "flow-write").last(app.FlowWritten{})
	if !s.state.Flow.Writing || !strings.Contains(s.html(), "Write<") {
		t.Error("it does not run to the end")
	}
	s.press("id", "flow-close").last(app.FlowToggled{})
	if focus, ok := s.acts[len(s.acts)-1].(Focus); !ok || focus.ID != "watch" {
		t.Errorf("the focus goes to %v", s.acts[len(s.acts)-1])
	}
}

// TestWithoutMotionTheFlowBarHasNoPlay holds that what would run by itself is not offered.
func TestWithoutMotionTheFlowBarHasNoPlay(t *testing.T) {
	s := opened(t).send(app.StillnessChanged{Still: true}, app.FlowToggled{})
	if html := s.html(); strings.Contains(html, `id="flow-play"`) || strings.Contains(html, `id="flow-pace"`) || !strings.Contains(html, `id="flow-on"`) {
		t.Error("it offers to run")
	}
}
