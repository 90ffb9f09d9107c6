package published

import (
	"maps"
	"math"

	"glassbox/model/checkpoint/safetensors"
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
	if object, ok := fields[name].(Fields); ok { // of GGUF
		return object
	}
	if text, ok := fields[name].(safetensors.Nested); ok {
		if object, err := safetensors.ParseObject(string(text)); err == nil {
			return object
		}
	}
	return nil
}

// Rope returns what a configuration says of the rotation: in one object, as new programs write it, or in several fields. The
// old object counts where both are there, as it does to transformers, which then takes nothing but rope_theta from the new one.
func Rope(fields Fields) Fields {
	rope, fresh := maps.Clone(Object(fields, "rope_scaling")), Object(fields, "rope_parameters")
	if len(rope) == 0 {
		rope = maps.Clone(fresh)
	}
	if rope == nil {
		rope = Fields{}
	}
	for _, from := range []Fields{fields, fresh} {
		if _, has := Number(rope, "rope_theta"); !has {
			rope["rope_theta"] = from["rope_theta"]
		}
	}
	return rope
}

// Kin are the families that are computed as Llama is.
func Kin() []string { return []string{"llama", "mistral", "qwen2", "qwen3"} }

// Biased reports whether a configuration asks for biases in attention and in the feed-forward network. Some families have no
// such setting: their programs pass over it.
func Biased(fields Fields) (attention, network bool) {
	switch family(fields) {
	case "llama":
		network, _ = fields["mlp_bias"].(bool)
		fallthrough
	case "qwen3":
		attention, _ = fields["attention_bias"].(bool)
	}
	return attention, network
}

// What transformers takes where a configuration does not say it (MistralConfig.sliding_window, Qwen2Config.max_window_layers).
const (
	mistralWindow  = 4096
	qwenWindowFrom = 28
)

// Window returns how many tokens a token looks back, 0: all, and from which block on. Where nothing is said of it, families
// differ: Mistral has a window, Qwen's models none, whatever its size. The settings beside it are Qwen's alone, and the program of
// Llama has none of them: transformers passes over those that a family does not have, and so does this.
func Window(fields Fields) (n, from int) {
	n = Size(fields, "sliding_window")
	uses, said := fields["use_sliding_window"].(bool)
	stated := fields["model_type"] != nil // else the family is known by the name of a program
	switch family := family(fields); {
	case family == "llama" && stated:
		return 0, 0
	case family == "qwen2" || family == "qwen3":
		if from = qwenWindowFrom; !uses {
			return 0, 0
		}
	case family == "mistral" && stated:
		if _, given := fields["sliding_window"]; !given {
			n = mistralWindow
		}
		return n, 0
	}
	if said && !uses {
		return 0, 0
	}
	if v, ok := Number(fields, "max_window_layers"); ok {
		from = int(min(max(v, 0), math.MaxInt32))
	}
	return n, from
}

// KindsOfLayers returns the list in which new configurations say how each block attends; nil if there is none.
func KindsOfLayers(fields Fields) []string { return items(fields, "layer_types") }

// items returns what a list holds, as a configuration has it; nil if there is none.
func items(fields Fields, name string) (list []string) {
	text, ok := fields[name].(safetensors.Nested)
	if !ok || text[0] != '[' {
		return nil
	}
	values, err := safetensors.ParseList(text)
	if err != nil {
		return []string{shown(text)}
	}
	for _, v := range values {
		item, isText := v.(string)
		if !isText {
			item = shown(v)
		}
		list = append(list, item)
	}
	return list
}
