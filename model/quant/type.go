package quant

import (
	"strconv"
	"strings"

	"glassbox/model/fault"
)

// Type says how the values of a tensor are written, by the number that GGUF files give it (enum ggml_type).
type Type uint32

// Types that are computed here.
const (
	F32    Type = 0
	F16    Type = 1
	Q4_0   Type = 2
	Q4_1   Type = 3
	Q5_0   Type = 6
	Q5_1   Type = 7
	Q8_0   Type = 8
	Q2_K   Type = 10
	Q3_K   Type = 11
	Q4_K   Type = 12
	Q5_K   Type = 13
	Q6_K   Type = 14
	IQ4_NL Type = 20
	IQ4_XS Type = 23
	F64    Type = 28
	BF16   Type = 30
)

// names holds what ggml calls each number, "" for one that it has not given or has taken back.
var names = [...]string{
	"F32", "F16", "Q4_0", "Q4_1", "Q4_2", "Q4_3", "Q5_0", "Q5_1", "Q8_0", "Q8_1",
	"Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S",
	"IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16", "I32", "I64", "F64", "IQ1_M",
	"BF16", "Q4_0_4_4", "Q4_0_4_8", "Q4_0_8_8", "TQ1_0", "TQ2_0", "IQ4_NL_4_4", "IQ4_NL_4_8", "IQ4_NL_8_8", "MXFP4",
	"NVFP4", "Q1_0", "Q2_0",
}

// String returns the name that ggml has for the type, "Q4_K"; the number of one without a name.
func (t Type) String() string {
	if int64(t) < int64(len(names)) {
		return names[t]
	}
	return strconv.FormatUint(uint64(t), 10)
}

// Parse returns the type of a name, in capitals or not, and whether it is computed here.
func Parse(name string) (Type, bool) {
	for t := range Type(len(names)) {
		if t.Known() && strings.EqualFold(names[t], name) {
			return t, true
		}
	}
	return 0, false
}

// Types returns the types that are computed here, by their numbers.
func Types() (list []Type) {
	for t := range Type(len(names)) {
		if t.Known() {
			list = append(list, t)
		}
	}
	return list
}

// Computed lists the names of Types for a sentence.
func Computed() (list fault.List) {
	for _, t := range Types() {
		list = append(list, t.String())
	}
	return list
}

// Known reports whether the type is computed here. Of any other, nothing else is known than its name.
func (t Type) Known() bool { return t.BlockLen() > 0 }

// Quantised reports whether values share a scale in blocks; false for numbers that stand by themselves.
func (t Type) Quantised() bool { return t.BlockLen() > 1 }

// BlockLen returns how many values a block holds: 1, 32 or 256; 0 if the type is not computed here.
func (t Type) BlockLen() int {
	switch t {
	case F32, F16, F64, BF16:
		return 1
	case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL:
		return small
	case Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_XS:
		return super
	}
	return 0
}

// BlockBytes returns the bytes of a block, 0 if the type is not computed here.
func (t Type) BlockBytes() int {
	switch t {
	case F64:
		return 8
	case F32:
		return 4
	case F16, BF16:
		return 2
	case Q4_0, IQ4_NL:
		return bytesQ4_0
	case Q4_1:
		return bytesQ4_1
	case Q5_0:
		return bytesQ5_0
	case Q5_1:
		return bytesQ5_1
	case Q8_0:
		return bytesQ8_0
	case Q2_K:
		return bytesQ2_K
	case Q3_K:
		return bytesQ3_K
	case Q4_K:
		return bytesQ4_K
	case Q5_K:
		return bytesQ5_K
	case Q6_K:
		return bytesQ6_K
	case IQ4_XS:
		return bytesIQ4_XS
	}
	return 0
}

// RowBytes returns the bytes of a row of so many values: whole blocks, for no block goes on into the next row.
func (t Type) RowBytes(cols int) (int, error) {
	n := t.BlockLen()
	switch {
	case n == 0:
		return 0, t.notComputed()
	case cols < 0 || cols%n != 0:
		return 0, fault.New("rowNotBlocks", "a row has %d value(s), expected a multiple of %d, for %s has so many in a block", cols, n, t)
	}
	size := t.BlockBytes()
	if cols/n > maxInt/size {
		return 0, fault.New("rowTooLong", "a row of %d value(s) of %s is too long to count its bytes", cols, t)
	}
	return cols / n * size, nil
}

// notComputed says that values of the type can't be read.
func (t Type) notComputed() *fault.Fault {
	return fault.New("quantNotComputed", "the element type %s is not computed here; computed are %s", t, Computed())
}

// Check returns an error that names the type and those that are computed here, unless it is one of these.
func (t Type) Check() error {
	if t.Known() {
		return nil
	}
	return t.notComputed()
}

// Values and bytes of blocks. Multi-byte numbers are little-endian; a scale is an F16 but where it says otherwise.
const (
	small = 32  // values of a block with one scale
	super = 256 // values of a block whose sub-blocks have scales of their own

	bytesQ4_0   = 2 + small/2                      // d, 4 bits each
	bytesQ4_1   = 2 + 2 + small/2                  // d, m, 4 bits each
	bytesQ5_0   = 2 + small/8 + small/2            // d, a fifth bit each, 4 bits each
	bytesQ5_1   = 2 + 2 + small/8 + small/2        // d, m, a fifth bit each, 4 bits each
	bytesQ8_0   = 2 + small                        // d, 8 bits each
	bytesQ2_K   = super/16 + super/4 + 2 + 2       // scale and min of 16 values a byte, 2 bits each, d, dmin
	bytesQ3_K   = super/8 + super/4 + 12 + 2       // a third bit each, 2 bits each, scales, d
	bytesQ4_K   = 2 + 2 + 12 + super/2             // d, dmin, scales and mins, 4 bits each
	bytesQ5_K   = 2 + 2 + 12 + super/8 + super/2   // d, dmin, scales and mins, a fifth bit each, 4 bits each
	bytesQ6_K   = super/2 + super/4 + super/16 + 2 // 4 bits each, 2 bits more each, scales, d
	bytesIQ4_XS = 2 + 2 + super/64 + super/2       // d, the scales' upper bits and lower bits, 4 bits each

	maxInt = int(^uint(0) >> 1)
)
