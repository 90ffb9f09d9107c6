package feature_test

import (
	"slices"
	"testing"

	"glassbox/web/address"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

func TestTheSceneFollowsTheWordOfTheSelectedNumber(t *testing.T) {
	r := writes(t)
	r.Send(PromptChanged{"How to predict"})
	V := r.S.Config.Vocab
	for _, word := range []int{4331, 50256, 2613, 20000, 0, 5} {
		for _, c := range []run.Cell{{Name: "logits", Row: 2, Col: word}, {Name: "wte.weight", Row: word, Col: 3}} {
			r.Send(CellChosen{&c})
			first := r.S.FirstWord
			if want := min(max(word-8, 0), V-run.Window); first != want {
				t.Fatalf("at word %d the scene shows those from %d on; expected %d, so that it stands in the middle of 16", word, first, want)
			}
			ask := engine.Tensor{Name: "logits", To: 3, Col: first, Cols: run.Window}
			if c.Name == "wte.weight" {
				ask = engine.Tensor{Name: "wte.weight", From: first, To: first + run.Window}
			}
			want, got := r.E.Handle(engine.Request{Tensor: &ask}).Values, r.S.Held(c.Name)
			if got.From != want.From || got.Col != want.Col || !slices.Equal(got.Data, want.Data) {
				t.Errorf("at word %d, %d numbers of %s from row %d, column %d on are not the model's", word, len(got.Data), c.Name, got.From, got.Col)
			}
			x, ok := r.S.At(c.Name, c.Row, c.Col)
			if e := r.S.Explained; !ok || e == nil || e.Value != x {
				t.Errorf("%v is %v, %t; explained as %v", c, x, ok, e)
			}
		}
	}
	r.Send(PromptChanged{"How to"})
	if v := r.S.Held("logits"); v.Rows > 0 && v.Col != r.S.FirstWord {
		t.Errorf("after a run the logits begin at word %d; the window at %d", v.Col, r.S.FirstWord)
	}
}

// TestTheWordInUseIsTheOneThatIsReadOrTheOneThatFollows: before the blocks that of the token, behind them what comes
// next, and everywhere that of the number that the reader keeps.
func TestTheWordInUseIsTheOneThatIsReadOrTheOneThatFollows(t *testing.T) {
	r := writes(t).Send(PromptChanged{"How to predict"})
	drawn := r.S.Drawn.ID
	for _, c := range []struct {
		stage run.Stage
		cell  *run.Cell
		want  int
	}{
		{run.StageOverview, nil, -1}, {run.BlockStage(0), nil, -1},
		{run.StageTokenize, nil, 4331}, {run.StageToken, nil, 4331}, {run.StagePosition, nil, 4331},
		{run.StageOutput, nil, drawn}, {run.StageSoftmax, nil, drawn}, {run.StageSample, nil, drawn},
		{run.StageToken, &run.Cell{Name: "embed.token", Row: 0, Col: 1}, 2437},
		{run.StageOutput, &run.Cell{Name: "ln_f", Row: 0, Col: 1}, 284},
		{run.StageOutput, &run.Cell{Name: "logits", Row: 0, Col: 77}, 77},
		{run.StageToken, &run.Cell{Name: "wte.weight", Row: 99, Col: 1}, 99},
	} {
		s := r.S
		s.Stage, s.Cell = c.stage, c.cell
		if got := s.WordInUse(); got.ID != c.want || got.ID >= 0 && got.Text == "" {
			t.Errorf("at the stage %q with %v, the word in use is %v; expected %d", c.stage, c.cell, got, c.want)
		}
	}
}

func TestTheSceneIsToldOfTheWindowBeforeTheFlight(t *testing.T) {
	r := writes(t)
	r.Send(PromptChanged{"How to predict"})
	state, commands := Update(r.S, CellChosen{&run.Cell{Name: "wte.weight", Row: 4331, Col: 0}})
	told := slices.Index(commands, Command(ShowWindow{"wte.weight", state.FirstWord, 0}))
	flight := slices.IndexFunc(commands, func(c Command) bool { _, is := c.(Fly); return is })
	if told < 0 || flight >= 0 && flight < told || !slices.Contains(commands, Command(ShowWindow{"logits", 0, state.FirstWord})) {
		t.Errorf("the commands are %v", commands)
	}
}

func TestTheSceneHearsOfAChangeOnceAndOfNothingElse(t *testing.T) {
	r := apptest.Open(t, "")
	shows := func() int { return apptest.Count[Show](r) }
	n := shows()
	if r.Send(ThemeChosen{Theme: address.ThemeDark}); shows() != n+1 || apptest.LastOf[Show](r).Is.Theme != address.ThemeDark {
		t.Errorf("a new theme: told %d times", shows()-n)
	}
	if r.Send(ThemeChosen{Theme: address.ThemeDark}, LettersToggled{}); shows() != n+1 {
		t.Errorf("what the scene does not show: told %d times", shows()-n-1)
	}
	n = shows()
	if r.Send(CellHovered{Cell: &run.Cell{Name: r.S.TokenIDs()}}); shows() == n || apptest.LastOf[Show](r).Is.Explained == nil {
		t.Error("a number under the pointer is not shown with its operands")
	}
	n = shows()
	if r.Send(Crashed{Reason: "x"}); shows() != n+1 {
		t.Error("after a crash, the scene is not told again")
	}
}
