package published

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// Settings of other families that change the numbers. What a published program would compute by them is not computed here,
// and a file is refused for them whatever family it claims to be of.
var (
	// factors change nothing where they are 1.
	factors = []string{"partial_rotary_factor", "rotary_pct", "embedding_multiplier", "residual_multiplier", "logits_scaling", "logit_scale", "scale_emb"}

	// numbers change something wherever they stand.
	numbers = []string{"final_logit_softcapping", "attn_logit_softcapping", "clip_qkv", "attention_multiplier", "query_pre_attn_scalar", "scale_depth",
		"dim_model_base", "sliding_window_pattern", "attention_chunk_size", "rope_local_base_freq", "no_rope_layer_interval"}

	// counts change nothing where they are 0.
	counts = []string{"num_local_experts", "num_experts", "n_routed_experts", "moe_intermediate_size", "num_nextn_predict_layers", "num_kv_shared_layers"}

	// additions change nothing where they are false.
	additions = []string{"use_qk_norm", "qk_layernorm", "qk_norm", "alibi", "use_parallel_residual", "parallel_attn", "rope_interleaved", "rope_interleave",
		"attn_temperature_tuning", "is_encoder_decoder", "add_cross_attention", "use_bidirectional_attention", "bidirectional"}

	// customs change nothing where they are true.
	customs = []string{"is_causal", "use_causal_mask", "scale_attn_weights", "use_rope"}
)

// NotComputed lists what a configuration asks for that is not computed here, by name; curve says whether an
// activation is computed.
func NotComputed(fields Fields, curve func(activation string) bool) (list fault.List) {
	refuse := func(name, value string) { list = append(list, name+" = "+safetensors.Legible(value)) }
	if family := family(fields); !slices.Contains(Kin(), family) && family != "" {
		refuse("model_type", family)
	}
	for _, name := range []string{"hidden_act", "hidden_activation"} {
		if act, ok := fields[name].(string); ok && !curve(act) {
			refuse(name, act)
		}
	}
	for _, kind := range []struct {
		names   []string
		changes func(v float64) bool
	}{
		{factors, func(v float64) bool { return v != 1 }},
		{numbers, func(float64) bool { return true }},
		{counts, func(v float64) bool { return v > 0 }},
	} {
		for _, name := range kind.names {
			if v, ok := Number(fields, name); ok && kind.changes(v) {
				refuse(name, strconv.FormatFloat(v, 'g', 6, 64))
			}
		}
	}
	for i, names := range [][]string{additions, customs} {
		for _, name := range names {
			if is, ok := fields[name].(bool); ok && is == (i == 0) {
				refuse(name, strconv.FormatBool(is))
			}
		}
	}
	for _, name := range []string{"no_rope_layers", "quantization_config", "compression_config"} {
		if text, ok := fields[name].(safetensors.Nested); ok && text != "[]" && text != "{}" && !(name == "no_rope_layers" && !strings.Contains(string(text), "0")) {
			refuse(name, "…")
		}
	}
	return append(list, rotationNotComputed(fields)...)
}

// rotationNotComputed lists the same of the rotation.
func rotationNotComputed(fields Fields) (list fault.List) {
	for _, object := range []string{"rope_parameters", "rope_scaling"} {
		rope := Object(fields, object)
		for _, name := range []string{"rope_type", "type"} {
			if kind, ok := rope[name].(string); ok && !slices.Contains([]string{"default", "linear", "llama3"}, kind) {
				list = append(list, object+"."+name+" = "+safetensors.Legible(kind))
			}
		}
		if v, ok := Number(rope, "partial_rotary_factor"); ok && v != 1 {
			list = append(list, object+".partial_rotary_factor = "+strconv.FormatFloat(v, 'g', 6, 64))
		}
		for name, v := range rope {
			if _, several := v.(safetensors.Nested); several { // for each kind of layer, or each pair
				list = append(list, object+"."+safetensors.Legible(name)+" = …")
			}
		}
	}
	slices.Sort(list) // the fields of an object have no order
	return list
}

// family returns what a configuration calls its family: by its type, or else by the program that computes it; "" if it
// does not say.
func family(fields Fields) string {
	if name, ok := fields["model_type"].(string); ok {
		return name
	}
	for _, program := range items(fields, "architectures") {
		for _, end := range []string{"For", "Model", "LMHead"} {
			if name, _, ok := strings.Cut(program, end); ok && name != "" {
				return strings.ToLower(name)
			}
		}
	}
	return ""
}
