package published

import (
	"maps"
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/gguf"
)

// GGUFName returns what files of GGUF of an architecture call a tensor of a published name, and whether they have it.
func GGUFName(arch, name string) (string, bool) {
	g := &GGUF{Arch: arch}
	for its, names := range ggufWhole {
		if names[g.family()] == name {
			return its, true
		}
	}
	for its, names := range ggufParts {
		begin := model.LayerName
		if g.family() == 1 {
			begin = model.BlockName
		}
		l, rest, ok := model.OfBlock(name)
		layer := names[g.family()]
		kind, is := strings.CutPrefix(rest, layer+".")
		if ok && layer != "" && is && (kind == "weight" || kind == "bias") && begin(l)+rest == name {
			return ggufBlock(l) + its + "." + kind, true
		}
	}
	return "", false
}

// ggufBlock begins the names of what stands in block l.
func ggufBlock(l int) string { return "blk." + strings.TrimPrefix(model.BlockName(l), "h.") }

// Permuted returns how many heads a tensor of a file of GGUF has whose rows stand there in another order than in published
// models, see [Tensor.Arrange]; 0: it is none. fields are the configuration.
func Permuted(arch, name string, fields Fields) int {
	return (&GGUF{Arch: arch, Fields: fields}).permuted(name)
}

// Rearrange takes back what Arrange does: it brings the rows of a query or key into the order of GGUF's llama.
func (t *Tensor) Rearrange() {
	if t.Permuted == 0 {
		return
	}
	rows := t.Shape[0]
	size := len(t.Data) / rows
	A := rows / t.Permuted
	out := make([]byte, 0, len(t.Data))
	for r := range rows {
		h, i := r/A, r%A
		from := h*A + i%2*(A/2) + i/2
		out = append(out, t.Data[from*size:][:size]...)
	}
	t.Data = out
}

// GGUFKeys returns the keys that files of GGUF have for a configuration in published words, as llama.cpp writes them.
func GGUFKeys(arch string, fields Fields) (list []gguf.Entry) {
	add := func(key string, v gguf.Value) { list = append(list, gguf.Entry{Key: arch + "." + key, Value: v}) }
	for _, k := range ggufKeys {
		n, has := Number(fields, k[1])
		switch {
		case !has:
		case strings.Contains(k[0], "epsilon") || strings.Contains(k[0], "freq_base"):
			add(k[0], gguf.Of(float32(n)))
		default:
			add(k[0], gguf.Of(uint32(n)))
		}
	}
	if size := Size(fields, "head_dim"); size > 0 {
		add("attention.value_length", gguf.Of(uint32(size)))
		add("rope.dimension_count", gguf.Of(uint32(size)))
	}
	if kind, ok := fields["rope_type"].(string); ok {
		factor, _ := Number(fields, "factor")
		add("rope.scaling.type", gguf.Of(kind))
		add("rope.scaling.factor", gguf.Of(float32(factor)))
	}
	return list
}

// GGUFOrigin returns the keys for what metadata of safetensors say of a model, see [GGUF.Metadata]: where it comes from, in the
// keys that GGUF has for that, and everything else in keys of ours. What the configuration has, and what says of the file how
// to read it, stands elsewhere.
func GGUFOrigin(metadata map[string]string) (list []gguf.Entry) {
	for _, name := range slices.Sorted(maps.Keys(metadata)) {
		key := OwnKeys + name
		for _, k := range origin {
			if k[0] == name {
				key = k[1]
			}
		}
		if text := metadata[name]; text != "" && name != "config" && name != "format" {
			list = append(list, gguf.Entry{Key: key, Value: gguf.Of(text)})
		}
	}
	return list
}
