package text_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/text"
	"glassbox/web/run"
)

// TestATextIsWrittenAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestATextIsWrittenAsBefore(t *testing.T) {
	page := apptest.NewShipped(t)
	apptest.Tell(t, "story", text.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=How%20to%20predict"},
		feature.StepPressed{},
		feature.StepPressed{},
		feature.UndoPressed{},
		feature.RedoPressed{},
		feature.CellHovered{Cell: &run.Cell{Name: "h.0.ln_1", Row: 1, Col: 3}},
		feature.CellChosen{Cell: &run.Cell{Name: "h.0.ln_1", Row: 2, Col: 3}},
		feature.CellChosen{},
		feature.CellHovered{},
		feature.PromptChanged{Text: "\tA ü 漢\n b"},
		feature.PlayPressed{},
		feature.PlayPressed{},
		feature.ResetPressed{},
		feature.PromptChanged{Text: ""},
		feature.TextChosen{Text: "Once"},
	}, apptest.AnyFrom(1, 0)...)...)
}
