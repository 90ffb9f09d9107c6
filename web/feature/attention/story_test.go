package attention_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/attention"
	"glassbox/web/run"
)

// TestHeadsAreComparedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestHeadsAreComparedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", attention.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		attention.Toggled{},
		attention.HeadChosen{Head: "h.1.attn.head.2"},
		attention.LookChosen{Look: attention.LookScores},
		attention.LookChosen{Look: attention.LookMix},
		feature.CellChosen{Cell: &run.Cell{Name: "h.1.attn.head.2.scores", Row: 3, Col: 1}},
		feature.CellHovered{Cell: &run.Cell{Name: "h.1.attn.head.2.attention", Row: 2, Col: 4}},
		feature.CellHovered{Cell: &run.Cell{Name: "h.1.attn.head.2.attention", Row: 5, Col: 0}},
		feature.CellHovered{},
		attention.LookChosen{Look: attention.LookMix},
		feature.CellChosen{Cell: &run.Cell{Name: "h.1.attn.head.2.mix", Row: 4, Col: 3}},
		feature.CellChosen{Cell: &run.Cell{Name: "h.1.attn.head.2.scores", Row: 0, Col: 0}},
		attention.LookChosen{Look: attention.LookMasked},
		feature.StepPressed{},
		feature.PromptChanged{Text: "CB"},
		attention.HeadChosen{Head: "h.9.attn.head.1"},
		feature.Navigated{Hash: "#stage=block.2.attention&head=h.2.attn.head.1&look=scaled&pair=4.2"},
	}, apptest.AnyFrom(1, 30)...)...)
}
