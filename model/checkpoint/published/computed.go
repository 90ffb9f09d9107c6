package published

import (
	"maps"
	"slices"
	"strings"

	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// neutral are settings of other families that change the numbers, and when they do not. What a published program would
// compute by them is not computed here, and a file is refused for them whatever family it claims to be of.
var neutral = judged()

func judged() map[string]func(v any) bool {
	neutral := map[string]func(v any) bool{}
	for list, changesNothing := range map[string]func(v any) bool{
		"partial_rotary_factor rotary_pct embedding_multiplier residual_multiplier logits_scaling logit_scale scale_emb embedding_scale emb_scale output_multiplier_scale " +
			"attention_multiplier_scale": func(v any) bool { return v == 1.0 },
		"final_logit_softcapping attn_logit_softcapping logit_soft_cap logits_soft_cap attn_logit_cap router_logit_softcapping clip_qkv attention_multiplier " +
			"query_pre_attn_scalar scale_depth dim_model_base sliding_window_pattern attention_chunk_size rope_local_base_freq no_rope_layer_interval rotary_dim " +
			"rotary_emb_fraction": func(any) bool { return false },
		"num_local_experts num_experts n_routed_experts moe_intermediate_size num_nextn_predict_layers num_kv_shared_layers kv_lora_rank q_lora_rank " +
			"hidden_size_per_layer_input alibi_bias_max": func(v any) bool { n, ok := v.(float64); return ok && n <= 0 },
		"use_qk_norm qk_layernorm qk_norm alibi use_alibi use_parallel_residual parallel_attn parallel_residual rope_interleaved rope_interleave attn_temperature_tuning " +
			"is_encoder_decoder add_cross_attention use_bidirectional_attention bidirectional use_dynamic_ntk use_logn_attn scale_embeddings attn_output_gate " +
			"use_double_wide_mlp": func(v any) bool { return v == false || v == 0.0 },
		"is_causal use_causal_mask scale_attn_weights use_rope": func(v any) bool { return v == true || v == 1.0 },
		"quantization_config compression_config pruned_heads":   isEmpty,
		"no_rope_layers": func(v any) bool {
			text, ok := v.(safetensors.Nested)
			return ok && !strings.Contains(string(text), "0")
		},
	} {
		for name := range strings.FieldsSeq(list) {
			neutral[name] = changesNothing
		}
	}
	return neutral
}

// isEmpty reports whether a list or an object holds nothing.
func isEmpty(v any) bool {
	text, ok := v.(safetensors.Nested)
	return ok && strings.Trim(string(text), "[]{} \n\t\r") == ""
}

// NotComputed lists what a configuration asks for that is not computed here, by name; curve says whether an
// activation is computed.
func NotComputed(fields Fields, curve func(activation string) bool) (list fault.List) {
	refuse := func(name string, v any) { list = append(list, name+" = "+shown(v)) }
	if family := family(fields); !slices.Contains(Kin(), family) && family != "" {
		refuse("model_type", family)
	}
	if program := otherTask(fields); program != "" {
		refuse("architectures", program)
	}
	for _, name := range []string{"hidden_act", "hidden_activation"} {
		if act, ok := fields[name].(string); ok && !curve(act) {
			refuse(name, act)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if v, changesNothing := fields[name], neutral[name]; v != nil && changesNothing != nil && !changesNothing(v) {
			refuse(name, v)
		}
	}
	return append(list, rotationNotComputed(fields)...)
}

// NotComputedGPT2 lists the same of a GPT-2.
func NotComputedGPT2(fields Fields, curve func(activation string) bool) (list fault.List) {
	if name, ok := fields["model_type"].(string); ok && name != "gpt2" { // others have the same names and shapes, and other numbers
		list = append(list, "model_type = "+shown(name))
	}
	if act, ok := fields["activation_function"].(string); ok && !curve(act) {
		list = append(list, "activation_function = "+shown(act))
	}
	for _, name := range []string{"add_cross_attention", "is_encoder_decoder", "pruned_heads", "quantization_config"} {
		if v := fields[name]; v != nil && !neutral[name](v) {
			list = append(list, name+" = "+shown(v))
		}
	}
	if program := otherTask(fields); program != "" {
		list = append(list, "architectures = "+shown(program))
	}
	if e, ok := Number(fields, "layer_norm_epsilon"); ok && !(e > 0 && e < 1) {
		list = append(list, "layer_norm_epsilon = "+shown(e))
	}
	return list
}

// rotationNotComputed lists the same of the rotation.
func rotationNotComputed(fields Fields) (list fault.List) {
	for _, object := range []string{"rope_parameters", "rope_scaling"} {
		rope := Object(fields, object)
		kinds := 0
		for _, name := range []string{"rope_type", "type"} {
			if kind, ok := rope[name].(string); ok {
				if kinds++; !slices.Contains([]string{"default", "linear", "llama3"}, kind) {
					list = append(list, object+"."+name+" = "+shown(kind))
				}
			}
		}
		if v, ok := Number(rope, "factor"); ok && v != 1 && kinds == 0 {
			list = append(list, object+".factor = "+shown(v))
		}
		if v, ok := Number(rope, "partial_rotary_factor"); ok && v != 1 {
			list = append(list, object+".partial_rotary_factor = "+shown(v))
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

// OtherFamily returns what a configuration calls its family, if that is one which is not computed here; else "".
func OtherFamily(fields Fields) string {
	if name, _ := fields["model_type"].(string); name != "gpt2" && !slices.Contains(Kin(), name) {
		return name
	}
	return ""
}

// otherTask returns the program by which a configuration says that the model is none that writes texts, but one that puts them
// into classes, for example; "" if it does not say so.
func otherTask(fields Fields) string {
	for _, program := range items(fields, "architectures") {
		if _, task, ok := strings.Cut(program, "For"); ok && task != "CausalLM" && task != "" {
			return program
		}
	}
	return ""
}
