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
	for _, word := range []int{4331, 50256, 2613, 20000} {
		for _, c := range []run.Cell{{Name: "logits", Row: 2, Col: word}, {Name: "wte.weight", Row: word, Col: 3}} {
			r.Send(CellChosen{&c})
			first := r.S.FirstWord
			if word < first || word >= first+run.LongAxis || first < 0 || first > V-run.LongAxis {
				t.Fatalf("of %d words from %d on, the scene shows those from %d on at word %d", run.LongAxis, V, first, word)
			}
			ask := engine.Tensor{Name: "logits", To: 3, Col: first, Cols: run.LongAxis}
			if c.Name == "wte.weight" {
				ask = engine.Tensor{Name: "wte.weight", From: first, To: first + run.LongAxis}
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
	at := r.S.FirstWord
	r.Send(CellChosen{})
	if r.S.FirstWord != at {
		t.Error("the window moves when the number is let go")
	}
	r.Send(PromptChanged{"How to"})
	if v := r.S.Held("logits"); v.Rows > 0 && v.Col != at {
		t.Errorf("after a run the logits begin at word %d; the window at %d", v.Col, at)
	}
}

// TestTheWindowStaysForEveryWordInIt: from its first word to its last, and moves for the next on either side.
func TestTheWindowStaysForEveryWordInIt(t *testing.T) {
	r := writes(t)
	r.Send(PromptChanged{"How to predict"}, CellChosen{&run.Cell{Name: "logits", Row: 2, Col: 20000}})
	at := r.S.FirstWord
	for word, stays := range map[int]bool{at: true, at + run.LongAxis - 1: true, at - 1: false, at + run.LongAxis: false} {
		moved := apptest.Words(t).Send(PromptChanged{"How to predict"}, CellChosen{&run.Cell{Name: "logits", Row: 2, Col: 20000}},
			CellChosen{&run.Cell{Name: "logits", Row: 2, Col: word}})
		if first := moved.S.FirstWord; (first == at) != stays || word < first || word >= first+run.LongAxis {
			t.Errorf("from words %d to %d on, word %d brings those from %d on", at, at+run.LongAxis-1, word, first)
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
