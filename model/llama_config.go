package model

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/safetensors"
)

// What a configuration says of a Llama, in the words of the published config.json. GGUF's keys are translated into them.

// number returns a field of a configuration that is a number.
func number(fields map[string]any, name string) (v float64, ok bool) {
	v, ok = fields[name].(float64)
	return v, ok
}

// size returns a field that is a whole number above 0; 0 if there is none.
func size(fields map[string]any, name string) int {
	if v, ok := number(fields, name); ok && v > 0 && v == float64(int(v)) && v < 1<<31 {
		return int(v)
	}
	return 0
}

// inside returns the fields of an object within a configuration.
func inside(fields map[string]any, name string) map[string]any {
	if text, ok := fields[name].(safetensors.Nested); ok {
		if object, err := safetensors.ParseObject(string(text)); err == nil {
			return object
		}
	}
	return nil
}

// ropeFields returns what a configuration says of the rotation: in one object, as new programs write it, or in several fields.
func ropeFields(fields map[string]any) map[string]any {
	for _, name := range []string{"rope_parameters", "rope_scaling"} {
		if object := inside(fields, name); object != nil {
			return object
		}
	}
	return map[string]any{}
}

// kin are the families that are computed as Llama is.
func kin() []string { return []string{"llama", "mistral", "qwen2", "qwen3"} }

// notComputed lists what a configuration asks for that is not computed here, by name.
func notComputed(fields map[string]any) (list fault.List) {
	refuse := func(name, value string) { list = append(list, name+" = "+safetensors.Legible(value)) }
	if family, ok := fields["model_type"].(string); ok && !slices.Contains(kin(), family) {
		refuse("model_type", family)
	}
	for _, name := range []string{"hidden_act", "hidden_activation"} {
		if act, ok := fields[name].(string); ok {
			if _, known := ActivationOf(act); !known {
				refuse(name, act)
			}
		}
	}
	rope := ropeFields(fields)
	for _, name := range []string{"rope_type", "type"} {
		if kind, ok := rope[name].(string); ok && !slices.Contains([]string{"default", "linear", "llama3"}, kind) {
			refuse("rope_scaling."+name, kind)
		}
	}
	for _, name := range []string{"num_local_experts", "num_experts", "n_routed_experts", "moe_intermediate_size"} {
		if n := size(fields, name); n > 0 {
			refuse(name, strconv.Itoa(n))
		}
	}
	for _, name := range []string{"partial_rotary_factor", "rotary_pct", "embedding_multiplier", "residual_multiplier", "logits_scaling", "logit_scale"} {
		if v, ok := number(fields, name); ok && v != 1 {
			refuse(name, strconv.FormatFloat(v, 'g', 6, 64))
		}
	}
	for _, name := range []string{"final_logit_softcapping", "attn_logit_softcapping", "clip_qkv", "attention_multiplier", "query_pre_attn_scalar"} {
		if v, ok := number(fields, name); ok {
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

// apply reads a configuration into c, which has what the shapes tell already: queries rows of all queries, keys of all
// keys. Of heads without a statement, H is 0. asked is the number of heads that the reader wants, or 0.
func (s *llamaSource) apply(fields map[string]any, c *Config, queries, keys, asked int) error {
	if list := notComputed(fields); list != nil {
		return s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", list))
	}
	if c.Heads = asked; c.Heads == 0 {
		c.Heads = size(fields, "num_attention_heads")
	}
	if c.Heads == 0 {
		c.Heads = usualHeads(queries, size(fields, "head_dim"))
		s.note(fault.New("headsAssumedLlama", "The file does not say how many heads a block has: H = %d and A = %d are assumed.", c.Heads, queries/max(1, c.Heads)))
	}
	if c.Heads > 0 && queries%c.Heads == 0 {
		A := queries / c.Heads
		if c.HeadWidth = A; c.Heads*A == c.Width {
			c.HeadWidth = 0
		}
		if keys%A != 0 {
			return s.refuse(fault.New("keysNoHeads", "k_proj makes %d number(s), which are no whole heads of A = %d", keys, A))
		}
		if c.KeyValues = keys / A; c.KeyValues == c.Heads {
			c.KeyValues = 0
		}
	} else {
		return s.refuse(fault.New("queriesNoHeads", "q_proj makes %d number(s), which are no whole heads of H = %d", queries, c.Heads))
	}
	s.context(fields, c)
	if err := s.applyNumbers(fields, c); err != nil {
		return err
	}
	s.contradict(fields, *c)
	return s.window(fields, c)
}

// usualHeads returns H, if nothing tells it: heads have 64 numbers in small models, 128 in large ones.
func usualHeads(queries, headSize int) int {
	if headSize == 0 {
		if headSize = 128; queries < 4096 {
			headSize = 64
		}
	}
	if queries%headSize == 0 {
		return queries / headSize
	}
	return 1
}

// context sets how many tokens a run can hold.
func (s *llamaSource) context(fields map[string]any, c *Config) {
	const assumed = 2048
	if c.Context = size(fields, "max_position_embeddings"); c.Context == 0 {
		c.Context = assumed
		s.note(fault.New("contextAssumed", "The file does not say how long a text may be: a context of %d is assumed.", c.Context))
	}
	c.Context = min(c.Context, maxContext)
}

// applyNumbers reads ε, θ, the scaling and the activation.
func (s *llamaSource) applyNumbers(fields map[string]any, c *Config) error {
	if e, ok := number(fields, "rms_norm_eps"); ok {
		c.Epsilon = float32(e)
	} else {
		s.note(fault.New("epsilonAssumed", "The file does not say what is added in its norms: 1e-5 is assumed."))
	}
	rope := ropeFields(fields)
	theta, ok := number(rope, "rope_theta")
	if !ok {
		theta, ok = number(fields, "rope_theta")
	}
	if c.Rotary.Theta = theta; !ok {
		c.Rotary.Theta = 10000
		s.note(fault.New("thetaAssumed", "The file does not say how fast queries and keys turn: rope_theta = 10000 is assumed."))
	}
	kind, _ := rope["rope_type"].(string)
	if kind == "" {
		kind, _ = rope["type"].(string)
	}
	r := &c.Rotary
	switch kind {
	case "linear":
		r.Slow = SlowLinear
	case "llama3":
		r.Slow = SlowLlama3
	}
	if r.Slow != SlowNone {
		r.Factor, _ = number(rope, "factor")
	}
	if r.Slow == SlowLlama3 {
		r.Low, _ = number(rope, "low_freq_factor")
		r.High, _ = number(rope, "high_freq_factor")
		r.Original, _ = number(rope, "original_max_position_embeddings")
	}
	c.Activation = SiLU
	for _, name := range []string{"hidden_act", "hidden_activation"} {
		if act, ok := fields[name].(string); ok {
			c.Activation, _ = ActivationOf(act)
		}
	}
	return nil
}

// contradict notes what a configuration says against the shapes, which count.
func (s *llamaSource) contradict(fields map[string]any, c Config) {
	var against fault.List
	for _, f := range []struct {
		name string
		is   int
	}{{"vocab_size", c.Vocab}, {"hidden_size", c.Width}, {"intermediate_size", c.Wide()}, {"num_hidden_layers", c.Blocks},
		{"num_attention_heads", c.Heads}, {"num_key_value_heads", c.Groups()}, {"head_dim", c.HeadSize()}} {
		if v, ok := number(fields, f.name); ok && v != float64(f.is) {
			against = append(against, f.name+" = "+strconv.FormatFloat(v, 'g', 6, 64))
		}
	}
	if against != nil {
		s.note(fault.New("sizesIgnored", "The shapes of its tensors contradict the metadata in %s; the shapes count.", against))
	}
}

// window sets how far tokens look back, and from which block on.
func (s *llamaSource) window(fields map[string]any, c *Config) error {
	n := size(fields, "sliding_window")
	if uses, ok := fields["use_sliding_window"].(bool); ok && !uses {
		n = 0
	}
	layers := kindsOfLayers(fields)
	switch {
	case n == 0:
		return nil
	case layers != nil:
		from := slices.Index(layers, "sliding_attention")
		if from < 0 {
			return nil
		}
		if slices.Contains(layers[from:], "full_attention") || len(layers) != c.Blocks {
			return s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", fault.List{"layer_types = …"}))
		}
		c.WindowFrom = from
	case fields["max_window_layers"] != nil:
		from, _ := number(fields, "max_window_layers")
		c.WindowFrom = int(min(max(from, 0), maxBlocks))
	}
	if c.WindowFrom < c.Blocks {
		c.Window = n
	} else {
		c.WindowFrom = 0
	}
	return nil
}

// kindsOfLayers returns the list in which new configurations say how each block attends; nil if there is none.
func kindsOfLayers(fields map[string]any) (list []string) {
	text, ok := fields["layer_types"].(safetensors.Nested)
	if !ok {
		return nil
	}
	for item := range strings.SplitSeq(strings.Trim(string(text), "[] \n\t"), ",") {
		list = append(list, strings.Trim(item, "\" \n\t\r"))
	}
	return list
}
