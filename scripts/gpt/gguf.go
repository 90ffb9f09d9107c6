package main

import (
	"fmt"
	"maps"
	"slices"

	"glassbox/model"
	"glassbox/model/gguf"
	"glassbox/model/published"
	"glassbox/model/quant"
)

// What general.file_type calls a file by the type of its matrices (enum llama_ftype), and the version of the types' layout.
var fileTypes = map[quant.Type]uint32{quant.F32: 0, quant.F16: 1, quant.Q4_0: 2, quant.Q4_1: 3, quant.Q8_0: 7, quant.BF16: 32}

const quantVersion = 2

// encodeGGUF returns the model as a file of GGUF, its matrices in the type as. Gains, biases and positions are few, and stay
// F32, as llama.cpp leaves them. Of tokens that share rows the file says which: only this project reads that.
func encodeGGUF(m *model.Model, as quant.Type, metadata map[string]string) ([]byte, error) {
	f := &gguf.File{}
	if err := describe(f, m, as); err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(metadata)) {
		switch key {
		case "config": // it stands in the keys of the architecture
		case "license":
			f.Set("general.license", gguf.Of(metadata[key]))
		default:
			f.Set(published.OwnKeys+key, gguf.Of(metadata[key]))
		}
	}
	for _, p := range m.Parameters() {
		t, err := tensorOf(m, p, as)
		if err != nil {
			return nil, err
		}
		f.Tensors = append(f.Tensors, t)
	}
	return gguf.Encode(f)
}

// describe writes the sizes into the metadata. It refuses what the keys of GGUF can't say.
func describe(f *gguf.File, m *model.Model, as quant.Type) error {
	c := m.Config
	switch {
	case m.GPT2 == nil:
		return fmt.Errorf("only a GPT-2 is written as GGUF; this is a %s", c.Family.Name())
	case c.Activation != model.TanhGELU || c.Unscaled || c.PerBlock || c.Alphabet != "":
		return fmt.Errorf("GGUF can't say of a GPT-2 that it has another activation than gelu_new, other scales, or an alphabet; leave out -gguf")
	}
	f.Set("general.architecture", gguf.Of("gpt2"))
	f.Set("general.file_type", gguf.Of(fileTypes[as]))
	f.Set("general.quantization_version", gguf.Of(uint32(quantVersion)))
	for _, size := range []struct {
		field string
		n     int
	}{{"max_position_embeddings", c.Context}, {"hidden_size", c.Width}, {"intermediate_size", c.Wide()}, {"num_hidden_layers", c.Blocks}, {"num_attention_heads", c.Heads}} {
		f.Set("gpt2."+published.GGUFKey(size.field), gguf.Of(uint32(size.n)))
	}
	epsilon := c.Epsilon
	if epsilon == 0 {
		epsilon = model.Epsilon
	}
	f.Set("gpt2."+published.GGUFKey("layer_norm_epsilon"), gguf.Of(epsilon))
	if m.Sharing != nil {
		rows := make([]uint16, c.Vocab)
		for id := range rows {
			row := m.Sharing.Row(id)
			if rows[id] = uint16(row); int(rows[id]) != row {
				return fmt.Errorf("token %d has row %d; expected at most 65535", id, row)
			}
		}
		f.Set(published.RowsKey, gguf.ListOf(rows))
	}
	return nil
}

// tensorOf returns a weight as the file has it: matrices of linear layers (out, in), rows that tokens share once.
func tensorOf(m *model.Model, p *model.Tensor, as quant.Type) (gguf.Tensor, error) {
	shape, values := []int{p.Rows, p.Cols}, []float32{}
	if p == m.WTE {
		shape[0] = m.Config.Rows()
	}
	for r := range shape[0] {
		if p == m.WTE {
			r = m.Sharing.Token(r, 0)
		}
		values = append(values, p.Row(r)...)
	}
	if m.Vector(p) {
		shape = shape[1:]
	}
	if m.Vector(p) || p == m.WPE {
		as = quant.F32
	}
	if published.IsLinear(p.Name) {
		shape[0], shape[1] = shape[1], shape[0]
		values = turned(values, shape[0])
	}
	name, _ := published.GGUFName("gpt2", p.Name)
	return gguf.FromFloat32(name, shape, as, values)
}

// turned returns a matrix of so many columns with its rows as columns.
func turned(v []float32, cols int) []float32 {
	out := make([]float32, 0, len(v))
	for c := range cols {
		for at := c; at < len(v); at += cols {
			out = append(out, v[at])
		}
	}
	return out
}
