package outline_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/outline"
	"glassbox/web/run"
)

// TestStepsAreListedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestStepsAreListedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", outline.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		outline.Toggled{},
		feature.PanelChosen{Name: "h.1.attn.head.2.scores"},
		feature.StageChosen{Stage: run.StageSoftmax},
		outline.Toggled{},
		outline.Toggled{},
		feature.PromptChanged{Text: ""},
	}, apptest.AnyFrom(1, 10)...)...)
}
