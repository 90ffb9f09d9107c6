package explain

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/quant"
	"glassbox/web/engine"
)

// TestAWeightInABlockIsMadeOfItsParts: the formula has the parts of the block, and they make the number.
func TestAWeightInABlockIsMadeOfItsParts(t *testing.T) {
	for _, c := range []struct {
		parts         quant.Parts
		symbols, live string
		sub           bool
	}{
		{quant.Parts{Type: quant.Q8_0, D: 0.5, Q: -7, Level: -7, Block: 2, Place: 9}, "d · q", "0.5000 · −7", false},
		{quant.Parts{Type: quant.Q4_1, D: 0.5, M: -1.25, Q: 7, Level: 7}, "d · q + m", "0.5000 · 7 − 1.2500", false},
		{quant.Parts{Type: quant.Q6_K, D: 0.5, Scale: -3, Level: 11, Sub: 4}, "d · s · q", "0.5000 · −3 · 11", true},
		{quant.Parts{Type: quant.Q4_K, D: 0.5, M: 0.25, Scale: 3, Min: 2, Level: 11, Sub: 4}, "d · s · q − m · b", "0.5000 · 3 · 11 − 0.2500 · 2", true},
	} {
		parts := c.parts
		x := engine.Explained{Explanation: model.Explanation{Name: "w", Op: model.OpWeight, Value: parts.Value(), Block: &parts}}
		got := View{}.Terms(x)
		if Inline(got.Symbols) != c.symbols || Inline(got.Live) != c.live {
			t.Errorf("%s is told as %q, %q; expected %q, %q", parts.Type, Inline(got.Symbols), Inline(got.Live), c.symbols, c.live)
		}
		if !strings.Contains(got.Note, parts.Type.String()) || strings.Contains(got.Note, "smaller groups") != c.sub {
			t.Errorf("%s has the note %q", parts.Type, got.Note)
		}
	}
	if got := (View{}).Terms(engine.Explained{Explanation: model.Explanation{Name: "w", Op: model.OpWeight}}); got.Live != nil || got.Note != "" {
		t.Errorf("a weight in no block is told as %+v", got)
	}
}
