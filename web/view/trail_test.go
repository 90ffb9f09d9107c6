package view_test

import (
	"strings"
	"testing"

	"glassbox/web/feature"
	"glassbox/web/run"
)

func TestTheWayBackIsPressedNumberByNumber(t *testing.T) {
	s := opened(t).press("id", "trace")
	s.last(feature.TraceStarted{ID: s.state.Next.ID})
	for range 7 {
		s.press("id", "follow-largest").last(feature.LargestFollowed{})
	}
	html := s.html()
	for _, want := range []string{`data-crumb="0"`, "numbers between", `id="crumb-here"`, "Back to number 1: Probabilities, token 5 C, word "} {
		if !strings.Contains(html, want) {
			t.Errorf("the way lacks %s", want)
		}
	}
	s.press("data-crumb", "5").last(feature.CrumbChosen{Index: 5})
	s.press("id", "follow-back").last(feature.CrumbChosen{Index: 4})
	for range 40 {
		s.press("id", "follow-largest")
	}
	if html = s.html(); !strings.Contains(html, "The way ends here, at the text") || !strings.Contains(html, `aria-disabled="true"`) {
		t.Error("the end is not said")
	}
	s.press("id", "trail-token")
	if is := s.acts[len(s.acts)-1]; is != (feature.Focus{ID: "token-5"}) {
		t.Errorf("the end leads to %v", is)
	}
}

func TestATermAndASymbolLeadToTheirNumber(t *testing.T) {
	s := opened(t).send(feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}})
	s.press("data-term", "h.0.attn.head.0.key-2-15").last(feature.OperandFollowed{Cell: run.Cell{Name: "h.0.attn.head.0.key", Row: 2, Col: 15}})
	if len(s.state.Trail) != 1 {
		t.Errorf("the way is %v", s.state.Trail)
	}
	s = opened(t).send(feature.CellChosen{Cell: &run.Cell{Name: "h.0.mlp.gelu", Row: 4, Col: 2}})
	if html := s.html(); !strings.Contains(html, "The curve of GELU") {
		t.Error("there is no curve")
	}
	s.press("title", "h.0.mlp.up").last(feature.OperandFollowed{Cell: run.Cell{Name: "h.0.mlp.up", Row: 4, Col: 2}})
	s = opened(t).press("data-trace", "1")
	s.last(feature.TraceStarted{ID: 1})
}
