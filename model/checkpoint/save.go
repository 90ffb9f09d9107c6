package checkpoint

import (
	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// Save returns the model as a safetensors file. The configuration is added to the
// metadata. The same model and metadata give the same bytes.
//
// Where tokens share rows, wte.weight holds the D rows that differ and wte.index, of whole
// numbers (V), the row of each token.
func Save(m *model.Model, metadata map[string]string) ([]byte, error) {
	return SaveAs(m, safetensors.F32, metadata)
}

// SaveAs is Save with the matrices in the element type dtype: F32, or F16, which takes half
// the room and keeps 11 bits of each weight, rounded to nearest, or BF16, which keeps 8 bits and any size. Gains and
// biases are few and stay F32. It fails if a weight is too large for the type.
func SaveAs(m *model.Model, dtype string, metadata map[string]string) ([]byte, error) {
	f := safetensors.File{Metadata: map[string]string{}}
	for k, v := range metadata {
		f.Metadata[k] = v
	}
	f.Metadata["config"] = JSON(m.Config)
	for _, p := range m.Parameters() {
		encode := safetensors.FromFloat32
		switch {
		case dtype != safetensors.F32 && dtype != safetensors.F16 && dtype != safetensors.BF16:
			return nil, fault.New("dtypeNotSaved", "weights can't be saved as %.20q; expected F32, F16 or BF16", dtype)
		case dtype == safetensors.F16 && !m.Vector(p):
			encode = safetensors.FromFloat16
		case dtype == safetensors.BF16 && !m.Vector(p):
			encode = safetensors.FromBrain16
		}
		t := encode(p.Name, m.StoredShape(p), p.Values())
		if err := t.CheckFinite(); err != nil {
			return nil, savingAs(dtype, p, err)
		}
		f.Tensors = append(f.Tensors, t)
		if m.Sharing != nil && p == m.WTE {
			f.Tensors = append(f.Tensors, indexOf(m))
		}
	}
	return safetensors.Encode(&f)
}

// savingAs returns the error about a weight that can't be saved as a type: for what it holds itself, or for what becomes of that.
func savingAs(dtype string, p *model.Tensor, err error) error {
	const beyond = 65520 // what F16 rounds to ±Inf begins here; the other types have as much room as float32
	for i, v := range p.Values() {
		switch {
		case v-v != 0:
			return fault.New("savingAs", "saving as %s: %w", dtype, err)
		case v >= beyond || v <= -beyond:
			return fault.New("weightBeyond", "%s has %g at (%d, %d), which %s can't hold; expected a type with room for it, BF16 or F32", p.Name, v, i/p.Cols, i%p.Cols, dtype)
		}
	}
	return fault.New("savingAs", "saving as %s: %w", dtype, err)
}

// indexOf returns the rows of all tokens as a file holds them: U16 where D is 65536 at most.
func indexOf(m *model.Model) safetensors.Tensor {
	rows := make([]int, m.Config.Vocab)
	for id := range rows {
		rows[id] = m.Sharing.Row(id)
	}
	return safetensors.FromInts(published.IndexName, []int{len(rows)}, rows)
}
