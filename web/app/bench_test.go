package app

import (
	"testing"

	"glassbox/model"
	"glassbox/web/run"
)

// What runs on every keystroke or pointer move beside the model and the scene.

func BenchmarkKeystroke(b *testing.B) {
	r := open(b, "")
	for n := 0; b.Loop(); n++ {
		r.done = nil
		r.send(PromptChanged{"CBABBC"[:5+n%2]})
	}
}

func BenchmarkHover(b *testing.B) {
	r := open(b, "")
	for n := 0; b.Loop(); n++ {
		r.done = nil
		r.send(CellHovered{&run.Cell{Name: "h.1.mlp.down", Row: 3, Col: n % 48}})
		r.s.View().Calculation()
	}
}

func BenchmarkTexts(b *testing.B) {
	s := open(b, "").send(StageChosen{run.PartStage(1, model.PartAttention)}, PanelChosen{"h.1.attn.head.1.scores"}).s
	i, _ := s.Info(s.Panel)
	for b.Loop() {
		Stages(s)
		s.View().Text()
		s.View().About(i)
	}
}
