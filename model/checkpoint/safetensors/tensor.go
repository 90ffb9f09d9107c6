package safetensors

import (
	"encoding/binary"
	"math"
	"slices"

	"glassbox/model/fault"
	"glassbox/model/quant"
)

// Tensor is one named array. Its values stay encoded until they are asked for.
type Tensor struct {
	Name  string
	DType string // "F32", …
	Shape []int  // the size of each dimension, outermost first; empty for a scalar
	Data  []byte // the values, little-endian, row-major; a decoded tensor shares the bytes of its file

	file string // the name of the file that it was decoded from, for errors
}

// FromFloat32 returns a tensor of type F32 that holds copies of shape and of the values v, which are
// in row-major order. Whether there are as many values as shape asks for is checked by [Encode].
func FromFloat32(name string, shape []int, v []float32) Tensor {
	data := make([]byte, 4*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint32(data[4*i:], math.Float32bits(x))
	}
	return Tensor{Name: name, DType: F32, Shape: slices.Clone(shape), Data: data}
}

// FromFloat16 is FromFloat32 with the type F16: each value is rounded to the nearest, of two equally
// near ones to the even. Those from 65520 on become infinite.
func FromFloat16(name string, shape []int, v []float32) Tensor {
	data := make([]byte, 2*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint16(data[2*i:], quant.NarrowHalf(x))
	}
	return Tensor{Name: name, DType: F16, Shape: slices.Clone(shape), Data: data}
}

// FromBrain16 is FromFloat32 with the type BF16: each value is rounded to the nearest, of two equally near ones to the even.
func FromBrain16(name string, shape []int, v []float32) Tensor {
	data := make([]byte, 2*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint16(data[2*i:], quant.NarrowBrain(x))
	}
	return Tensor{Name: name, DType: BF16, Shape: slices.Clone(shape), Data: data}
}

// Float32 returns the values in row-major order, in memory of their own. F16 and BF16 are widened,
// which is exact, F64 is rounded to the nearest; every other type is refused with a [*FormatError]. NaN and
// infinities pass: see [Tensor.CheckFinite].
func (t Tensor) Float32() ([]float32, error) {
	if err := t.checkFloat(); err != nil {
		return nil, err
	}
	out := make([]float32, len(t.Data)/dtypeSize(t.DType))
	switch t.DType {
	case F64:
		for i := range out {
			out[i] = float32(t.float64At(i))
		}
	case F32:
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.Data[4*i:]))
		}
	case F16:
		for i := range out {
			out[i] = quant.WidenHalf(binary.LittleEndian.Uint16(t.Data[2*i:]))
		}
	case BF16:
		for i := range out {
			out[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(t.Data[2*i:])) << 16)
		}
	}
	return out, nil
}

// float64At returns value i of a tensor of type F64.
func (t Tensor) float64At(i int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(t.Data[8*i:]))
}

// CheckFinite returns a [*FormatError] that names the first value which is NaN or infinite, or too large for float32, by
// its index, (row, column) in a matrix; nil if there is none. It reads the types that Float32 reads
// and refuses the others in the same way.
func (t Tensor) CheckFinite() error {
	if err := t.checkFloat(); err != nil {
		return err
	}
	// In the narrower types a value is NaN or infinite exactly if all bits of its exponent are set.
	at := -1
	switch t.DType {
	case F64:
		at = t.firstBeyond32()
	case F32:
		at = firstSet32(t.Data, 0x7f80_0000)
	case F16:
		at = firstSet16(t.Data, 0x7c00)
	case BF16:
		at = firstSet16(t.Data, 0x7f80)
	}
	if at < 0 {
		return nil
	}
	if t.DType == F64 && !math.IsInf(t.float64At(at), 0) && !math.IsNaN(t.float64At(at)) {
		return t.refuse(fault.New("valueBeyond", "the value at %s is %g, which is too large for float32", t.index(at), t.float64At(at)))
	}
	size := dtypeSize(t.DType)
	value, err := Tensor{DType: t.DType, Data: t.Data[at*size:][:size]}.Float32() // a scalar
	if err != nil {
		return err
	}
	return t.refuse(fault.New("valueNotFinite", "the value at %s is %v, expected a finite number", t.index(at), value[0]))
}

// checkFloat returns an error unless the tensor is of a type that can be widened to float32 and has
// as many bytes as its shape asks for, which a tensor made by hand need not have.
func (t Tensor) checkFloat() error {
	if IsFloat(t.DType) {
		return t.checkSize()
	}
	return t.refuse(fault.New("typeNotFloat", "element type is %s, expected F32, F16, BF16 or F64", Legible(t.DType)))
}

// checkSize returns an error unless type, shape and data agree.
func (t Tensor) checkSize() error {
	size := dtypeSize(t.DType)
	if size == 0 {
		return t.refuse(fault.New("typeUnknown", "element type %s is unknown, expected one of %s", Legible(t.DType), dtypeNames))
	}
	n, ok := byteSize(size, t.Shape)
	if !ok {
		return t.refuse(fault.New("shapeUncountable", "shape %s of %s is negative or too large to count its bytes", list(t.Shape), t.DType))
	}
	if n != len(t.Data) {
		return t.refuse(fault.New("shapeSize", "shape %s of %s needs %d byte(s), but has %d", list(t.Shape), t.DType, n, len(t.Data)))
	}
	return nil
}

// refuse returns an error that names the tensor and its file.
func (t Tensor) refuse(reason *fault.Fault) error {
	return &FormatError{File: t.file, Tensor: t.Name, Reason: reason, Offset: -1}
}

// index returns the place of the i-th value in the form "(row, column)".
func (t Tensor) index(i int) string {
	at := make([]int, len(t.Shape))
	for d := len(at) - 1; d >= 0; d-- {
		at[d] = i % t.Shape[d]
		i /= t.Shape[d]
	}
	return "(" + join(at) + ")"
}

// firstBeyond32 returns the index of the first value of a tensor of type F64 that is not finite as a float32, -1 if there
// is none.
func (t Tensor) firstBeyond32() int {
	for i := range len(t.Data) / 8 {
		if v := float64(float32(t.float64At(i))); math.IsInf(v, 0) || math.IsNaN(v) {
			return i
		}
	}
	return -1
}

// firstSet32 returns the index of the first 32-bit word in which all bits of mask are set, -1 if
// there is none.
func firstSet32(data []byte, mask uint32) int {
	for i := 0; i+4 <= len(data); i += 4 {
		if binary.LittleEndian.Uint32(data[i:])&mask == mask {
			return i / 4
		}
	}
	return -1
}

// firstSet16 is firstSet32 for 16-bit words.
func firstSet16(data []byte, mask uint16) int {
	for i := 0; i+2 <= len(data); i += 2 {
		if binary.LittleEndian.Uint16(data[i:])&mask == mask {
			return i / 2
		}
	}
	return -1
}
