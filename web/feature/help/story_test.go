package help_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/help"
)

// TestTheHelpIsReadAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestTheHelpIsReadAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", help.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: ""},
		help.Toggled{},
		help.Toggled{},
	}, apptest.AnyFrom(1, 6)...)...)
}
