package scene

import (
	"testing"

	"glassbox/model"
	"glassbox/web/scene/scenetest"
)

// TestATiedWeightIsShownWhereItIsRead holds for the token table, which stands at both ends
// of the tower: a stage that reads it is a part of the tower, not all of it.
func TestATiedWeightIsShownWhereItIsRead(t *testing.T) {
	c := model.Config{Vocab: 50257, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true}
	s := New()
	s.SetMotion(false)
	s.SetSteps(c, scenetest.Outline(t, c, 3))
	s.Frame(0)
	height := s.plan.All.Max.Y - s.plan.All.Min.Y
	for _, names := range [][]string{{"embed.token", "wte.weight"}, {"logits", "wte.weight"}, {"wte.weight", "logits"}, {"wte.weight"}} {
		box := s.boundOf(names)
		if box.Max.Y-box.Min.Y > height/3 {
			t.Errorf("%v fill %.0f units of the tower's %.0f", names, box.Max.Y-box.Min.Y, height)
		}
		below := box.Max.Y < s.plan.All.Max.Y-height/2
		if want := len(names) == 2 && names[0] != "embed.token"; below != want {
			t.Errorf("%v stand in the lower half: %t; expected %t", names, below, want)
		}
	}
}
