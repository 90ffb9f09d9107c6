package glossary_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/glossary"
	"glassbox/web/run"
)

// TestWordsAreLookedUpAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestWordsAreLookedUpAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", glossary.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		glossary.Opened{ID: "softmax"},
		feature.CellHovered{},
		feature.StageChosen{Stage: run.StageSoftmax},
		glossary.Opened{ID: "gelu"},
		glossary.Opened{ID: "gelu"},
		glossary.Opened{ID: "none"},
		glossary.Closed{},
		feature.Hosted{Query: "?ui=stage"},
		feature.Navigated{Hash: "#word=softmax&stage=softmax"},
	}, apptest.AnyFrom(1, 14)...)...)
}
