package checkpoint

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/safetensors"
)

// JSON returns a configuration as the object that stands under "config" in the
// metadata of a safetensors file.
func JSON(c model.Config) string {
	if c.Family == model.FamilyLlama {
		return llamaJSON(c)
	}
	s := fmt.Sprintf(`{"vocab_size": %d, "n_positions": %d, "n_embd": %d, "n_head": %d, "n_layer": %d, "tied": %t`,
		c.Vocab, c.Context, c.Width, c.Heads, c.Blocks, c.Tied)
	if c.Inner != 0 {
		s += fmt.Sprintf(`, "n_inner": %d`, c.Inner)
	}
	if c.Activation != model.TanhGELU {
		s += `, "activation_function": ` + safetensors.Quote(c.Activation.Name())
	}
	if c.Epsilon != 0 && c.Epsilon != model.Epsilon {
		s += `, "layer_norm_epsilon": ` + strconv.FormatFloat(float64(c.Epsilon), 'g', -1, 32)
	}
	if c.Unscaled {
		s += `, "scale_attn_weights": false`
	}
	if c.PerBlock {
		s += `, "scale_attn_by_inverse_layer_idx": true`
	}
	if c.Alphabet != "" {
		s += `, "alphabet": ` + safetensors.Quote(c.Alphabet)
	}
	return s + "}"
}

// llamaJSON returns the configuration of a Llama in the words of the published ones.
func llamaJSON(c model.Config) string {
	var b strings.Builder
	field := func(name, value string) {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(safetensors.Quote(name) + ": " + value)
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	field("model_type", safetensors.Quote(kinName(c)))
	for _, size := range []struct {
		name string
		is   int
	}{{"vocab_size", c.Vocab}, {"max_position_embeddings", c.Context}, {"hidden_size", c.Width}, {"num_attention_heads", c.Heads},
		{"num_hidden_layers", c.Blocks}, {"intermediate_size", c.Wide()}} {
		field(size.name, strconv.Itoa(size.is))
	}
	field("num_key_value_heads", strconv.Itoa(c.Groups()))
	field("head_dim", strconv.Itoa(c.HeadSize()))
	field("rms_norm_eps", strconv.FormatFloat(float64(cmp.Or(c.Epsilon, model.Epsilon)), 'g', -1, 32))
	field("rope_theta", number(c.Rotary.Theta))
	if r := c.Rotary; r.Slow != model.SlowNone {
		scaling := `{"rope_type": ` + safetensors.Quote(r.Slow.Name()) + `, "factor": ` + number(r.Factor)
		if r.Slow == model.SlowLlama3 {
			scaling += `, "low_freq_factor": ` + number(r.Low) + `, "high_freq_factor": ` + number(r.High) + `, "original_max_position_embeddings": ` + number(r.Original)
		}
		field("rope_scaling", scaling+"}")
	}
	field("hidden_act", safetensors.Quote(c.Activation.Name()))
	if kin := kinName(c); kin != "qwen2" && kin != "mistral" && c.Biases.Has(model.BiasQKV) == c.Biases.Has(model.BiasProj) { // the others have no word for it
		field("attention_bias", strconv.FormatBool(c.Biases.Has(model.BiasProj)))
	}
	field("mlp_bias", strconv.FormatBool(c.Biases.Has(model.BiasMLP)))
	field("tie_word_embeddings", strconv.FormatBool(c.Tied))
	if c.Window > 0 {
		field("sliding_window", strconv.Itoa(c.Window))
		field("use_sliding_window", "true")
		field("max_window_layers", strconv.Itoa(c.WindowFrom))
	}
	return "{" + b.String() + "}"
}

// kinName returns the family of Llama's kin whose published models have what c has.
func kinName(c model.Config) string {
	switch {
	case c.HeadNorms:
		return "qwen3"
	case c.Biases == model.BiasQKV:
		return "qwen2"
	case c.Window > 0:
		return "mistral"
	}
	return "llama"
}
