package model

import (
	"fmt"

	"glassbox/model/safetensors"
)

// Load reads a model from the bytes of a safetensors file: the tensors of the published
// GPT-2 checkpoints, and the configuration as JSON under "config" in the metadata. It
// also returns the metadata, which tells where the weights come from. name is the
// file's name. A file that is no such model is refused with a *safetensors.FormatError
// that names file, tensor and reason.
func Load(name string, b []byte) (*Model, map[string]string, error) {
	f, err := safetensors.Decode(name, b)
	if err != nil {
		return nil, nil, err
	}
	refuse := func(tensor, format string, args ...any) (*Model, map[string]string, error) {
		reason := fmt.Sprintf(format, args...)
		return nil, nil, &safetensors.FormatError{File: name, Tensor: tensor, Reason: reason, Offset: -1}
	}
	c, err := parseConfig(f.Metadata["config"])
	if err != nil {
		return refuse("", "the configuration in the metadata: %v", err)
	}
	m, err := shape(c)
	if err != nil {
		return refuse("", "the configuration in the metadata: %v", err)
	}
	expected := map[string]bool{}
	for _, p := range m.Parameters() {
		expected[p.Name] = true
		t, ok := f.Tensor(p.Name)
		if !ok {
			return refuse(p.Name, "is missing")
		}
		if want := m.published(p); !equal(t.Shape, want) {
			return refuse(p.Name, "has shape %v; expected %v", t.Shape, want)
		}
		if err := t.CheckFinite(); err != nil {
			return nil, nil, err
		}
		if p.data, err = t.Float32(); err != nil {
			return nil, nil, err
		}
	}
	for _, t := range f.Tensors {
		if !expected[t.Name] {
			return refuse(t.Name, "is not a tensor of a GPT-2 with %d blocks, tied: %t", c.Blocks, c.Tied)
		}
	}
	return m, f.Metadata, nil
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
