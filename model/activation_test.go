package model

import (
	"fmt"
	"math"
	"strings"
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

func TestAConfigurationSaysHowTheModelComputes(t *testing.T) {
	for config, want := range map[string]struct {
		a                  Activation
		unscaled, perBlock bool
		wrong              string
		assumed            bool
		epsilon            float32
	}{
		`{"n_head": 1, "activation_function": "gelu_new"}`:                                       {},
		`{"n_head": 1, "activation_function": "gelu"}`:                                           {a: ErfGELU},
		`{"n_head": 1, "activation_function": "relu", "scale_attn_weights": false}`:              {a: ReLU, unscaled: true},
		`{"n_head": 1, "activation_function": "swish", "scale_attn_by_inverse_layer_idx": true}`: {a: SiLU, perBlock: true},
		`{"n_head": 1, "model_type": "gpt2"}`:                                                    {},
		`{"n_head": 1, "block_size": 5}`:                                                         {assumed: true},
		`{"n_head": 1, "activation_function": "mish"}`:                                           {wrong: "activation_function = mish"},
		`{"n_head": 1, "model_type": "gpt2", "add_cross_attention": true}`:                       {wrong: "add_cross_attention = true"},
		`{"n_head": 1, "model_type": "gpt2", "layer_norm_epsilon": 1e-5}`:                        {},
		`{"n_head": 1, "model_type": "gpt2", "layer_norm_epsilon": 1e-3}`:                        {epsilon: 1e-3},
		`{"n_head": 1, "model_type": "gpt2", "layer_norm_epsilon": 0}`:                           {wrong: "layer_norm_epsilon = 0"},
	} {
		f := file(t, wide(t, true))
		metadata("config", config)(f)
		b := encoded(t, f)
		i, err := Import("others", b, Options{})
		if want.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), "not computed here: "+want.wrong) {
				t.Errorf("%s: %v; expected that %s is refused", config, err, want.wrong)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", config, err)
		}
		if c := i.Model.Config; c.Activation != want.a || c.Unscaled != want.unscaled || c.PerBlock != want.perBlock || c.Epsilon != want.epsilon || remarks(i, "tanh form of GELU is assumed") != want.assumed {
			t.Errorf("%s: read as %+v, with the notes %v", config, c, i.Notes)
		}
		seen, err := Inspect("others", b, int64(len(b)))
		if err != nil || seen.Activates == want.assumed {
			t.Errorf("%s: its header says %+v, %v", config, seen, err)
		}
		again, _, err := Load("again", must(i.Model.Save(nil)))
		if err != nil || again.Config != i.Model.Config {
			t.Errorf("%s: saved and read again it is %+v, %v", config, again, err)
		}
		relu := ReLU
		if i, err = Import("others", b, Options{Activation: &relu}); err != nil || i.Model.Config.Activation != ReLU {
			t.Errorf("%s: asked for ReLU, it is %+v, %v", config, i, err)
		}
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
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
