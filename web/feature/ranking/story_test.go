package ranking_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/ranking"
	"glassbox/web/run"
)

// TestTokensAreRankedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestTokensAreRankedAsBefore(t *testing.T) {
	page := apptest.NewShipped(t)
	apptest.Tell(t, "story", ranking.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=How%20to%20predict&stage=softmax"},
		ranking.Moved{Rank: 1},
		ranking.Moved{Rank: 51},
		feature.TokenSought{Find: " ball"},
		feature.TokenSought{Find: "xyzzy"},
		feature.TokenSought{Find: "262"},
		ranking.Moved{Rank: 1 << 30},
		ranking.Moved{Rank: -5},
		feature.SamplingChanged{Sampling: run.Sampling{Temperature: 1.5, TopK: 5, TopP: 0.9, Seed: 1}},
		ranking.Moved{Rank: 11},
		feature.PanelChosen{Name: "logits"},
		feature.CellChosen{Cell: &run.Cell{Name: "logits", Row: 1, Col: 262}},
		feature.StepPressed{},
		feature.StageChosen{Stage: run.StageOutput},
		ranking.Moved{Rank: 0},
		feature.PromptChanged{Text: ""},
	}, apptest.AnyFrom(1, 0)...)...)
}
