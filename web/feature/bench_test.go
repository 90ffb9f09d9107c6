package feature_test

import (
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

// What runs on every keystroke or pointer move beside the model and the scene.

func BenchmarkKeystroke(b *testing.B) {
	r := apptest.Open(b, "")
	for n := 0; b.Loop(); n++ {
		r.Commands = nil
		r.Send(PromptChanged{"CBABBC"[:5+n%2]})
	}
}

func BenchmarkHover(b *testing.B) {
	r := apptest.Open(b, "")
	for n := 0; b.Loop(); n++ {
		r.Commands = nil
		r.Send(CellHovered{&run.Cell{Name: "h.1.mlp.down", Row: 3, Col: n % 48}})
		r.S.View().Calculation()
	}
}

func BenchmarkTexts(b *testing.B) {
	s := apptest.Open(b, "").Send(StageChosen{run.PartStage(1, model.PartAttention)}, PanelChosen{"h.1.attn.head.1.scores"}).S
	i, _ := s.Info(s.Panel)
	for b.Loop() {
		Stages(s)
		s.View().Text()
		s.View().About(i)
	}
}
