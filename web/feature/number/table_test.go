package number_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/run"
)

// TestTableTurns holds that the table of numbers shows the page of the selected cell and
// turns to the next.
func TestTableTurns(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.ln_1"})
	s.Press("data-cell", "2.3").Last(feature.CellChosen{Cell: &run.Cell{Name: "h.0.ln_1", Row: 2, Col: 3}})
	s.Press("data-turn", "right").Last(feature.CellChosen{Cell: &run.Cell{Name: "h.0.ln_1", Row: 0, Col: 5}})
	if html := s.HTML(); !strings.Contains(html, "rows 0–5 of 6, columns 5–9 of 48") {
		t.Error("the table does not show the next page")
	}
}
