package view_test

import (
	"strings"
	"testing"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/feature/take"
)

// taken returns the file on its way out.
func taken(s *session) *take.File { return take.Of(&s.state).File }

func TestTheNumbersOfAPanelAreOfferedAsFiles(t *testing.T) {
	s := opened(t).send(feature.PanelChosen{Name: "h.0.attn.head.1.scores"})
	if html := s.html(); !strings.Contains(html, "sort-h.0.attn.head.1.scores.json") || !strings.Contains(html, "NaN in NPY") {
		t.Error("the buttons or what the file says are missing")
	}
	s.on("click", "id", "take-svg", nil)
	if taken(s) == nil || taken(s).Format != export.SVG || !strings.Contains(s.html(), "is being drawn") {
		t.Errorf("a press asks for %+v", taken(s))
	}
	s.on("click", "id", "take-view", nil)
	if taken(s).Of != "" || taken(s).Format != export.PNG {
		t.Errorf("the view is %+v", taken(s))
	}
	s.on("click", "id", "take-csv", nil)
	if taken(s) == nil || taken(s).Format != export.CSV {
		t.Fatalf("a press asks for %+v", taken(s))
	}
	s.send(take.Grew{Turn: taken(s).Turn, Rows: 3})
	if html := s.html(); !strings.Contains(html, "3 of 6 rows") || !strings.Contains(html, `value="50"`) {
		t.Error("the progress is not shown")
	}
	s.on("click", "id", "take-cancel", nil)
	if taken(s) != nil {
		t.Error("Cancel cancels nothing")
	}
}

func TestAFrameOffersTheFileInWords(t *testing.T) {
	s := opened(t).send(feature.PanelChosen{Name: "logits"}, take.Pressed{Name: "logits", Format: export.CSV})
	turn := taken(s).Turn
	s.send(take.Made{Turn: turn, Bytes: 300, Framed: true})
	if html := s.html(); !strings.Contains(html, "may forbid saving files. If Save does nothing, copy the contents") {
		t.Error("the way on is not named")
	}
	s.on("click", "id", "take-save", nil).on("click", "id", "take-copy", nil)
	if len(s.acts) != 2 || s.acts[0] != (take.Save{}) || s.acts[1] != (take.Copy{}) {
		t.Errorf("the buttons do %v", s.acts)
	}
	if html := s.send(take.Copied{Turn: turn, Text: "1,2"}).html(); !strings.Contains(html, "take-text") || strings.Contains(html, "take-copy") {
		t.Error("the text to copy by hand is not shown")
	}
	s.on("click", "id", "take-close", nil)
	s.send(take.Pressed{Name: "logits", Format: export.NPY}, take.Made{Turn: turn + 1, Bytes: 300, Framed: true})
	if html := s.html(); strings.Contains(html, "take-copy") || !strings.Contains(html, "take CSV or JSON") {
		t.Error("NPY can't be copied, and nothing says so")
	}
}
