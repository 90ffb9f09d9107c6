package published

import (
	"glassbox/model"
	"glassbox/model/fault"
	"slices"
	"strings"
)

// IsLlama reports whether a tensor of that name stands in Llama and its kin alone.
func IsLlama(name string) bool { return strings.HasSuffix(name, "self_attn.q_proj.weight") }

// LlamaName splits a name into what programs put before it and the name under which the published checkpoints of Llama
// have that tensor. The "model." at its beginning may be missing.
func LlamaName(name string) (before, ours string, ok bool) {
	for at := 0; ; {
		if ours, ok = llamaName(name[at:]); ok {
			return name[:at], ours, true
		}
		point := strings.IndexByte(name[at:], '.')
		if point < 0 {
			return "", "", false
		}
		at += point + 1
	}
}

// llamaName returns the published form of a name without anything before it.
func llamaName(name string) (ours string, ok bool) {
	switch name {
	case HeadName, "rope_freqs.weight":
		return name, true
	}
	name = strings.TrimPrefix(name, "model.")
	switch name {
	case "embed_tokens.weight", "norm.weight":
		return "model." + name, true
	}
	_, part, inBlock := model.OfBlock("model." + name)
	layer, kind := part, ""
	if point := strings.LastIndexByte(part, '.'); point >= 0 {
		layer, kind = part[:point], part[point+1:]
	}
	norms := []string{"input_layernorm", "post_attention_layernorm", "self_attn.q_norm", "self_attn.k_norm"}
	linear := []string{"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"}
	known := kind == "weight" && slices.Contains(norms, layer) || (kind == "weight" || kind == "bias") && slices.Contains(linear, layer)
	return "model." + name, inBlock && known
}

// AsLlama returns the published name of a tensor of a Llama, or its own, and whether it has one.
func AsLlama(name string) (ours string, known bool) {
	if _, ours, known = LlamaName(name); known {
		return ours, true
	}
	return name, false
}

// heads are the parts of names in which tensors stand that turn a text into something else than a text.
var heads = []string{"score", "classifier", "classification_head", "v_head", "value_head", "reward_head", "multiple_choice_head", "mc_head", "qa_outputs", "pooler"}

// OtherHeads lists the tensors of the output of another task, such as a classifier; nil: there are none.
func OtherHeads(names []string) fault.List {
	var list []string
	for _, name := range names {
		if slices.ContainsFunc(strings.Split(name, "."), func(part string) bool { return slices.Contains(heads, part) }) {
			list = append(list, name)
		}
	}
	if list == nil {
		return nil
	}
	return Summary(list)
}

// NoWeight reports whether a tensor of that name is a table that the program computes, or of the output of another task.
func NoWeight(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	return slices.Contains([]string{"inv_freq", "cos_cached", "sin_cached"}, last) || OtherHeads([]string{name}) != nil
}
