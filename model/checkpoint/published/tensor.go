package published

import (
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/quant"
)

// A Tensor is a tensor as a file holds it, of whatever format.
type Tensor struct {
	Name  string // in the file
	Shape []int  // outermost size first
	As    quant.Type
	Typed string // what the file calls the type
	Data  []byte // nil: only the header is here

	ints     func() ([]int, error) // its values as whole numbers; nil: it holds none
	Permuted int                   // heads of a query or key whose rows GGUF has in another order; 0: as published
}

// TensorOf returns a tensor of a safetensors file. Its type may be one that holds no numbers of ours: who reads it checks that.
func TensorOf(t safetensors.Tensor) Tensor {
	as, _ := quant.Parse(t.DType)
	list := Tensor{Name: t.Name, Shape: t.Shape, As: as, Typed: t.DType, Data: t.Data}
	if t.IsInt() {
		list.ints = t.Ints
	}
	return list
}

// Len returns how many numbers the tensor has.
func (t Tensor) Len() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// IsInt reports whether the tensor holds whole numbers.
func (t Tensor) IsInt() bool { return t.ints != nil }

// Ints returns the values of a tensor of whole numbers.
func (t Tensor) Ints() ([]int, error) { return t.ints() }

// Arrange brings the rows of a query or key from the order of GGUF's llama, in which number 2i of a head turns with 2i + 1,
// into the published one, in which i turns with i + A/2.
func (t *Tensor) Arrange() {
	if t.Permuted == 0 {
		return
	}
	rows := t.Shape[0]
	size := len(t.Data) / rows
	A := rows / t.Permuted
	out := make([]byte, 0, len(t.Data))
	for r := range rows {
		h, i := r/A, r%A
		from := h*A + i%(A/2)*2 + i/(A/2)
		out = append(out, t.Data[from*size:][:size]...)
	}
	t.Data = out
}
