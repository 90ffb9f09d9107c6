package published

import (
	"slices"
	"strings"

	"glassbox/model"
)

// GPT2Name splits a name into what programs put before it and the name under which the published checkpoints have that
// tensor. Blocks and the parts of a layer may be called otherwise: blocks.0.ln_1.g is h.0.ln_1.weight.
func GPT2Name(name string) (before, ours string, ok bool) {
	for at := 0; ; {
		if ours, ok = publishedName(name[at:]); ok {
			return name[:at], ours, true
		}
		point := strings.IndexByte(name[at:], '.')
		if point < 0 {
			return "", "", false
		}
		at += point + 1
	}
}

// publishedName returns the published form of a name without anything before it.
func publishedName(name string) (ours string, ok bool) {
	switch name {
	case HeadName, IndexName:
		return name, true
	case "wte", "wpe":
		return name + ".weight", true
	}
	layer, part := name, ""
	if point := strings.LastIndexByte(name, '.'); point >= 0 {
		layer, part = name[:point], name[point+1:]
	}
	switch part {
	case "weight", "w", "g", "gamma":
		part = "weight"
	case "bias", "b", "beta":
		part = "bias"
	default:
		return "", false
	}
	if layer == "ln_f" || part == "weight" && (layer == "wte" || layer == "wpe") {
		return layer + "." + part, true
	}
	list, numbered, _ := strings.Cut(layer, ".")
	n, rest, ok := model.ParseBlockName("h." + numbered)
	if ok = ok && slices.Contains([]string{"h", "blocks", "block", "layers", "layer"}, list) &&
		slices.Contains([]string{"ln_1", "ln_2", "attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"}, rest); !ok {
		return "", false
	}
	return model.BlockName(n) + rest + "." + part, true
}

// TakesNoPart reports whether a tensor that is none of a GPT-2's can be left out: it stands outside of the transformer, is
// the head of another task, or no weight at all but a mask or a table that the program computes.
func TakesNoPart(t Tensor, before string) bool {
	rest, inside := strings.CutPrefix(t.Name, before)
	if !inside {
		return before != ""
	}
	first, _, _ := strings.Cut(rest, ".")
	last := rest[strings.LastIndexByte(rest, '.')+1:]
	if slices.Contains(heads, first) {
		return true
	}
	switch last {
	case "masked_bias", "mask", "tril", "causal_mask", "attn_mask", "attention_mask", "position_ids",
		"inv_freq", "freqs", "freqs_cis", "cos", "sin", "cos_cached", "sin_cached", "_extra_state", "num_batches_tracked":
		return true
	}
	_, inBlock, _ := model.ParseBlockName(rest)
	masks := len(t.Shape) == 4 && t.Shape[0] == 1 && t.Shape[1] == 1 // no weight has four sizes
	return inBlock == "attn.bias" || masks || t.Typed == "BOOL"
}
