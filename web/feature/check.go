package feature

import (
	"fmt"
	"math/rand/v2"

	"glassbox/web/address"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// Check returns what is wrong with a state in which nothing is under way (see Busy): each
// of these sentences must hold whatever the reader did before.
func (s State) Check() []error {
	if s.Phase != Ready {
		return nil
	}
	var wrong []error
	note := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if s.TextError == "" {
		s.checkTokens(note)
	}
	for _, i := range s.Steps {
		v := s.Held(i.Name)
		switch {
		case s.heavy || run.IsLong(i): // it comes in portions, and not all of it
			if v.Rows > i.Rows || v.Cols > i.Cols || len(v.Data) != v.Rows*v.Cols {
				note("%s is (%d, %d) in the list of steps; (%d, %d) of it with %d numbers on the page", i.Name, i.Rows, i.Cols, v.Rows, v.Cols, len(v.Data))
			}
		case v.Rows != i.Rows || v.Cols != i.Cols || len(v.Data) != i.Rows*i.Cols:
			note("%s is (%d, %d) in the list of steps, (%d, %d) on the page", i.Name, i.Rows, i.Cols, v.Rows, v.Cols)
		}
	}
	if coarse := s.unaveraged(); s.Applied != 0 && !s.Waits(ForRows) && !s.Suspended() && len(coarse) > 0 {
		note("nobody fetches the averages of %s", coarse[0])
	}
	if rows := s.missing(); s.Applied != 0 && !s.Waits(ForRows) && !s.Suspended() && s.heavy && len(rows) > 0 {
		note("nobody fetches %d rows of %s", rows[0].To-rows[0].From, rows[0].Name)
	}
	if c := s.Cell; c != nil && !s.Has(c) || s.Hover != nil && !s.Has(s.Hover) {
		note("the cells %v and %v are not there", s.Cell, s.Hover)
	}
	if c := s.Pointed(); (c == nil) != (s.Explained == nil) || c != nil && !s.Explains(c) {
		note("the reader points at %v; explained is %v", c, s.Explained)
	}
	for _, f := range s.list() {
		if f.Check == nil {
			continue
		}
		if err := f.Check(&s); err != nil {
			note("%s: %v", f.Name, err)
		}
	}
	hash := s.Hash()
	if l, warnings := s.Properties().Parse(hash); len(warnings) > 0 || s.Properties().Hash(l) != hash {
		note("the link %s gives %v", hash, warnings)
	}
	return wrong
}

// checkTokens holds the tokens to the text, to what was generated, and to the steps.
func (s State) checkTokens(note func(format string, args ...any)) {
	text, generated := "", 0
	for _, t := range s.Tokens {
		if t.Generated {
			generated++
		} else {
			text += t.Text
		}
	}
	if generated != len(s.Generated) {
		note("%d tokens are generated; expected %d", generated, len(s.Generated))
	}
	if s.Config.Alphabet != "" && text != s.Text {
		note("the tokens say %q; the text is %q", text, s.Text)
	}
	if rows, _ := s.Info(s.TokenIDs()); rows.Rows != len(s.Tokens) {
		note("there are %d tokens in %d rows", len(s.Tokens), rows.Rows)
	}
}

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
		SamplingChanged{run.Sampling{Temperature: r.Float32()*4 - 1, TopK: r.IntN(5) - 1, TopP: r.Float32(), MinP: r.Float32() - 0.5, Seed: r.Uint64()}},
		ThemeChosen{address.ThemeDark}, ScaleChosen{s.Scale.Next()}, SheetMoved{Sheet(r.IntN(3))},
		Navigated{pick("", "#model=tiny", s.Hash())}, WorkerStarted{}, nil,
		CellMoved{cell()}, LettersToggled{}, LinkClosed{}, LinkCopied{"#text=A", r.IntN(2) == 0}, Copied{"The text", r.IntN(2) == 0}, Frozen{r.IntN(2) == 0},
		CameraRested{anyCamera(r)}, SceneRetried{}, LinkFollowed{pick("", "#stage=softmax", "#text=CCC&panel=x", "#play")},
		CellVisited{anyCell(cell())}, TraceStarted{r.IntN(5) - 1}, LargestFollowed{}, LargestFollowed{},
		CrumbChosen{r.IntN(5) - 1}, OperandFollowed{anyCell(cell())},
		StillnessChanged{r.IntN(3) == 0}, CloseUpPressed{}, TextSought{},
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
