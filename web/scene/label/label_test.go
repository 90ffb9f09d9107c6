package label

import (
	"testing"

	"glassbox/model"
	"glassbox/web/scene/layout"
	"glassbox/web/scene/scenetest"
)

// captions are the labels of a tower, by the first tensor that each names.
func captions(t *testing.T, c model.Config, windows map[string][2]int) map[string]Caption {
	t.Helper()
	infos := scenetest.Outline(t, c, 5)
	info := func(name string) *model.Info {
		for i := range infos {
			if infos[i].Name == name {
				return &infos[i]
			}
		}
		return nil
	}
	named := map[string]Caption{}
	for i, k := range Captions(layout.New(c, infos, windows, 1.3, map[int]layout.Front{}, layout.Pairs{}), info) {
		if k.ID != i || len(k.Tensors) == 0 {
			t.Fatalf("label %d has number %d and names %v", i, k.ID, k.Tensors)
		}
		if _, twice := named[k.Tensors[0]]; !twice || !k.Back {
			named[k.Tensors[0]] = k
		}
	}
	return named
}

func TestALabelSaysWhatStandsThereAndHowLargeItIs(t *testing.T) {
	named := captions(t, scenetest.Nano, nil)
	for name, want := range map[string][2]string{
		"h.0.attn.head.0.scores": {"scores", "T × T"},
		"h.0.mlp.up":             {"widened", "T × 4C"},
		"h.1.ln_1":               {"norm 1", "T × C"},
		"logits":                 {"logits", "T × V"},
		"wpe.weight":             {"position table", "11 × C"},
	} {
		if k := named[name]; k.Name != want[0] || k.Shape != want[1] {
			t.Errorf("%s is labelled %q, %q; expected %q", name, k.Name, k.Shape, want)
		}
	}
}

func TestALabelSaysWhichPartOfALongAxisIsShown(t *testing.T) {
	c := model.Config{Vocab: 50257, Context: 64, Width: 96, Heads: 2, Blocks: 1, Tied: true}
	for start, want := range map[int]string{0: "0–511 of 50,257", 20000: "20000–20511 of 50,257", 50000: "49745–50256 of 50,257"} {
		named := captions(t, c, map[string][2]int{"wte.weight": {start, 0}, "logits": {0, start}})
		if got := named["wte.weight"].Shape; got != "V × C · "+want {
			t.Errorf("from word %d on, the table is labelled %q", start, got)
		}
		if got := named["logits"].Shape; got != "T × V · "+want {
			t.Errorf("from word %d on, the logits are labelled %q", start, got)
		}
	}
	c.Vocab = layout.LongAxis
	if got := captions(t, c, nil)["logits"].Shape; got != "T × V" {
		t.Errorf("logits that are shown whole are labelled %q", got)
	}
}

func TestHeadsBehindAreNamedFromOneOn(t *testing.T) {
	named := captions(t, scenetest.Nano, nil)
	for name, want := range map[string]string{"h.0.attn.head.1.scores": "head 2", "h.0.attn.head.2.scores": "head 3"} {
		if k := named[name]; k.Name != want || !k.Back || !k.Minor {
			t.Errorf("%s is labelled %q, behind: %t", name, k.Name, k.Back)
		}
	}
}

// TestALabelSaysHowATensorIsDrawnWhereTheDrawingTurnsIt: tokens are columns in the scene and rows in the model.
func TestALabelSaysHowATensorIsDrawnWhereTheDrawingTurnsIt(t *testing.T) {
	named := captions(t, scenetest.Nano, nil)
	for name, want := range map[string]string{
		"h.1.ln_1":                  "T × C, drawn C × T",
		"h.0.mlp.up":                "T × 4C, drawn 4C × T",
		"h.0.attn.head.0.query":     "T × A, drawn A × T",
		"h.0.attn.head.0.scores":    "",
		"h.0.attn.head.0.attention": "",
		"h.0.attn.c_proj.weight":    "",
	} {
		if k := named[name]; k.Drawn != want {
			t.Errorf("%s is labelled %q where there is room, expected %q", name, k.Drawn, want)
		}
	}
}
