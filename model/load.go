package model

import (
	"glassbox/model/fault"
	"glassbox/model/safetensors"
)

// Load reads a model from the bytes of a safetensors file, as Import does, and returns it
// with the file's metadata, which tells where the weights come from.
func Load(name string, b []byte) (*Model, map[string]string, error) {
	i, err := Import(name, b, Options{})
	if err != nil {
		return nil, nil, err
	}
	return i.Model, i.Metadata, nil
}

// Save returns the model as a safetensors file. The configuration is added to the
// metadata. The same model and metadata give the same bytes.
//
// Where tokens share rows, wte.weight holds the D rows that differ and wte.index, of whole
// numbers (V), the row of each token.
func (m *Model) Save(metadata map[string]string) ([]byte, error) {
	return m.SaveAs(safetensors.F32, metadata)
}

// SaveAs is Save with the matrices in the element type dtype: F32, or F16, which takes half
// the room and keeps 11 bits of each weight, rounded to nearest. Gains and biases are few and stay F32.
// It fails if a weight is too large for the type.
func (m *Model) SaveAs(dtype string, metadata map[string]string) ([]byte, error) {
	f := safetensors.File{Metadata: map[string]string{}}
	for k, v := range metadata {
		f.Metadata[k] = v
	}
	f.Metadata["config"] = m.Config.JSON()
	for _, p := range m.Parameters() {
		encode := safetensors.FromFloat32
		if dtype == safetensors.F16 && !m.Vector(p) {
			encode = safetensors.FromFloat16
		} else if dtype != safetensors.F32 && dtype != safetensors.F16 {
			return nil, fault.New("dtypeNotSaved", "weights can't be saved as %.20q; expected F32 or F16", dtype)
		}
		t := encode(p.Name, m.publishedShape(p), p.values())
		if err := t.CheckFinite(); err != nil {
			return nil, fault.New("savingAs", "saving as %s: %w", dtype, err)
		}
		f.Tensors = append(f.Tensors, t)
		if m.Sharing != nil && p == m.WTE {
			f.Tensors = append(f.Tensors, m.Sharing.tensor())
		}
	}
	return safetensors.Encode(&f)
}

// publishedShape returns the shape that a weight has in a published file: [n] for a gain or
// bias, [rows, columns] otherwise; D rows for an embedding whose rows tokens share.
func (m *Model) publishedShape(p *Tensor) []int {
	switch {
	case m.Vector(p):
		return []int{p.Cols}
	case m.GPT2 != nil && p == m.WTE:
		return []int{m.Config.Rows(), p.Cols}
	}
	return []int{p.Rows, p.Cols}
}

// size returns the number of values of a weight.
func (m *Model) size(p *Tensor) int {
	n := 1
	for _, d := range m.publishedShape(p) {
		n *= d
	}
	return n
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
