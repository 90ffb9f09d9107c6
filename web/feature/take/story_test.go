package take_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/feature/take"
)

// TestFilesAreTakenAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestFilesAreTakenAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", take.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC&panel=h.0.attn.head.1.scores"},
		take.Pressed{Name: "h.0.attn.head.1.scores", Format: export.CSV},
		take.Grew{Turn: 1, Rows: 3},
		take.Made{Turn: 1, Bytes: 300, Framed: true},
		take.Copied{Turn: 1, Text: "1,2"},
		take.Copied{Turn: 1},
		take.Closed{},
		take.Pressed{Name: "logits", Format: export.NPY},
		take.Made{Turn: 2, Bytes: 5000},
		take.Pressed{Name: "", Format: export.PNG},
		take.Failed{Turn: 3, Reason: "No room."},
		take.Pressed{Name: "wte.weight", Format: export.SVG},
		feature.PanelChosen{Name: "h.1.mlp.gelu"},
		feature.PromptChanged{Text: ""},
	}, apptest.AnyFrom(1, 30)...)...)
}

// TestFilesOfALongVocabularyAreTakenAsBefore: their pictures show averages.
func TestFilesOfALongVocabularyAreTakenAsBefore(t *testing.T) {
	apptest.Tell(t, "language", take.Feature(), apptest.NewShipped(t),
		feature.Navigated{Hash: "#text=How%20to%20predict&panel=wte.weight"},
		take.Pressed{Name: "wte.weight", Format: export.SVG},
		feature.PanelChosen{Name: "h.1.attn.head.2.scores"},
		feature.PanelChosen{Name: "sample.top_k"},
		feature.PanelChosen{Name: "probabilities"},
		take.Pressed{Name: "probabilities", Format: export.CSV},
	)
}
