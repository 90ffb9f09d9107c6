package model

import (
	"bytes"
	"slices"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/safetensors"
)

// isLlama reports whether a tensor of that name stands in Llama and its kin alone.
func isLlama(name string) bool { return strings.HasSuffix(name, "self_attn.q_proj.weight") }

// publishedLlama splits a name into what programs put before it and the name under which the published checkpoints of Llama
// have that tensor. The "model." at its beginning may be missing.
func publishedLlama(name string) (before, ours string, ok bool) {
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
	case headName, "rope_freqs.weight":
		return name, true
	}
	name = strings.TrimPrefix(name, "model.")
	switch name {
	case "embed_tokens.weight", "norm.weight":
		return "model." + name, true
	}
	_, part, inBlock := ofBlock("model." + name)
	layer, kind := part, ""
	if point := strings.LastIndexByte(part, '.'); point >= 0 {
		layer, kind = part[:point], part[point+1:]
	}
	norms := []string{"input_layernorm", "post_attention_layernorm", "self_attn.q_norm", "self_attn.k_norm"}
	linear := []string{"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"}
	known := kind == "weight" && slices.Contains(norms, layer) || (kind == "weight" || kind == "bias") && slices.Contains(linear, layer)
	return "model." + name, inBlock && known
}

// A llamaSource is a file that holds a Llama, and what is known of it.
type llamaSource struct {
	weightFile
	notes []*fault.Fault
}

// newLlamaSource returns the tensors of a file by their published names, without those that take no part in the model.
func newLlamaSource(file string, tensors []stored) (*llamaSource, error) {
	s := &llamaSource{weightFile: weightFile{file: file, tensors: map[string]stored{}}}
	var leftOut []string
	for _, t := range tensors {
		_, ours, ok := publishedLlama(t.name)
		switch {
		case ok:
		case noWeight(t.name):
			leftOut = append(leftOut, t.name)
			continue
		default:
			ours = t.name // check refuses it
		}
		if other, twice := s.tensors[ours]; twice {
			return nil, s.refuse(fault.New("tensorsTwice", "%s and %s both stand for %s; expected one of them",
				safetensors.Legible(other.name), safetensors.Legible(t.name), ours))
		}
		s.tensors[ours] = t
	}
	if leftOut != nil {
		s.note(fault.New("tensorsLeftOut", "It holds tensors that take no part in the model, and were left out: %s.", summary(leftOut)))
	}
	return s, nil
}

// noWeight reports whether a tensor of that name is a table that the program computes, or the head of another task.
func noWeight(name string) bool {
	for _, part := range []string{"inv_freq", "cos_cached", "sin_cached", "score.weight", "classifier.weight", "v_head."} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

func (s *llamaSource) note(n *fault.Fault) { s.notes = append(s.notes, n) }

// matrix returns the two sizes of a matrix.
func (s *llamaSource) matrix(name string) (rows, cols int, err error) {
	t, ok := s.tensors[name]
	switch {
	case !ok:
		return 0, 0, s.refuse(fault.New("matrixMissing", "%s is missing", name))
	case len(t.shape) != 2:
		return 0, 0, s.refuse(fault.New("notAMatrix", "%s is %s; expected two sizes", safetensors.Legible(t.name), shapeText(t.shape)))
	}
	return t.shape[0], t.shape[1], nil
}

// has reports whether the file has a tensor in its first block.
func (s *llamaSource) has(part string) bool {
	_, ok := s.tensors[layerName(0)+part]
	return ok
}

// shapes returns what the shapes tell of the sizes: V, C, L, the inner size, which layers have biases, whether heads are
// normed; and the rows of all queries and of all keys, H·A and K·A.
func (s *llamaSource) shapes() (c Config, queries, keys int, err error) {
	c.Family = FamilyLlama
	if _, ok := s.tensors["model.embed_tokens.weight"]; !ok && s.tensors[headName].name != "" {
		s.tensors["model.embed_tokens.weight"] = s.tensors[headName]
	}
	if c.Vocab, c.Width, err = s.matrix("model.embed_tokens.weight"); err != nil {
		return c, 0, 0, err
	}
	if queries, _, err = s.matrix(layerName(0) + "self_attn.q_proj.weight"); err != nil {
		return c, 0, 0, err
	}
	if keys, _, err = s.matrix(layerName(0) + "self_attn.k_proj.weight"); err != nil {
		return c, 0, 0, err
	}
	if c.Inner, _, err = s.matrix(layerName(0) + "mlp.gate_proj.weight"); err != nil {
		return c, 0, 0, err
	}
	if c.Inner == 4*c.Width {
		c.Inner = 0
	}
	for name := range s.tensors {
		if l, _, ok := ofBlock(name); ok && l < maxBlocks {
			c.Blocks = max(c.Blocks, l+1)
		}
	}
	for part, layer := range map[string]Biases{"self_attn.q_proj.bias": BiasQKV, "self_attn.o_proj.bias": BiasProj, "mlp.gate_proj.bias": BiasMLP} {
		if s.has(part) {
			c.Biases |= layer
		}
	}
	c.HeadNorms = s.has("self_attn.q_norm.weight")
	_, c.Rotary.Listed = s.tensors["rope_freqs.weight"]
	return c, queries, keys, nil
}

// tie reports whether the output projection is the token embedding again. Of a header alone it takes what was stated.
func (s *llamaSource) tie(stated *bool) bool {
	embed, head := s.tensors["model.embed_tokens.weight"], s.tensors[headName]
	switch {
	case head.name == "" || head.name == embed.name:
		return true
	case head.data == nil:
		return stated != nil && *stated
	}
	same := head.typed == embed.typed && equal(head.shape, embed.shape) && bytes.Equal(head.data, embed.data)
	if !same && stated != nil && *stated {
		s.note(fault.New("tiedIgnored", "Its metadata say that the output is the token embedding again, but %s differs from %s; it is taken for a matrix of its own.",
			safetensors.Legible(head.name), safetensors.Legible(embed.name)))
	}
	return same && (stated == nil || *stated)
}
