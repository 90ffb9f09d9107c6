package label

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/golden"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/scenetest"
)

// TestPanelsAreNamedAsBefore: every label, and where it is anchored, stands in the golden file.
func TestPanelsAreNamedAsBefore(t *testing.T) {
	var out strings.Builder
	for _, c := range []model.Config{scenetest.Nano, {Vocab: 50257, Context: 1024, Width: 64, Heads: 2, Blocks: 1, Tied: true}, {Vocab: 9, Context: 9000, Width: 6, Heads: 1, Blocks: 1}} {
		infos := scenetest.Outline(t, c, 7)
		info := func(name string) *model.Info {
			for i := range infos {
				if infos[i].Name == name {
					return &infos[i]
				}
			}
			return nil
		}
		out.WriteString("\n== " + golden.Text(c) + "\n")
		windows := map[string][2]int{"wte.weight": {400, 0}, "wpe.weight": {4500, 0}, "logits": {0, 400}}
		for _, k := range Captions(layout.New(c, infos, windows, 1.3, map[int]layout.Front{}, layout.Pairs{}), info) {
			out.WriteString(golden.Text(k) + "\n")
		}
		for i := range infos {
			if s := &infos[i]; s.Block <= 0 && s.Head <= 0 {
				out.WriteString(s.Name + ": " + Title(s, s) + ", " + Shape(s) + ", " + Turned(s) + "\n")
			}
		}
	}
	for _, p := range []float32{0, 0.0004, 0.0049, 0.005, 0.12345, 0.5, 0.9949, 0.9996, 1} {
		out.WriteString(Percent(p) + " " + WholePercent(p) + "\n")
	}
	golden.Compare(t, "named", out.String())
}
