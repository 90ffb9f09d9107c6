package model

import (
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/safetensors"
)

// A source is a file whose tensors are known by the names of the published checkpoints.
type source struct {
	file       string
	order      []safetensors.Tensor          // without the buffers, in the order of the file, by its own names
	tensors    map[string]safetensors.Tensor // by our names
	unbiased   bool                          // no tensor is a bias
	transposed bool                          // matrices are stored (out, in)
	notes      []*fault.Fault
}

// newSource returns the tensors of a file by their published names, without those that hold
// no weights.
func newSource(name string, f *safetensors.File) (*source, error) {
	s := &source{file: name, tensors: map[string]safetensors.Tensor{}, unbiased: true}
	for _, t := range f.Tensors {
		ours, buffer := canonical(t.Name)
		if buffer {
			continue
		}
		if other, twice := s.tensors[ours]; twice {
			return nil, s.refuseTensor(t, fault.New("tensorsAlike", "and %q both stand for %q; expected one of them", other.Name, ours))
		}
		s.tensors[ours] = t
		s.order = append(s.order, t)
		s.unbiased = s.unbiased && !isBias(ours)
	}
	return s, nil
}

// namePrefixes are what programs put before the names of GPT-2: the model around the
// transformer, and PyTorch's compiler and its training on several machines.
var namePrefixes = [...]string{"transformer.", "_orig_mod.", "module."}

// canonical returns the name under which the published checkpoints have a tensor, and
// whether it is one of the buffers that stand among their weights.
func canonical(name string) (ours string, buffer bool) {
	for stripped := true; stripped; {
		stripped = false
		for _, w := range namePrefixes {
			if rest, ok := strings.CutPrefix(name, w); ok {
				name, stripped = rest, true
			}
		}
	}
	_, rest, ok := parseBlockName(name)
	return name, ok && (rest == "attn.bias" || rest == "attn.masked_bias")
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
			"expected the names of a GPT-2, with or without \"transformer.\" before them"))
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
	return c, nil
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
