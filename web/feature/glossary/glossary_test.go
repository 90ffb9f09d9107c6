package glossary_test

import (
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/finder"
	"glassbox/web/feature/glossary"
	"glassbox/web/run"
)

func TestEveryWordOfTheGlossaryHasItsPlace(t *testing.T) {
	words := glossary.Entries()
	if len(words) < 30 || !slices.IsSortedFunc(words, func(a, b glossary.Entry) int {
		return strings.Compare(strings.ToLower(a.Word), strings.ToLower(b.Word))
	}) {
		t.Errorf("%d words, in the order of the alphabet?", len(words))
	}
	for _, g := range words {
		if err := address.Identifier(g.ID); err != nil || g.Text == "" || !strings.HasSuffix(g.Text, ".") || len(g.Text) > 220 {
			t.Errorf("%s: %q, %v", g.ID, g.Text, err)
		}
		r := apptest.Open(t, "").Send(finder.Toggled{}, finder.Typed{Text: g.Word})
		at := -1
		for i := range finder.Of(&r.S).Listed() {
			if f, _ := finder.Of(&r.S).Picked(i); f.Kind == finder.FoundPlace && f.Name == g.ID {
				at = i
			}
		}
		if at < 0 {
			t.Errorf("the finder does not find %s", g.Word)
			continue
		}
		r.Send(finder.Picked{At: at})
		if stage, panel := r.S.Locate(g.Seat); r.S.Panel != panel || r.S.Stage != stage || stage == run.StageOverview {
			t.Errorf("%s leads to %s of %s; expected %s of %s", g.ID, r.S.Panel, r.S.Stage, panel, stage)
		}
		hash := r.S.Hash()
		again := apptest.Open(t, hash)
		if word := glossary.Of(&again.S).Word; word != g.ID || again.S.Panel != r.S.Panel || again.S.Notice != "" {
			t.Errorf("%s opens %q, with %q", hash, word, again.S.Notice)
		}
	}
}

// TestPlacesAreThereInEveryModel holds the places equal to what the smallest models have: each word leads to a stage, and in one
// of them to a step or weight, but for those of sampling, which are not there yet.
func TestPlacesAreThereInEveryModel(t *testing.T) {
	shown := map[string]bool{}
	small := model.Config{Vocab: 3, Context: 2, Width: 2, Heads: 1, Blocks: 1}
	tied, llama := small, small
	tied.Tied = true
	llama.Family, llama.Activation, llama.Rotary = model.FamilyLlama, model.SiLU, model.Rotary{Theta: 100}
	for _, c := range []model.Config{small, tied, llama} {
		steps, err := model.Outline(c, 2)
		if err != nil {
			t.Fatal(err)
		}
		s := run.Run{Config: c}.WithSteps(steps)
		for _, g := range glossary.Entries() {
			stage, panel := s.Locate(g.Seat)
			if elsewhere := g.Seat.Part == model.PartPosition && c.Family == model.FamilyLlama; stage == run.StageOverview || !s.HasStage(stage) && !elsewhere {
				t.Errorf("%s leads to %q of %q", g.ID, panel, stage)
			}
			if panel != "" || g.Seat.Op == "" || g.Seat.Part == model.PartSample {
				shown[g.ID] = true
			}
		}
	}
	for _, g := range glossary.Entries() {
		if !shown[g.ID] {
			t.Errorf("%s can be seen in no model", g.ID)
		}
	}
}

func TestAWordClosesWithItsPlace(t *testing.T) {
	r := apptest.Open(t, "#word=softmax&stage=softmax")
	if _, place := Spoken(r.S); !strings.HasPrefix(place, "Softmax: Turns any numbers into shares") {
		t.Errorf("what is spoken: %s", place)
	}
	if r.Send(CellHovered{}); glossary.Of(&r.S).Word != "softmax" {
		t.Error("it closes without a reason")
	}
	if r.Send(StageChosen{Stage: run.StageNorm}); glossary.Of(&r.S).Word != "" {
		t.Error("it stays at another stage")
	}
	r = apptest.Open(t, "#word=softmax")
	if r.Send(KeyPressed(r.S, "Escape")); glossary.Of(&r.S).Word != "" {
		t.Error("Escape does not close it")
	}
	if r = apptest.Open(t, "#word=no-word"); glossary.Of(&r.S).Word != "" || r.S.Notice != "The glossary has no word no word." {
		t.Errorf("an unknown word: %q", r.S.Notice)
	}
}

func TestAWordAndTheHeadsStandSideBySide(t *testing.T) {
	r := apptest.Open(t, "#stage=block.0.attention&attention=h.0.attn.head.1&word=attention")
	if glossary.Of(&r.S).Word != "attention" || r.S.Mode != "attention" {
		t.Errorf("a link to both opens the word %q, the mode %q", glossary.Of(&r.S).Word, r.S.Mode)
	}
	if r.Send(glossary.Opened{ID: "gelu"}); glossary.Of(&r.S).Word != "gelu" {
		t.Error("a word of another stage closes with the heads that it leaves")
	}
}
