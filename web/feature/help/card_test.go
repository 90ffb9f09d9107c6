package help_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature/help"
)

// TestHelpClosesOutside holds that a press on the veil closes the card, one inside does not.
func TestHelpClosesOutside(t *testing.T) {
	s := apptest.OpenPage(t).Send(help.Toggled{})
	s.On("click", "id", "help-veil", &apptest.Event{ID: "help-card"})
	if !help.Of(&s.State).Open {
		t.Fatal("a press on the card closes it")
	}
	s.On("click", "id", "help-veil", &apptest.Event{ID: "help-veil"})
	if help.Of(&s.State).Open {
		t.Error("a press beside the card does not close it")
	}
}
