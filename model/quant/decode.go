package quant

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Decode writes the values of whole blocks to dst, which has room for just these. The bits are those that the reference
// computes. It panics if the type is not computed here, or src is not as many blocks as dst takes: see
// [Type.RowBytes].
func Decode(dst []float32, t Type, src []byte) {
	if n, err := t.RowBytes(len(dst)); err != nil || n != len(src) {
		panic(fmt.Sprintf("quant: %d bytes are no %d values of %s", len(src), len(dst), t))
	}
	if !byVectors(dst, t, src) {
		plainDecode(dst, t, src)
	}
}

// plainDecode is Decode for whole blocks, number by number.
func plainDecode(dst []float32, t Type, src []byte) {
	switch t {
	case F32:
		decodeF32(dst, src)
	case F16:
		decodeF16(dst, src)
	case F64:
		decodeF64(dst, src)
	case BF16:
		decodeBF16(dst, src)
	case Q4_0:
		decodeQ4_0(dst, src)
	case Q4_1:
		decodeQ4_1(dst, src)
	case Q5_0:
		decodeQ5_0(dst, src)
	case Q5_1:
		decodeQ5_1(dst, src)
	case Q8_0:
		decodeQ8_0(dst, src)
	case IQ4_NL:
		decodeIQ4_NL(dst, src)
	case Q2_K:
		decodeQ2_K(dst, src)
	case Q3_K:
		decodeQ3_K(dst, src)
	case Q4_K:
		decodeQ4_K(dst, src)
	case Q5_K:
		decodeQ5_K(dst, src)
	case Q6_K:
		decodeQ6_K(dst, src)
	case IQ4_XS:
		decodeIQ4_XS(dst, src)
	}
}

// At returns value i of a row without decoding the others. It panics where [Explain] does.
func At(t Type, row []byte, i int) float32 { return Explain(t, row, i).Value() }

// The loops below ask for the length of both slices in a way that tells the compiler of every index that it is inside.

// Numbers that stand alone are read by eights, which share what the loop itself costs, and the rest one by one.

func decodeF32(dst []float32, src []byte) {
	for len(dst) >= 8 && len(src) >= 8*4 {
		y, b := (*[8]float32)(dst), (*[8 * 4]byte)(src)
		for j := range y {
			y[j] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*j:]))
		}
		dst, src = dst[8:], src[8*4:]
	}
	for len(dst) >= 1 && len(src) >= 4 {
		dst[0] = math.Float32frombits(binary.LittleEndian.Uint32(src))
		dst, src = dst[1:], src[4:]
	}
}

func decodeF16(dst []float32, src []byte) {
	for len(dst) >= 8 && len(src) >= 8*2 {
		y, b := (*[8]float32)(dst), (*[8 * 2]byte)(src)
		for j := range y {
			y[j] = half(b[2*j:])
		}
		dst, src = dst[8:], src[8*2:]
	}
	for len(dst) >= 1 && len(src) >= 2 {
		dst[0] = half(src)
		dst, src = dst[1:], src[2:]
	}
}

func decodeF64(dst []float32, src []byte) {
	for len(dst) >= 1 && len(src) >= 8 {
		dst[0] = float32(math.Float64frombits(binary.LittleEndian.Uint64(src)))
		dst, src = dst[1:], src[8:]
	}
}

func decodeBF16(dst []float32, src []byte) {
	for len(dst) >= 8 && len(src) >= 8*2 {
		y, b := (*[8]float32)(dst), (*[8 * 2]byte)(src)
		for j := range y {
			y[j] = WidenBrain(binary.LittleEndian.Uint16(b[2*j:]))
		}
		dst, src = dst[8:], src[8*2:]
	}
	for len(dst) >= 1 && len(src) >= 2 {
		dst[0] = WidenBrain(binary.LittleEndian.Uint16(src))
		dst, src = dst[1:], src[2:]
	}
}

// half returns the F16 at the start of b.
func half(b []byte) float32 { return WidenHalf(binary.LittleEndian.Uint16(b)) }
