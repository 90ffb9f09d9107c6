package checkpoint

import (
	"glassbox/model"
	"strings"
	"testing"
)

func TestAConfigurationSaysHowTheModelComputes(t *testing.T) {
	for config, want := range map[string]struct {
		a                  model.Activation
		unscaled, perBlock bool
		wrong              string
		assumed            bool
		epsilon            float32
	}{
		`{"n_head": 1, "activation_function": "gelu_new"}`:                                       {},
		`{"n_head": 1, "activation_function": "gelu"}`:                                           {a: model.ErfGELU},
		`{"n_head": 1, "activation_function": "relu", "scale_attn_weights": false}`:              {a: model.ReLU, unscaled: true},
		`{"n_head": 1, "activation_function": "swish", "scale_attn_by_inverse_layer_idx": true}`: {a: model.SiLU, perBlock: true},
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
		again, _, err := Load("again", must(Save(i.Model, nil)))
		if err != nil || again.Config != i.Model.Config {
			t.Errorf("%s: saved and read again it is %+v, %v", config, again, err)
		}
		relu := model.ReLU
		if i, err = Import("others", b, Options{Activation: &relu}); err != nil || i.Model.Config.Activation != model.ReLU {
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
