package lessons_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/run"
)

// TestAWalkGoesAsBefore: the golden file tells message by message what becomes of the page, of what the walk shows, and
// of what its controls send.
func TestAWalkGoesAsBefore(t *testing.T) {
	apptest.Tell(t, "story", lessons.Feature(), apptest.NewShipped(t),
		feature.Navigated{Hash: ""},
		lessons.Moved{Stop: 1},
		shippedLessons(t),
		lessons.Moved{Stop: 1},
		lessons.Moved{Stop: 2},
		feature.StageChosen{Stage: run.StageSoftmax},
		feature.PromptChanged{Text: "One ball"},
		feature.StepPressed{},
		lessons.Moved{Stop: 3},
		feature.CellChosen{Cell: &run.Cell{Name: "embed.token", Row: 1, Col: 2}},
		feature.LargestFollowed{},
		lessons.Moved{Stop: 5},
		lessons.Moved{Stop: 6},
		feature.SheetMoved{Sheet: feature.SheetHalf},
		lessons.Moved{Stop: 7},
		lessons.Moved{Stop: 8},
		lessons.Moved{Stop: 9},
		lessons.Moved{Stop: 10},
		feature.StageChosen{Stage: run.StageOverview},
		feature.StageChosen{Stage: run.StageSample},
		lessons.Moved{Stop: 11},
		lessons.Moved{Stop: 99},
		lessons.Moved{Stop: 0},
		feature.Navigated{Hash: "#walk=4"},
		lessons.Read{Problem: "There is a hole in line 3."},
		lessons.Moved{Stop: 2},
	)
}

// TestAWalkThroughLettersGoesAsBefore: the texts speak of letters where the model knows no words.
func TestAWalkThroughLettersGoesAsBefore(t *testing.T) {
	apptest.Tell(t, "letters", lessons.Feature(), apptest.NewPage(t),
		feature.Navigated{Hash: "#text=CBABBC"},
		shippedLessons(t),
		lessons.Moved{Stop: 1},
		lessons.Moved{Stop: 2},
		feature.PromptChanged{Text: "CBA"},
		lessons.Moved{Stop: 4},
		feature.StepPressed{},
		lessons.Moved{Stop: 8},
		feature.PromptChanged{Text: ""},
		lessons.Moved{Stop: 1},
	)
}
