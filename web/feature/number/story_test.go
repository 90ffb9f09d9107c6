package number_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/number"
	"glassbox/web/run"
)

// TestANumberIsExplainedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestANumberIsExplainedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", number.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		feature.CellHovered{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}},
		feature.CellChosen{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 2}},
		feature.CellMoved{Cell: &run.Cell{Name: "h.0.attn.head.0.scores", Row: 4, Col: 5}},
		feature.LargestFollowed{},
		feature.PanelChosen{Name: "h.0.mlp.gelu"},
		feature.CellChosen{Cell: &run.Cell{Name: "h.0.mlp.gelu", Row: 4, Col: 2}},
		feature.LargestFollowed{},
		feature.LargestFollowed{},
		feature.CrumbChosen{Index: 1},
		feature.CellChosen{Cell: &run.Cell{Name: "h.0.ln_1", Row: 4, Col: 2}},
		feature.CellChosen{Cell: &run.Cell{Name: "wte.weight", Row: 2, Col: 40}},
		feature.CellChosen{Cell: &run.Cell{Name: "embed.sum", Row: 1, Col: 47}},
		feature.CellChosen{Cell: &run.Cell{Name: "logits", Row: 5, Col: 1}},
		feature.CellChosen{Cell: &run.Cell{Name: "probabilities", Row: 5, Col: 1}},
		feature.StageChosen{Stage: run.StageSample},
		feature.StepPressed{},
		feature.PanelChosen{Name: "sample.token"},
		feature.CellChosen{Cell: &run.Cell{Name: "sample.token"}},
		feature.TraceStarted{},
		feature.LargestFollowed{},
		feature.LargestFollowed{},
		feature.LargestFollowed{},
	}, apptest.AnyFrom(1, 20)...)...)
}

// TestTheWayToTheFirstTokenIsExplainedAsBefore: down to the only letter of a text.
func TestTheWayToTheFirstTokenIsExplainedAsBefore(t *testing.T) {
	messages := []feature.Msg{feature.Navigated{Hash: "#text=B"}, feature.TraceStarted{}}
	for range 24 {
		messages = append(messages, feature.LargestFollowed{})
	}
	apptest.Tell(t, "first", number.Feature(), apptest.NewPage(t), messages...)
}
