package safetensors

import (
	"encoding/binary"
	"math"
	"slices"

	"glassbox/model/fault"
)

// Element types of whole numbers that [FromInts] writes.
const (
	U16 = "U16" // 0 to 65535
	I32 = "I32" // −2³¹ to 2³¹−1
)

// FromInts returns a tensor that holds copies of shape and of the values v, in row-major order: of
// type U16 if all of them fit, otherwise I32. It panics if one does not fit that either.
func FromInts(name string, shape []int, v []int) Tensor {
	t := Tensor{Name: name, DType: U16, Shape: slices.Clone(shape)}
	if len(v) > 0 && (slices.Min(v) < 0 || slices.Max(v) > math.MaxUint16) {
		t.DType = I32
	}
	for _, n := range v {
		switch {
		case t.DType == U16:
			t.Data = binary.LittleEndian.AppendUint16(t.Data, uint16(n))
		case int(int32(n)) != n:
			panic("safetensors: a whole number does not fit 32 bits")
		default:
			t.Data = binary.LittleEndian.AppendUint32(t.Data, uint32(n))
		}
	}
	return t
}

// IsInt reports whether the elements are whole numbers.
func (t Tensor) IsInt() bool {
	switch t.DType {
	case "U8", "I8", U16, "I16", "U32", I32, "U64", "I64":
		return true
	}
	return false
}

// Ints returns the values in row-major order. It refuses with a [*FormatError] what is no whole
// number, and a value that an int can't hold.
func (t Tensor) Ints() ([]int, error) {
	if !t.IsInt() {
		return nil, t.refuse(fault.New("typeNotWhole", "element type is %s, expected whole numbers", Legible(t.DType)))
	}
	if err := t.checkSize(); err != nil {
		return nil, err
	}
	size := dtypeSize(t.DType)
	out := make([]int, len(t.Data)/size)
	for i := range out {
		var b [8]byte
		copy(b[:], t.Data[i*size:][:size])
		bits := binary.LittleEndian.Uint64(b[:])
		if t.DType[0] == 'I' { // the sign of size bytes becomes that of eight
			unused := 64 - 8*size
			bits = uint64(int64(bits<<unused) >> unused)
		} else if bits > math.MaxInt64 {
			return nil, t.refuse(fault.New("valueTooLarge", "the value at %s is %d, expected at most %d", t.index(i), bits, math.MaxInt64))
		}
		if out[i] = int(int64(bits)); int64(out[i]) != int64(bits) {
			return nil, t.refuse(fault.New("valueNoInt", "the value at %s is %d, which an int of this machine can't hold", t.index(i), int64(bits)))
		}
	}
	return out, nil
}
