package finder_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/finder"
	"glassbox/web/run"
)

// TestThePageIsSearchedAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestThePageIsSearchedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", finder.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		finder.Toggled{},
		finder.Typed{Text: "scores 1 2"},
		finder.Moved{By: 1},
		finder.Moved{By: -2},
		finder.Typed{Text: "head"},
		finder.Moved{By: 5},
		finder.Picked{At: -1},
		finder.Toggled{},
		finder.Typed{Text: "softmax"},
		finder.Picked{At: 1},
		finder.Toggled{},
		finder.Typed{Text: "A"},
		finder.Typed{Text: "logits 3"},
		finder.Picked{At: 0},
		finder.Toggled{},
		finder.Typed{Text: "norm"},
		finder.Typed{Text: "xyzzy"},
		finder.Toggled{},
	}, apptest.AnyFrom(1, 20)...)...)
}

// TestALongVocabularyIsSearchedAsBefore: tokens are found by their text, and looked for in the table where it stands.
func TestALongVocabularyIsSearchedAsBefore(t *testing.T) {
	apptest.Tell(t, "language", finder.Feature(), apptest.NewShipped(t),
		feature.Navigated{Hash: "#text=How%20to%20predict"},
		finder.Toggled{},
		finder.Typed{Text: "predict"},
		finder.Picked{At: 0},
		finder.Toggled{},
		finder.Typed{Text: "ball"},
		finder.Picked{At: 1},
		feature.StageChosen{Stage: run.StageSample},
		finder.Toggled{},
		finder.Typed{Text: "xq"},
		finder.Picked{At: 0},
		finder.Toggled{},
		finder.Typed{Text: "\"the"},
		finder.Moved{By: -1},
		finder.Picked{At: -1},
		finder.Toggled{},
		finder.Typed{Text: "logits 2 262"},
		finder.Picked{At: 0},
	)
}
