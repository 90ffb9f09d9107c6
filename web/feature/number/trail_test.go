package number_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/run"
)

func TestTheWayBackIsPressedNumberByNumber(t *testing.T) {
	s := apptest.OpenPage(t).Press("id", "trace")
	s.Last(feature.TraceStarted{ID: s.State.Next.ID})
	for range 7 {
		s.Press("id", "follow-largest").Last(feature.LargestFollowed{})
	}
	html := s.HTML()
	for _, want := range []string{`data-crumb="0"`, "skipped step", `id="crumb-here"`, "Back to number 1: Probabilities 5 C · A 1.000 (token 5 C, vocabulary A)"} {
		if !strings.Contains(html, want) {
			t.Errorf("the way lacks %s", want)
		}
	}
	s.Press("data-crumb", "5").Last(feature.CrumbChosen{Index: 5})
	s.Press("id", "follow-back").Last(feature.CrumbChosen{Index: 4})
	for range 40 {
		s.Press("id", "follow-largest")
	}
	if html = s.HTML(); !strings.Contains(html, "You have reached the text") || !strings.Contains(html, `aria-disabled="true"`) {
		t.Error("the end is not said")
	}
	s.Press("id", "trail-token")
	if is := s.Acts[len(s.Acts)-1]; is != (feature.Focus{ID: "token-5"}) {
		t.Errorf("the end leads to %v", is)
	}
}

func TestATermAndASymbolLeadToTheirNumber(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}})
	s.Press("data-term", "h.0.attn.head.0.key-2-15").Last(feature.OperandFollowed{Cell: run.Cell{Name: "h.0.attn.head.0.key", Row: 2, Col: 15}})
	if len(s.State.Trail) != 1 {
		t.Errorf("the way is %v", s.State.Trail)
	}
	s = apptest.OpenPage(t).Send(feature.CellChosen{Cell: &run.Cell{Name: "h.0.mlp.gelu", Row: 4, Col: 2}})
	if html := s.HTML(); !strings.Contains(html, "The curve of GELU") {
		t.Error("there is no curve")
	}
	s.Press("title", "h.0.mlp.up").Last(feature.OperandFollowed{Cell: run.Cell{Name: "h.0.mlp.up", Row: 4, Col: 2}})
	s = apptest.OpenPage(t).Press("data-trace", "1")
	s.Last(feature.TraceStarted{ID: 1})
}

// TestTheButtonSaysWhatItFollows: of a sum that is what speaks for the number, be it smaller than what speaks against it.
func TestTheButtonSaysWhatItFollows(t *testing.T) {
	for panel, want := range map[string]string{
		"h.0.attn.head.0.scores":        "Follow the largest of its sign",
		"h.0.attn.head.0.attention.max": "Follow the largest</span>",
		"h.0.residual_1":                "Follow the larger one",
		"h.0.mlp.gelu":                  "Where does this come from?",
	} {
		s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: panel}, feature.CellChosen{Cell: &run.Cell{Name: panel, Row: 4}})
		_, button, _ := strings.Cut(s.HTML(), `id="follow-largest"`)
		if button, _, _ = strings.Cut(button, "</button>"); !strings.Contains(button, want) {
			t.Errorf("%s: the button is %s; expected %s", panel, button, want)
		}
	}
}

// TestWhatIsFoldedOutBelongsToOneNumber: the page folds it when that is another one.
func TestWhatIsFoldedOutBelongsToOneNumber(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}})
	if html := s.HTML(); !strings.Contains(html, `<details class="rest" data-of="h.0.attn.head.0.scores-4-2"`) {
		t.Error("the smaller terms do not say of which number they are")
	}
}

// TestATermOfATokenHasRoomForItsName: a number of a column needs less.
func TestATermOfATokenHasRoomForItsName(t *testing.T) {
	for panel, want := range map[string]string{"h.0.attn.head.0.mix": `class="terms named"`, "h.0.attn.head.0.scores": `class="terms"`} {
		s := apptest.OpenPage(t).Send(feature.CellChosen{Cell: &run.Cell{Name: panel, Row: 4, Col: 2}})
		if html := s.HTML(); !strings.Contains(html, "<table "+want) {
			t.Errorf("the terms of %s are not %s", panel, want)
		}
	}
}
