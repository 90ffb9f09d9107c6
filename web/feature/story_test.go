package feature_test

import (
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// TestASessionGoesAsBefore: the golden file tells message by message what becomes of the page.
func TestASessionGoesAsBefore(t *testing.T) {
	cell := func(name string, row, col int) *run.Cell { return &run.Cell{Name: name, Row: row, Col: col} }
	apptest.Tell(t, "session", Feature{}, apptest.NewPage(t), append([]Msg{
		Hosted{Query: "?theme=dark"}, Navigated{Hash: "#text=CBABBC&temperature=2"},
		StepPressed{}, StepPressed{}, UndoPressed{}, RedoPressed{}, PlayPressed{}, PlayTicked{Turn: 1}, PlayPressed{}, ResetPressed{},
		PromptChanged{Text: "CBABBCABBBC"}, StepPressed{}, PromptChanged{Text: "CBX"}, PromptChanged{Text: "cba"}, UndoPressed{}, UndoPressed{}, TextChosen{Text: "AAA"},
		StageChosen{Stage: run.StageSoftmax}, PanelChosen{Name: "probabilities"}, CellHovered{Cell: cell("probabilities", 1, 2)}, CellChosen{Cell: cell("probabilities", 2, 1)},
		CellMoved{Cell: cell("probabilities", 2, 2)}, LargestFollowed{}, LargestFollowed{}, LargestFollowed{}, CrumbChosen{Index: 1}, CellChosen{},
		CameraRested{Camera: &camera.State{1, 2, 3, 4, 5, 6}}, LinkPressed{}, LinkCopied{Link: "u#a", OK: true}, LinkCopied{Link: "u#a"}, LinkClosed{},
		ScaleChosen{Scale: "shared"}, SheetMoved{Sheet: SheetFull}, MenuToggled{}, LettersToggled{}, ThemeChosen{Theme: "light"}, ModelChosen{ID: "none"},
		Frozen{On: true}, Frozen{}, WorkerDied{Reason: "a test"}, WorkerStarted{}, Crashed{Reason: "a test"}, RetryPressed{}, ProblemDismissed{},
		Directed{Hash: "#stage=block.1.attention&cell=last.2"}, LinkFollowed{Hash: "#panel=h.1.ln_1&cell=last.2&text=CAB"}, StepPressed{}, Navigated{Hash: "#stage=nowhere&cell=9.9&k=x"},
		SceneRetried{}, CloseUpPressed{}, TextSought{}, StillnessChanged{Still: true}, TraceStarted{}, OperandFollowed{Cell: *cell("h.0.ln_1", 1, 3)},
	}, apptest.AnyFrom(100, 60)...)...)
}

// TestALongVocabularyIsFetchedAsBefore tells the same of a model whose numbers come in portions.
func TestALongVocabularyIsFetchedAsBefore(t *testing.T) {
	messages := []Msg{Navigated{Hash: "#text=How%20to%20predict"}}
	for _, stage := range []run.Stage{run.StageTokenize, run.StageToken, "block.2.attention", run.StageOutput, run.StageSoftmax, run.StageSample} {
		messages = append(messages, StageChosen{Stage: stage})
	}
	messages = append(messages, PanelChosen{Name: "wte.weight"}, CellChosen{Cell: &run.Cell{Name: "logits", Row: 1, Col: 262}}, TokenSought{Find: " ball"}, TokenSought{Find: "262"},
		TokenSought{Find: "xyzzy"}, CellChosen{}, StepPressed{}, LargestFollowed{}, PromptChanged{Text: "How to"}, PanelChosen{Name: "probabilities"}, StepPressed{}, StepPressed{})
	apptest.Tell(t, "language", Feature{}, apptest.NewShipped(t), messages...)
}
