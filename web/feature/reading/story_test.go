package reading_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/reading"
)

// TestWhatIsWrittenIsShownAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestWhatIsWrittenIsShownAsBefore(t *testing.T) {
	page := apptest.NewShipped(t)
	apptest.Tell(t, "story", reading.Feature(), page, append([]feature.Msg{
		feature.Hosted{Query: "?ui=read"},
		feature.Navigated{Hash: "#text=How%20to%20predict"},
		feature.StepPressed{},
		feature.StepPressed{},
		feature.PromptChanged{Text: "A\nb"},
		feature.PromptChanged{Text: ""},
	}, apptest.AnyFrom(1, 0)...)...)
}
