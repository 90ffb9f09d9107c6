// Package published knows what files of models call things: the names of tensors and settings in published checkpoints, as
// safetensors and as GGUF, and what other programs make of them.
package published

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// HeadName is the output's matrix.
const HeadName = "lm_head.weight"

// IndexName is the tensor, ours alone, that says which row of wte.weight each token has.
const IndexName = "wte.index"

// IsLinear reports whether our name is that of the matrix of a linear layer, which two
// layouts store in two ways. The embeddings and the output are (V, C) in both.
func IsLinear(name string) bool {
	_, rest, ok := model.ParseBlockName(name)
	switch rest {
	case "attn.c_attn.weight", "attn.c_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight":
		return ok
	}
	return false
}

// Summary lists names for a sentence: blocks by a star, and not more than a reader takes in.
func Summary(names []string) (list fault.List) {
	const most = 8
	for _, name := range names {
		parts := strings.Split(name, ".")
		for i, p := range parts {
			if _, err := strconv.Atoi(p); err == nil {
				parts[i] = "*"
			}
		}
		if name := safetensors.Legible(strings.Join(parts, ".")); !slices.Contains(list, name) {
			if len(list) == most {
				return append(list, "…")
			}
			list = append(list, name)
		}
	}
	return list
}

// ShapeText writes a shape as in the legend of sizes: (48, 144).
func ShapeText(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = strconv.Itoa(n)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
