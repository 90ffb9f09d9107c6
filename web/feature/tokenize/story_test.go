package tokenize_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/tokenize"
)

// TestTextsAreTokenizedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestTextsAreTokenizedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", tokenize.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC&stage=tokenize"},
		tokenize.Chosen{ID: "gpt2"},
		tokenize.MergesToggled{Token: 2},
		tokenize.MergesToggled{Token: 2},
		tokenize.MergesToggled{Token: 0},
		tokenize.Typed{Text: "a b ünder 漢 \xff"},
		tokenize.MergesToggled{Token: 1},
		tokenize.MergesToggled{Token: 99},
		tokenize.Typed{Text: ""},
		tokenize.Chosen{ID: "letters"},
		tokenize.Typed{Text: "CAX"},
		tokenize.Chosen{ID: "none"},
	}, apptest.AnyFrom(1, 20)...)...)
}
