package model

import (
	"fmt"
	"math"
	"testing"

	"github.com/chewxy/math32"
)

// bent returns small with another activation, and other factors of the scores.
func bent(t testing.TB, a Activation, unscaled, perBlock bool) *Model {
	t.Helper()
	m := small(t, true)
	m.Config.Activation, m.Config.Unscaled, m.Config.PerBlock = a, unscaled, perBlock
	return m
}

func TestEveryNumberOfEachActivationExplainsItself(t *testing.T) {
	for _, a := range Activations() {
		t.Run(a.Name(), func(t *testing.T) {
			tr := explainable(t, bent(t, a, a == ReLU, a == SiLU), Sampling{Temperature: 0.8, TopK: 9, Seed: 3})
			checkCells(t, tr, 40)
			curve, _ := a.curve()
			if s := tr.Step("h.1." + curve.step); s == nil || s.Op != a.Op() || !s.Op.Bends() || s.Op.Formula() == "" {
				t.Errorf("the step is %+v", s)
			}
		})
	}
}

func TestScoresAreDividedAsTheConfigurationSays(t *testing.T) {
	root := math32.Sqrt(4) // A = 12/3
	for _, c := range []struct {
		unscaled, perBlock bool
		want               [2]float32
	}{{false, false, [2]float32{1 / root, 1 / root}}, {true, false, [2]float32{1, 1}}, {false, true, [2]float32{1 / root, 1 / root / 2}}, {true, true, [2]float32{1, 0.5}}} {
		tr, err := bent(t, TanhGELU, c.unscaled, c.perBlock).Forward([]int{1, 2, 3})
		if err != nil {
			t.Fatal(err)
		}
		for l, want := range c.want {
			s := tr.Step(fmt.Sprintf("h.%d.attn.head.2.scaled", l))
			scores, scaled := tr.Step(fmt.Sprintf("h.%d.attn.head.2.scores", l)).Row(2)[1], s.Row(2)[1]
			if s.Factor != want || scaled != scores*want {
				t.Errorf("%+v: in block %d the factor is %v, of %v comes %v; expected %v", c, l, s.Factor, scores, scaled, want)
			}
		}
	}
}

// The forms of GELU differ by what a reader of logits would notice.
func TestTheFormsOfGELUGiveOtherLogits(t *testing.T) {
	logits := func(a Activation) []float32 {
		tr, err := bent(t, a, false, false).Forward([]int{3, 17, 5})
		if err != nil {
			t.Fatal(err)
		}
		return tr.Step("logits").Row(2)
	}
	most := 0.0
	for i, v := range logits(TanhGELU) {
		most = max(most, math.Abs(float64(v-logits(ErfGELU)[i])))
	}
	if most < 1e-5 || most > 0.1 {
		t.Errorf("they differ by %v", most)
	}
}

// TestAnActivationThatThereIsNotIsRefused, rather than computed by the last that there is.
func TestAnActivationThatThereIsNotIsRefused(t *testing.T) {
	c := Config{Vocab: 3, Context: 4, Width: 4, Heads: 2, Blocks: 1}
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	if c.Activation = 99; c.Validate() == nil {
		t.Error("a model of an activation that there is not is valid")
	}
}
