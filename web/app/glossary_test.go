package app

import (
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/run"
)

func TestEveryWordOfTheGlossaryHasItsPlace(t *testing.T) {
	words := Glossary()
	if len(words) < 30 || !slices.IsSortedFunc(words, func(a, b GlossaryWord) int {
		return strings.Compare(strings.ToLower(a.Word), strings.ToLower(b.Word))
	}) {
		t.Errorf("%d words, in the order of the alphabet?", len(words))
	}
	for _, g := range words {
		if err := address.Identifier(g.ID); err != nil || g.Text == "" || !strings.HasSuffix(g.Text, ".") || len(g.Text) > 220 {
			t.Errorf("%s: %q, %v", g.ID, g.Text, err)
		}
		r := open(t, "").send(FinderToggled{}, FinderTyped{g.Word})
		at := -1
		for i := range r.s.Finder.Listed() {
			if f, _ := r.s.Finder.Picked(i); f.Kind == FoundWord && f.Name == g.ID {
				at = i
			}
		}
		if at < 0 {
			t.Errorf("the finder does not find %s", g.Word)
			continue
		}
		r.send(FinderPicked{at})
		if stage, panel := r.s.Locate(g.seat); r.s.Panel != panel || r.s.Stage != stage || stage == run.StageOverview {
			t.Errorf("%s leads to %s of %s; expected %s of %s", g.ID, r.s.Panel, r.s.Stage, panel, stage)
		}
		hash := r.s.Hash()
		again := open(t, hash)
		if word, ok := again.s.Glossed(); !ok || word.ID != g.ID || again.s.Panel != r.s.Panel || again.s.Notice != "" {
			t.Errorf("%s opens %q, with %q", hash, word.ID, again.s.Notice)
		}
	}
}

// TestPlacesAreThereInEveryModel holds the places equal to what the smallest model has.
func TestPlacesAreThereInEveryModel(t *testing.T) {
	for _, tied := range []bool{true, false} {
		steps, err := model.Outline(model.Config{Vocab: 3, Context: 2, Width: 2, Heads: 1, Blocks: 1, Tied: tied}, 2)
		if err != nil {
			t.Fatal(err)
		}
		s := run.Run{Config: model.Config{Blocks: 1}}.WithSteps(steps)
		for _, g := range Glossary() {
			stage, panel := s.Locate(g.seat)
			if drawn := g.seat.Part == model.PartSample; panel == "" && g.seat.Op != "" && !drawn || !s.HasStage(stage) || stage == run.StageOverview {
				t.Errorf("%s leads to %q of %q", g.ID, panel, stage)
			}
		}
	}
}

func TestAWordClosesWithItsPlace(t *testing.T) {
	r := open(t, "#word=softmax&stage=softmax")
	if _, place := Spoken(r.s); !strings.HasPrefix(place, "Softmax: Turns any numbers into shares") {
		t.Errorf("what is spoken: %s", place)
	}
	if r.send(CellHovered{}); r.s.Word != "softmax" {
		t.Error("it closes without a reason")
	}
	if r.send(StageChosen{run.StageNorm}); r.s.Word != "" {
		t.Error("it stays at another stage")
	}
	if r = open(t, "#word=softmax"); r.send(KeyPressed(r.s, "Escape")).s.Word != "" {
		t.Error("Escape does not close it")
	}
	if r = open(t, "#word=no-word"); r.s.Word != "" || r.s.Notice != "The glossary has no word no word." {
		t.Errorf("an unknown word: %q", r.s.Notice)
	}
}
