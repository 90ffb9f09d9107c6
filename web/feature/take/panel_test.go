package take_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/feature/take"
)

// taken returns the file on its way out.
func taken(s *apptest.Page) *take.File { return take.Of(&s.State).File }

func TestTheNumbersOfAPanelAreOfferedAsFiles(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.attn.head.1.scores"})
	if html := s.HTML(); !strings.Contains(html, "sort-h.0.attn.head.1.scores.json") || !strings.Contains(html, "NaN in NPY") {
		t.Error("the buttons or what the file says are missing")
	}
	s.On("click", "id", "take-svg", nil)
	if taken(s) == nil || taken(s).Format != export.SVG || !strings.Contains(s.HTML(), "is being drawn") {
		t.Errorf("a press asks for %+v", taken(s))
	}
	s.On("click", "id", "take-view", nil)
	if taken(s).Of != "" || taken(s).Format != export.PNG {
		t.Errorf("the view is %+v", taken(s))
	}
	s.On("click", "id", "take-csv", nil)
	if taken(s) == nil || taken(s).Format != export.CSV {
		t.Fatalf("a press asks for %+v", taken(s))
	}
	s.Send(take.Grew{Turn: taken(s).Turn, Rows: 3})
	if html := s.HTML(); !strings.Contains(html, "3 of 6 rows") || !strings.Contains(html, `value="50"`) {
		t.Error("the progress is not shown")
	}
	s.On("click", "id", "take-cancel", nil)
	if taken(s) != nil {
		t.Error("Cancel cancels nothing")
	}
}

func TestAFrameOffersTheFileInWords(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: "logits"}, take.Pressed{Name: "logits", Format: export.CSV})
	turn := taken(s).Turn
	s.Send(take.Made{Turn: turn, Bytes: 300, Framed: true})
	if html := s.HTML(); !strings.Contains(html, "may forbid saving files. If Save does nothing, copy the contents") {
		t.Error("the way on is not named")
	}
	s.On("click", "id", "take-save", nil).On("click", "id", "take-copy", nil)
	if len(s.Acts) != 2 || s.Acts[0] != (take.Save{}) || s.Acts[1] != (take.Copy{}) {
		t.Errorf("the buttons do %v", s.Acts)
	}
	if html := s.Send(take.Copied{Turn: turn, Text: "1,2"}).HTML(); !strings.Contains(html, "take-text") || strings.Contains(html, "take-copy") {
		t.Error("the text to copy by hand is not shown")
	}
	s.On("click", "id", "take-close", nil)
	s.Send(take.Pressed{Name: "logits", Format: export.NPY}, take.Made{Turn: turn + 1, Bytes: 300, Framed: true})
	if html := s.HTML(); strings.Contains(html, "take-copy") || !strings.Contains(html, "take CSV or JSON") {
		t.Error("NPY can't be copied, and nothing says so")
	}
}
