package sizes_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/sizes"
)

// TestSizesAreComparedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestSizesAreComparedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", sizes.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: ""},
		sizes.Toggled{},
		sizes.Chosen{ID: "gpt2"},
		sizes.Chosen{ID: "gpt2"},
		sizes.Chosen{ID: "gpt3"},
		sizes.OwnTyped{Field: 4, Text: "24"},
		sizes.OwnTyped{Field: 3, Text: "7"},
		sizes.OwnTyped{Field: 2, Text: "700"},
		sizes.OwnTyped{Field: 0, Text: "x"},
		sizes.OwnTied{On: true},
		sizes.OwnRemoved{},
		feature.UndoPressed{},
		feature.RedoPressed{},
		feature.PanelChosen{Name: "h.0.ln_1"},
		feature.Navigated{Hash: "#size=gpt2&own=100.16.32.4.2"},
	}, apptest.AnyFrom(1, 24)...)...)
}

// TestSizesBesideALanguageModelAreComparedAsBefore: the model of the page is one of them.
func TestSizesBesideALanguageModelAreComparedAsBefore(t *testing.T) {
	apptest.Tell(t, "language", sizes.Feature(), apptest.NewShipped(t),
		feature.Navigated{Hash: "#text=How%20to%20predict"},
		sizes.Toggled{},
		sizes.Chosen{ID: "language"},
		sizes.Chosen{ID: "gpt2-xl"},
		sizes.OwnTyped{Field: 1, Text: "0"},
		sizes.OwnTyped{Field: 1, Text: "2048"},
		feature.PromptChanged{Text: "How"},
	)
}
