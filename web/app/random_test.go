package app

import (
	"math/rand/v2"
	"testing"

	"glassbox/model"
	"glassbox/web/engine"
)

// randomMessage returns something that a reader, a link or a failure could do.
func randomMessage(r *rand.Rand, s State) Msg {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	cell := func() *Cell {
		if r.IntN(4) == 0 || len(s.Steps) == 0 {
			return nil
		}
		i := s.Steps[r.IntN(len(s.Steps))]
		return &Cell{i.Name, r.IntN(i.Rows+2) - 1, r.IntN(i.Cols+2) - 1}
	}
	stages := Stages(s)
	all := []Msg{
		PromptChanged{pick("", "A", "CBABBC", "CBABBCA", "CBxBBC", "AAAAAAAAAAAAA", "ÄÖ\xff")},
		PromptChanged{s.Text + pick("A", "B", "C")}, PromptChanged{s.Text[:len(s.Text)/2]},
		StepPressed{}, StepPressed{}, StepPressed{}, PlayPressed{}, PlayTicked{s.turn}, PlayTicked{s.turn - 1}, ResetPressed{},
		UndoPressed{}, UndoPressed{}, RedoPressed{}, RetryPressed{}, ProblemDismissed{}, LinkPressed{}, HelpToggled{},
		ModelChosen{pick("sort", "tiny", "none")}, StageChosen{stages[r.IntN(len(stages))].ID}, StageChosen{Stage(pick("", "block.9", "x"))},
		PanelChosen{pick("", "logits", "sample.top_k", "none")}, CellHovered{cell()}, CellHovered{cell()}, CellChosen{cell()},
		SamplingChanged{Sampling{Temperature: r.Float32()*4 - 1, TopK: r.IntN(5) - 1, TopP: r.Float32(), Seed: r.Uint64()}},
		ThemeChosen{ThemeDark}, SheetMoved{SheetFull}, TokenizerChosen{pick("letters", "gpt2", "none")},
		ProbeChanged{pick("", "How to predict", "ABC")}, MergesToggled{r.IntN(4) - 1},
		Navigated{pick("", "#model=tiny", randomLink(r).Hash(), s.Link().Hash())},
		Replied{engine.Reply{ID: r.IntN(50), Error: "No."}}, Crashed{"a test"}, WorkerStarted{}, nil,
	}
	if r.IntN(20) == 0 {
		return WorkerDied{"a test"}
	}
	return all[r.IntN(len(all))]
}

func TestAnySessionEndsInAStateThatHolds(t *testing.T) {
	for seed := range uint64(5) {
		random := rand.New(rand.NewPCG(seed, 7))
		r := open(t, "")
		for n := range 150 {
			r.slow = random.IntN(3) == 0
			r.send(randomMessage(random, r.s))
			if r.slow = false; n%5 == 0 {
				r.deliver()
				holds(r)
			}
		}
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

// holds checks what must be true whenever all answers have arrived.
func holds(r *reader) {
	r.t.Helper()
	s := r.s
	r.expect("busy", Busy(s), false)
	if s.Phase != Ready {
		return
	}
	if s.TextError == "" {
		r.expect("generated tokens", len(s.Tokens)-s.prompted(), len(s.Generated))
		rows, _ := s.Info("tokens")
		r.expect("rows of the tokens", rows.Rows, len(s.Tokens))
	}
	for _, i := range s.Steps {
		if v, ok := s.Values(i.Name); !ok || v.Rows != i.Rows || v.Cols != i.Cols || len(v.Data) != i.Rows*i.Cols {
			r.t.Errorf("%s is (%d, %d) in the list of steps, (%d, %d) on the page", i.Name, i.Rows, i.Cols, v.Rows, v.Cols)
		}
	}
	if c := s.Cell; c != nil && !s.has(c) || s.Hover != nil && !s.has(s.Hover) {
		r.t.Errorf("the cells %v and %v are not there", s.Cell, s.Hover)
	}
	if c := s.pointed(); (c == nil) != (s.Explained == nil) || c != nil && !s.answers(c) {
		r.t.Errorf("the reader points at %v; explained is %v", c, s.Explained)
	}
	Explain(s)
	Explainer(s)
	for _, i := range s.Steps {
		if i.Op == model.OpLinear {
			PanelText(i, s)
		}
	}
	l, warnings := ParseHash(s.Link().Hash())
	if len(warnings) > 0 || l.Hash() != s.Link().Hash() {
		r.t.Errorf("the link %s gives %v", s.Link().Hash(), warnings)
	}
}
