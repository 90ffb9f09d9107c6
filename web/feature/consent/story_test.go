package consent_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/consent"
)

// TestConsentIsAskedForAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestConsentIsAskedForAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", consent.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		consent.Asked{},
		feature.ProblemDismissed{},
		consent.Asked{},
		feature.RetryPressed{},
	}, apptest.AnyFrom(1, 8)...)...)
}
