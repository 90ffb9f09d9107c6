package explain

import (
	"math"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/quant"
	"glassbox/web/engine"
	"glassbox/web/run"
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

// TestAWeightSaysWhereItsFileHasIt, if it is in another row or column there, in a block or not.
func TestAWeightSaysWhereItsFileHasIt(t *testing.T) {
	x := engine.Explained{Explanation: model.Explanation{Name: "w", Op: model.OpWeight, Stored: &model.Stored{Tensor: "blk.0.attn_q.weight", Row: 1040, Col: 7}}}
	const place = "In the file it stands in row 1040, column 7 of blk.0.attn_q.weight, counted from 0."
	if got := (View{}).Terms(x).Note; got != place {
		t.Errorf("it says %q", got)
	}
	x.Block = &quant.Parts{Type: quant.Q8_0, D: 1}
	if got := (View{}).Terms(x).Note; !strings.HasPrefix(got, place+" The file keeps 32 numbers") {
		t.Errorf("of one in a block it says %q", got)
	}
}

// TestAFormulaComesOutWithTheDigitsThatAreShown, of weights in blocks and of angles.
func TestAFormulaComesOutWithTheDigitsThatAreShown(t *testing.T) {
	for _, c := range []struct {
		parts quant.Parts
		live  string
	}{
		{quant.Parts{Type: quant.Q8_0, D: 0.00424575, Q: -50, Level: -50}, "0.004246 · −50"},
		{quant.Parts{Type: quant.Q4_1, D: 0.08557129, M: -0.7890625, Q: 11, Level: 11}, "0.08557 · 11 − 0.7891"},
	} {
		parts := c.parts
		got := View{}.Terms(engine.Explained{Explanation: model.Explanation{Name: "w", Op: model.OpWeight, Value: parts.Value(), Block: &parts}})
		if Inline(got.Live) != c.live {
			t.Errorf("%s, %s, is told as %q; expected %q", parts.Type, got.Result, Inline(got.Live), c.live)
		}
		if adds := strings.Contains(got.Note, "m is added"); adds != (parts.Type == quant.Q4_1) {
			t.Errorf("of %s the note says %q", parts.Type, got.Note)
		}
	}
	frequency, place := 0.339812, 28
	x := engine.Explained{Explanation: model.Explanation{Name: "rotary.angle", Op: model.OpAngle, Row: place, Factor: float32(frequency),
		Value: float32(math.Remainder(frequency*float64(place), 2*math.Pi))}}
	v := viewOf()
	v.Config = model.Config{Width: 64, Heads: 1}
	if got := Inline(v.Terms(x).Live); got != "28 · 0.339812, whole turns taken off" {
		t.Errorf("the angle is told as %q", got)
	}
}

// TestAStepHasTheFormulaOfWhatItReads: with a bias, or without.
func TestAStepHasTheFormulaOfWhatItReads(t *testing.T) {
	for bias, want := range map[bool]bool{true: true, false: false} {
		i := model.Info{Name: "h.0.attn.head.0.query", Op: model.OpLinear, Inputs: []model.Range{{Name: "x"}, {Name: "w"}}}
		if bias {
			i.Inputs = append(i.Inputs, model.Range{Name: "b"})
		}
		if got := Aloud(StepFormula(i)); strings.Contains(got, "bias") != want {
			t.Errorf("with a bias, %t, the formula is %s", bias, got)
		}
	}
}

// TestAPairOfTokensIsCalledByItsTokens in the questions about their score, and where they are masked.
func TestAPairOfTokensIsCalledByItsTokens(t *testing.T) {
	for _, op := range []model.Op{model.OpScores, model.OpScale, model.OpSoftmax} {
		v := viewOf(model.Info{Name: "s", Op: op, Rows: 3, Cols: 3, RowAxis: model.AxisToken, ColAxis: model.AxisKey, Causal: true})
		v.Tokens = []engine.Token{{Text: "The"}, {Text: "·capital"}, {Text: "·of"}}
		v.Cell = &run.Cell{Name: "s", Row: 2, Col: 1}
		info, _ := v.Info("s")
		if _, _, got := v.About(info); !strings.Contains(got, "token 2 (·of)") || !strings.Contains(got, "token 1 (·capital)") {
			t.Errorf("%s asks %q", op, got)
		}
		x := engine.Explained{Explanation: model.Explanation{Name: "s", Op: op, Row: 1, Col: 2, Masked: true}}
		if got := v.Terms(x).Note; !strings.Contains(got, "token 2 (·of) is later than token 1 (·capital)") {
			t.Errorf("%s, masked, notes %q", op, got)
		}
	}
}
