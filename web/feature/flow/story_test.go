package flow_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/flow"
	"glassbox/web/run"
)

// TestARunIsWatchedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestARunIsWatchedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", flow.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		flow.Toggled{},
		flow.Moved{At: 0.7},
		flow.Moved{At: 2},
		flow.Played{},
		flow.Stepped{By: 1},
		flow.Stepped{By: 3},
		flow.Stepped{By: -2},
		flow.Paced{Pace: 0.25},
		flow.Paced{Pace: 4},
		flow.Paced{Pace: 3},
		flow.Sought{At: 5},
		flow.Sought{At: -1},
		flow.Sought{At: 1e9},
		flow.Played{},
		flow.Moved{At: 1},
		feature.CellHovered{Cell: &run.Cell{Name: "h.1.attn.head.2.scores", Row: 3, Col: 1}},
		flow.Written{},
		flow.Moved{At: 1e9},
		feature.Frozen{On: true},
		feature.PromptChanged{Text: "CB"},
		feature.StillnessChanged{Still: true},
		flow.Toggled{},
		feature.Navigated{Hash: "#text=CBABBC&watch=3"},
	}, apptest.AnyFrom(1, 30)...)...)
}
