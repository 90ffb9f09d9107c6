package view_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/scene"
)

func TestTheMinimapMarksTheStage(t *testing.T) {
	s := apptest.OpenPage(t)
	s.Root.Map = &feature.MapInfo{Bands: []feature.MapBand{{Stage: "block.0.attention", Label: "Block 1, Attention", Band: scene.Band{X: 0.1, Y: 0.2, W: 0.3, H: 0.001}},
		{Stage: "block.0.feed_forward", Label: "Block 1, Feed-forward", Band: scene.Band{X: 0.5, Y: 0.3, W: 0.5, H: 0.1}}, {Stage: "sample", Label: "Sampling", Band: scene.Band{}}}}
	html := s.HTML()
	for _, want := range []string{`role="slider" tabindex="0"`, `x="10.00"`, `y="20.00"`, `width="30.00"`, `height="0.90"`, `height="10.00"`, `height="0"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the strip lacks %s", want)
		}
	}
	for stage, want := range map[run.Stage]int{"": 0, "block.0": 2, "block.0.attention": 1, "softmax": 0} {
		s.Send(feature.StageChosen{Stage: stage})
		if got := strings.Count(s.HTML(), `class="band this"`); got != want {
			t.Errorf("at %q, %d bands are marked; expected %d", stage, got, want)
		}
	}
}
