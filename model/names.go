package model

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/safetensors"
)

// A source is a file whose tensors are known by the names of the published checkpoints.
type source struct {
	file       string
	order      []safetensors.Tensor          // those that take part, in the order of the file, by its own names
	tensors    map[string]safetensors.Tensor // by our names
	names      []string                      // of all tensors of the file
	before     string                        // what stands before the published names
	unbiased   bool                          // no tensor is a bias
	transposed bool                          // matrices are stored (out, in)
	said       []saying                      // what its configurations say
	notes      []*fault.Fault
}

// newSource returns the tensors of a file by their published names, without those that take no part in the model.
func newSource(name string, f *safetensors.File) (*source, error) {
	s := &source{file: name, tensors: map[string]safetensors.Tensor{}, unbiased: true}
	for _, t := range f.Tensors {
		s.names = append(s.names, t.Name)
	}
	s.before = commonPrefix(s.names)
	head := s.outputName()
	var leftOut []string
	for _, t := range f.Tensors {
		ours, known := s.ours(t.Name, head)
		if !known && takesNoPart(t, s.before) {
			leftOut = append(leftOut, t.Name)
			continue
		}
		if other, twice := s.tensors[ours]; twice {
			return nil, s.refuseTensor(t, fault.New("tensorsAlike", "and %q both stand for %q; expected one of them", other.Name, ours))
		}
		s.tensors[ours] = t
		s.order = append(s.order, t)
		s.unbiased = s.unbiased && !isBias(ours)
	}
	if leftOut != nil {
		s.note(fault.New("tensorsLeftOut", "It holds tensors that take no part in the model, and were left out: %s.", summary(leftOut)))
	}
	return s, nil
}

// commonPrefix returns what stands before the names of a GPT-2's tensors in a file: "transformer.", or what other
// programs put there, such as PyTorch's compiler and its training on several machines. Of several the most frequent one
// counts.
func commonPrefix(names []string) (before string) {
	count := map[string]int{}
	for _, name := range names {
		if p, ours, ok := published(name); ok && ours != headName {
			count[p]++
		}
	}
	for p, n := range count {
		if most := count[before]; n > most || n == most && p < before {
			before = p
		}
	}
	return before
}

// ours returns the published name of a tensor of the file, and whether it is one. head is what the file calls the output.
func (s *source) ours(name, head string) (ours string, ok bool) {
	p, ours, ok := published(name)
	if ok && (p == s.before && ours != headName || name == head) {
		return ours, true
	}
	return strings.TrimPrefix(name, s.before), false
}

// outputName returns what the file calls the output's matrix, "" if it has none. It may stand beside what is called the
// transformer, rather than in it; of several the one that stands nearest counts.
func (s *source) outputName() (head string) {
	near := -1
	for _, name := range s.names {
		if p, ours, ok := published(name); ok && ours == headName {
			common := 0
			for common < min(len(p), len(s.before)) && p[common] == s.before[common] {
				common++
			}
			if common > near {
				head, near = name, common
			}
		}
	}
	return head
}

// headName is the output's matrix.
const headName = "lm_head.weight"

// published splits a name into what programs put before it and the name under which the published checkpoints have that
// tensor. Blocks and the parts of a layer may be called otherwise: blocks.0.ln_1.g is h.0.ln_1.weight.
func published(name string) (before, ours string, ok bool) {
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
	case headName, indexName:
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
	n, rest, ok := parseBlockName("h." + numbered)
	if ok = ok && slices.Contains([]string{"h", "blocks", "block", "layers", "layer"}, list) &&
		slices.Contains([]string{"ln_1", "ln_2", "attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"}, rest); !ok {
		return "", false
	}
	return blockName(n) + rest + "." + part, true
}

// takesNoPart reports whether a tensor that is none of a GPT-2's can be left out: it stands outside of the transformer, is
// the head of another task, or no weight at all but a mask or a table that the program computes.
func takesNoPart(t safetensors.Tensor, before string) bool {
	rest, inside := strings.CutPrefix(t.Name, before)
	if !inside {
		return before != ""
	}
	first, _, _ := strings.Cut(rest, ".")
	last := rest[strings.LastIndexByte(rest, '.')+1:]
	switch first {
	case "score", "classifier", "classification_head", "v_head", "value_head", "reward_head", "multiple_choice_head", "mc_head", "qa_outputs", "pooler":
		return true
	}
	switch last {
	case "masked_bias", "mask", "tril", "causal_mask", "attn_mask", "attention_mask", "position_ids",
		"inv_freq", "freqs", "freqs_cis", "cos", "sin", "cos_cached", "sin_cached", "_extra_state", "num_batches_tracked":
		return true
	}
	_, inBlock, _ := parseBlockName(rest)
	masks := len(t.Shape) == 4 && t.Shape[0] == 1 && t.Shape[1] == 1 // no weight has four sizes
	return inBlock == "attn.bias" || masks || t.DType == "BOOL"
}

// summary lists names for a sentence: blocks by a star, and not more than a reader takes in.
func summary(names []string) (list fault.List) {
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

// parseBlockName splits "h.3.attn.c_attn.weight" into 3 and the rest.
func parseBlockName(name string) (n int, rest string, ok bool) {
	number, rest, found := strings.Cut(strings.TrimPrefix(name, "h."), ".")
	n, err := strconv.Atoi(number)
	ok = found && strings.HasPrefix(name, "h.") && err == nil && n >= 0 && strconv.Itoa(n) == number
	return n, rest, ok
}

// isBias reports whether our name is that of a bias.
func isBias(name string) bool { return strings.HasSuffix(name, ".bias") }

// isLinear reports whether our name is that of the matrix of a linear layer, which two
// layouts store in two ways. The embeddings and the output are (V, C) in both.
func isLinear(name string) bool {
	_, rest, ok := parseBlockName(name)
	switch rest {
	case "attn.c_attn.weight", "attn.c_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight":
		return ok
	}
	return false
}

// sizes returns V, C, L and the context, as they follow from the shapes.
func (s *source) sizes() (c Config, err error) {
	wte, ok := s.tensors["wte.weight"]
	if !ok {
		wte, ok = s.tensors["lm_head.weight"]
	}
	wpe, placed := s.tensors["wpe.weight"]
	switch {
	case len(s.order) == 0:
		return c, s.refuse(fault.New("noWeights", "the file has no weights; expected those of a GPT-2"))
	case !ok:
		return c, s.refuseTensor(s.order[0], fault.New("nameUnknown", "is not the name of a GPT-2's tensor, and there is no wte.weight; "+
			"expected wte.weight, wpe.weight, h.0.attn.c_attn.weight and so on, also with one prefix before all of them"))
	case len(wte.Shape) != 2:
		return c, s.refuse(fault.New("expectedTwoSizes", "%s is %s; expected two sizes, (V, C)", wte.Name, shapeText(wte.Shape)))
	case !placed:
		return c, s.refuse(fault.New("positionsMissing", "wpe.weight is missing; expected (context, %d)", wte.Shape[1]))
	case len(wpe.Shape) != 2 || wpe.Shape[1] != wte.Shape[1]:
		return c, s.refuse(fault.New("expectedContext", "%s is %s; expected (context, %d)", wpe.Name, shapeText(wpe.Shape), wte.Shape[1]))
	}
	c.Vocab, c.Width, c.Context = wte.Shape[0], wte.Shape[1], wpe.Shape[0]
	for name := range s.tensors {
		if n, _, ok := parseBlockName(name); ok && n < maxBlocks {
			c.Blocks = max(c.Blocks, n+1)
		}
	}
	if c.Blocks == 0 {
		return c, s.refuse(fault.New("noBlock", "h.0.attn.c_attn.weight is missing; expected at least one block"))
	}
	c.Inner = s.inner(c.Width)
	return c, nil
}

// inner returns how many numbers a feed-forward network widens to, 0 if those are 4C, or nothing tells.
func (s *source) inner(width int) int {
	t := s.tensors[blockName(0)+"mlp.c_fc.weight"]
	if len(t.Shape) != 2 {
		return 0
	}
	n := t.Shape[1]
	if t.Shape[0] != width { // stored (out, in)
		n = t.Shape[0]
	}
	if n == 4*width {
		return 0
	}
	return n
}

// note adds a remark about the file, which is no error, but worded like one.
func (s *source) note(n *fault.Fault) { s.notes = append(s.notes, n) }

// refuse returns an error about the file. A name in the reason is one of a GPT-2's tensors,
// and so fit to be printed.
func (s *source) refuse(reason *fault.Fault) error {
	return &safetensors.FormatError{File: s.file, Reason: reason, Offset: -1}
}

// refuseTensor returns an error about a tensor that may have any name.
func (s *source) refuseTensor(t safetensors.Tensor, reason *fault.Fault) error {
	return &safetensors.FormatError{File: s.file, Tensor: t.Name, Reason: reason, Offset: -1}
}

// shapeText writes a shape as in the legend of sizes: (48, 144).
func shapeText(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = strconv.Itoa(n)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
