package view_test

import (
	"fmt"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/number"
	"glassbox/web/run"
	. "glassbox/web/view"
)

// at is a key pressed, or the focus come, on a cell of the table of numbers.
type at struct {
	apptest.Event
	cell string
}

func (e *at) PropString(keys ...string) string {
	if keys[len(keys)-1] == "cell" {
		return e.cell
	}
	return e.Event.PropString(keys...)
}

// TestKeysWalkThroughTheTable holds where each key leads, that the focus goes along, and that
// nothing leads over the edge.
func TestKeysWalkThroughTheTable(t *testing.T) {
	for _, c := range []struct{ key, from, to string }{
		{"ArrowRight", "2.3", "2.4"}, {"ArrowLeft", "2.3", "2.2"}, {"ArrowUp", "2.3", "1.3"}, {"ArrowDown", "2.3", "3.3"},
		{"Home", "2.3", "2.0"}, {"End", "2.3", "2.47"}, {"PageDown", "2.3", "5.3"}, {"PageUp", "2.3", "0.3"},
		{"ArrowUp", "0.3", ""}, {"ArrowLeft", "2.0", ""}, {"ArrowDown", "5.3", ""}, {"ArrowRight", "5.47", ""}, {"x", "2.3", ""},
	} {
		s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.ln_1"})
		env := &at{apptest.Event{Key: c.key}, c.from}
		table := &number.ValueTable{Screen: &s.Root.Screen}
		table.Compute(nil)
		table.Key(env)
		if c.to == "" {
			if len(s.Sent) > 0 {
				t.Errorf("%s at %s sends %v", c.key, c.from, s.Sent)
			}
			continue
		}
		var r, k int
		fmt.Sscanf(c.to, "%d.%d", &r, &k)
		s.Last(feature.CellMoved{Cell: &run.Cell{Name: "h.0.ln_1", Row: r, Col: k}})
		if focus, ok := s.Acts[len(s.Acts)-1].(feature.Focus); !ok || focus.ID != "cell-"+c.to || !env.Prevented {
			t.Errorf("%s leads the focus to %v", c.key, s.Acts)
		}
	}
}

// TestTheTableMarksItsFocusInTheScene holds that the cell with the focus is pointed at.
func TestTheTableMarksItsFocusInTheScene(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.attn.head.1.scores"})
	table := &number.ValueTable{Screen: &s.Root.Screen}
	table.Compute(nil)
	table.Focused(&at{cell: "4.2"})
	if c := s.State.Hover; c == nil || *c != (run.Cell{Name: "h.0.attn.head.1.scores", Row: 4, Col: 2}) {
		t.Errorf("the scene marks %v", c)
	}
	if table.Left(); s.State.Hover != nil {
		t.Error("the mark stays when the focus goes")
	}
}

// TestTheTableHasOneTabStopAndTokenHeaders holds what a screen reader meets.
func TestTheTableHasOneTabStopAndTokenHeaders(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: "h.0.attn.head.1.scores"})
	html := apptest.Draw(t, &number.ValueTable{Screen: &s.Root.Screen})
	if n := strings.Count(html, `tabindex="0"`); n != 1 {
		t.Errorf("the table has %d tab stops", n)
	}
	for _, want := range []string{`<th scope="row" translate="no">3 B</th>`, `<th scope="col" translate="no">1 B</th>`, "looking / looked at", "row 5 C, column 0 C", "<caption>rows 0–5 of 6"} {
		if !strings.Contains(html, want) {
			t.Errorf("the table lacks %s", want)
		}
	}
}

// TestFollowingALinkTakesTheFocusAlong holds that who follows an operand is at its title then.
func TestFollowingALinkTakesTheFocusAlong(t *testing.T) {
	cell := run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}
	s := apptest.OpenPage(t).Send(feature.PanelChosen{Name: cell.Name}, feature.CellChosen{Cell: &cell})
	s.Press("title", "h.0.attn.head.0.key").Last(feature.PanelChosen{Name: "h.0.attn.head.0.key"})
	if is := s.Acts[len(s.Acts)-1]; is != (feature.Focus{ID: "title"}) {
		t.Errorf("the focus goes to %v", is)
	}
	if !strings.Contains(s.HTML(), `id="title" tabindex="-1"`) {
		t.Error("there is no title that takes the focus")
	}
}

// TestTheSheetRisesWhenTheFocusComes holds that it does so once.
func TestTheSheetRisesWhenTheFocusComes(t *testing.T) {
	s := apptest.OpenPage(t)
	(&Inspector{Screen: &s.Root.Screen}).Entered()
	s.Last(feature.SheetMoved{Sheet: feature.SheetHalf})
	if (&Inspector{Screen: &s.Root.Screen}).Entered(); len(s.Sent) != 1 {
		t.Error("a sheet that is up moves again")
	}
}
