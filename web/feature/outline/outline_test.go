package outline_test

import (
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/outline"
	"glassbox/web/run"
)

func TestTheOutlineHoldsEveryStepAndWeightOnce(t *testing.T) {
	r := apptest.Open(t, "")
	var listed, want []string
	for _, stage := range outline.Stages(&r.S) {
		for _, p := range stage.Panels {
			if i, _ := r.S.Info(p.Name); i.Rows != p.Rows || i.Cols != p.Cols {
				t.Errorf("%s is %d by %d in the outline", p.Name, p.Rows, p.Cols)
			}
			if !slices.Contains(listed, p.Name) {
				listed = append(listed, p.Name)
			}
		}
	}
	for _, i := range r.S.Steps {
		want = append(want, i.Name)
	}
	slices.Sort(listed)
	slices.Sort(want)
	if !slices.Equal(listed, want) {
		t.Errorf("the outline lists %d of %d", len(listed), len(want))
	}
}

func TestTheOutlineOfALargeModelOpensWhereTheReaderIs(t *testing.T) {
	s := app.New([]Choice{{ID: "large", Config: model.Config{Vocab: 9, Context: 8, Width: 48, Heads: 12, Blocks: 12}}})
	s.Stage = run.PartStage(3, model.PartAttention)
	for _, stage := range outline.Stages(&s) {
		if open := len(stage.Panels) > 0; open != (stage.Stage == s.Stage) || stage.Current != open {
			t.Errorf("%s: open is %t, current %t", stage.Stage, open, stage.Current)
		}
	}
}
