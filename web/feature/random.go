package feature

import (
	"math/rand/v2"

	"glassbox/web/address"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// RandomMessage returns something that a reader, a link or a failure could do in this
// state, sensible or not: for tests, and for the page that tests itself.
func RandomMessage(r *rand.Rand, s State) Msg {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	cell := func() *run.Cell { return randomCell(r, s) }
	stages := Stages(s)
	if len(stages) == 0 {
		return nil
	}
	all := []Msg{
		PromptChanged{pick("", "A", "CBABBC", "CBABBCA", "CBxBBC", "AAAAAAAAAAAAA", "ÄÖ\xff")},
		PromptChanged{s.Text + pick("A", "B", "C")}, PromptChanged{s.Text[:len(s.Text)/2]},
		StepPressed{}, StepPressed{}, StepPressed{}, PlayPressed{}, PlayTicked{s.turn}, PlayTicked{s.turn - 1}, ResetPressed{},
		UndoPressed{}, UndoPressed{}, RedoPressed{}, RetryPressed{}, ProblemDismissed{}, LinkPressed{},
		ModelChosen{pick("sort", "tiny", "none")}, StageChosen{stages[r.IntN(len(stages))].ID}, StageChosen{run.Stage(pick("", "block.9", "x"))},
		PanelChosen{pick("", "logits", "sample.top_k", "none")}, CellHovered{cell()}, CellHovered{cell()}, CellChosen{cell()},
		CellMoved{cell()}, LinkClosed{},
		SamplingChanged{run.Sampling{Temperature: r.Float32()*4 - 1, TopK: r.IntN(5) - 1, TopP: r.Float32(), Seed: r.Uint64()}},
		ThemeChosen{address.ThemeDark}, ScaleChosen{s.Scale.Next()}, SheetMoved{Sheet(r.IntN(3))},
		Navigated{pick("", "#model=tiny", s.Hash())}, WorkerStarted{}, nil,
		CellMoved{cell()}, LettersToggled{}, LinkClosed{}, LinkCopied{"#text=A", r.IntN(2) == 0}, Frozen{r.IntN(2) == 0},
		CameraRested{anyCamera(r)}, SceneRetried{}, LinkFollowed{pick("", "#stage=softmax", "#text=CCC&panel=x", "#play")},
		CellVisited{anyCell(cell())}, TraceStarted{r.IntN(5) - 1}, LargestFollowed{}, LargestFollowed{},
		CrumbChosen{r.IntN(5) - 1}, OperandFollowed{anyCell(cell())},
		StillnessChanged{r.IntN(3) == 0}, ClosePressed{},
	}
	for _, f := range s.list() {
		if f.Random != nil {
			all = append(all, f.Random(r, &s)...)
		}
	}
	return all[r.IntN(len(all))]
}

// anyCamera returns where a camera could be, or nil.
func anyCamera(r *rand.Rand) *camera.State {
	if r.IntN(3) == 0 {
		return nil
	}
	var c camera.State
	for i := range c {
		c[i] = (r.Float32() - 0.3) * 100
	}
	return &c
}

// randomCell returns a number of a step, or one just outside it, or none.
func randomCell(r *rand.Rand, s State) *run.Cell {
	if r.IntN(4) == 0 || len(s.Steps) == 0 {
		return nil
	}
	i := s.Steps[r.IntN(len(s.Steps))]
	return &run.Cell{Name: i.Name, Row: r.IntN(i.Rows+2) - 1, Col: r.IntN(i.Cols+2) - 1}
}

// anyCell returns the cell, or that of no tensor.
func anyCell(c *run.Cell) run.Cell {
	if c == nil {
		return run.Cell{}
	}
	return *c
}
