package published

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/safetensors"
)

// Fields are those of a configuration, in the words of the published config.json: numbers are float64, what lies deeper is
// safetensors.Nested. GGUF's keys are translated into them.
type Fields = map[string]any

// Number returns a field of a configuration that is a number.
func Number(fields Fields, name string) (v float64, ok bool) {
	v, ok = fields[name].(float64)
	return v, ok
}

// Size returns a field that is a whole number above 0; 0 if there is none.
func Size(fields Fields, name string) int {
	if v, ok := Number(fields, name); ok && v > 0 && v == float64(int(v)) && v < 1<<31 {
		return int(v)
	}
	return 0
}

// Object returns the fields of an object within a configuration.
func Object(fields Fields, name string) Fields {
	if text, ok := fields[name].(safetensors.Nested); ok {
		if object, err := safetensors.ParseObject(string(text)); err == nil {
			return object
		}
	}
	return nil
}

// Rope returns what a configuration says of the rotation: in one object, as new programs write it, or in several fields.
func Rope(fields Fields) Fields {
	for _, name := range []string{"rope_parameters", "rope_scaling"} {
		if object := Object(fields, name); object != nil {
			return object
		}
	}
	return Fields{}
}

// Kin are the families that are computed as Llama is.
func Kin() []string { return []string{"llama", "mistral", "qwen2", "qwen3"} }

// NotComputed lists what a configuration asks for that is not computed here, by name; curve says whether an
// activation is computed.
func NotComputed(fields Fields, curve func(activation string) bool) (list fault.List) {
	refuse := func(name, value string) { list = append(list, name+" = "+safetensors.Legible(value)) }
	if family, ok := fields["model_type"].(string); ok && !slices.Contains(Kin(), family) {
		refuse("model_type", family)
	}
	for _, name := range []string{"hidden_act", "hidden_activation"} {
		if act, ok := fields[name].(string); ok {
			if !curve(act) {
				refuse(name, act)
			}
		}
	}
	rope := Rope(fields)
	for _, name := range []string{"rope_type", "type"} {
		if kind, ok := rope[name].(string); ok && !slices.Contains([]string{"default", "linear", "llama3"}, kind) {
			refuse("rope_scaling."+name, kind)
		}
	}
	for _, name := range []string{"num_local_experts", "num_experts", "n_routed_experts", "moe_intermediate_size"} {
		if n := Size(fields, name); n > 0 {
			refuse(name, strconv.Itoa(n))
		}
	}
	for _, name := range []string{"partial_rotary_factor", "rotary_pct", "embedding_multiplier", "residual_multiplier", "logits_scaling", "logit_scale"} {
		if v, ok := Number(fields, name); ok && v != 1 {
			refuse(name, strconv.FormatFloat(v, 'g', 6, 64))
		}
	}
	for _, name := range []string{"final_logit_softcapping", "attn_logit_softcapping", "clip_qkv", "attention_multiplier", "query_pre_attn_scalar"} {
		if v, ok := Number(fields, name); ok {
			refuse(name, strconv.FormatFloat(v, 'g', 6, 64))
		}
	}
	for _, name := range []string{"no_rope_layers", "quantization_config"} {
		if text, ok := fields[name].(safetensors.Nested); ok && text != "[]" && text != "{}" && !(name == "no_rope_layers" && !strings.Contains(string(text), "0")) {
			refuse(name, "…")
		}
	}
	return list
}

// KindsOfLayers returns the list in which new configurations say how each block attends; nil if there is none.
func KindsOfLayers(fields Fields) (list []string) {
	text, ok := fields["layer_types"].(safetensors.Nested)
	if !ok {
		return nil
	}
	for item := range strings.SplitSeq(strings.Trim(string(text), "[] \n\t"), ",") {
		list = append(list, strings.Trim(item, "\" \n\t\r"))
	}
	return list
}
