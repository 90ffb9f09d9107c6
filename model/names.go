package model

import (
	"strconv"
	"strings"
)

// BlockName begins the names of what stands in block l.
func BlockName(l int) string { return "h." + strconv.Itoa(l) + "." }

// LayerName begins the names of the weights that Llama's published checkpoints have in block l.
func LayerName(l int) string { return "model.layers." + strconv.Itoa(l) + "." }

// OfBlock splits the name of a step or weight that stands in a block, of whatever family, into the block's number and the rest.
func OfBlock(name string) (l int, rest string, ok bool) {
	if rest, in := strings.CutPrefix(name, "model.layers."); in {
		return ParseBlockName("h." + rest)
	}
	return ParseBlockName(name)
}

// ParseBlockName splits "h.3.attn.c_attn.weight" into 3 and the rest.
func ParseBlockName(name string) (n int, rest string, ok bool) {
	number, rest, found := strings.Cut(strings.TrimPrefix(name, "h."), ".")
	n, err := strconv.Atoi(number)
	ok = found && strings.HasPrefix(name, "h.") && err == nil && n >= 0 && strconv.Itoa(n) == number
	return n, rest, ok
}

// IsBias reports whether our name is that of a bias.
func IsBias(name string) bool { return strings.HasSuffix(name, ".bias") }
