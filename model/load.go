package model

import "glassbox/model/safetensors"

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
func (m *Model) Save(metadata map[string]string) ([]byte, error) {
	f := safetensors.File{Metadata: map[string]string{}}
	for k, v := range metadata {
		f.Metadata[k] = v
	}
	f.Metadata["config"] = m.Config.JSON()
	for _, p := range m.Parameters() {
		f.Tensors = append(f.Tensors, safetensors.FromFloat32(p.Name, m.published(p), p.data))
	}
	return safetensors.Encode(&f)
}

// published returns the shape under which a weight is published: [n] for a gain or
// bias, [rows, columns] otherwise.
func (m *Model) published(p *Tensor) []int {
	if m.Vector(p) {
		return []int{p.Cols}
	}
	return []int{p.Rows, p.Cols}
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
