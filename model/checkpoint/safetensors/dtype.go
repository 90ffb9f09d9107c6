package safetensors

import (
	"math"
	"math/bits"
)

// Element types that [Tensor.Float32] reads: F64 is rounded to float32, the others lose nothing. A file may hold more
// (I64, BOOL, …); they are carried as bytes.
const (
	F64  = "F64"  // IEEE 754 binary64
	F32  = "F32"  // IEEE 754 binary32
	F16  = "F16"  // IEEE 754 binary16
	BF16 = "BF16" // the upper half of a binary32
)

// dtypeNames lists the element types that a file may hold, for messages.
const dtypeNames = "BOOL, U8, I8, F8_E4M3, F8_E5M2, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64"

// IsFloat reports whether Float32 reads an element type.
func IsFloat(dtype string) bool {
	return dtype == F64 || dtype == F32 || dtype == F16 || dtype == BF16
}

// dtypeSize returns the bytes of one element, 0 for a type that is not known.
func dtypeSize(dtype string) int {
	switch dtype {
	case "BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2":
		return 1
	case "U16", "I16", F16, BF16:
		return 2
	case "U32", "I32", F32:
		return 4
	case "U64", "I64", F64:
		return 8
	}
	return 0
}

// byteSize returns the bytes that a tensor of this type and shape occupies, or, as ok = false, that
// they can't be counted: a dimension is negative, or the product does not fit an int. A
// dimension of 0 makes the tensor empty but excuses no other one, so that callers may multiply
// dimensions in any order.
func byteSize(size int, shape []int) (n int, ok bool) {
	n, empty := size, false
	for _, d := range shape {
		if d == 0 {
			empty = true
			continue
		}
		high, low := bits.Mul64(uint64(n), uint64(d)) // a negative d counts as 2⁶³ or more
		if high != 0 || low > math.MaxInt {
			return 0, false
		}
		n = int(low)
	}
	if empty {
		return 0, true
	}
	return n, true
}
