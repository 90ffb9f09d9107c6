package quant

import "math"

// WidenHalf returns the value of an IEEE 754 binary16: a sign, 5 bits of exponent biased by 15, 10
// bits of fraction. Every one of them is a float32. A NaN keeps its fraction.
func WidenHalf(h uint16) float32 {
	// Where a float32 has them, exponent and fraction stand for a number that is too small by the difference of the two
	// biases, 127 − 15, also if it is zero or subnormal: one exact product does without telling the kinds apart.
	const bias = 1 << (127 - 15)
	x := math.Float32frombits(uint32(h&0x7fff)<<13) * bias
	b := math.Float32bits(x)
	if x >= 1<<16 { // beyond the largest: infinite or NaN
		b |= 0xff << 23
	}
	return math.Float32frombits(b | uint32(h&0x8000)<<16)
}

// NarrowHalf returns the binary16 nearest to x, of two equally near ones the one whose last bit is 0.
// Values from 65520 on, halfway beyond the largest, become infinite; NaN stays NaN.
func NarrowHalf(x float32) uint16 {
	b := math.Float32bits(x)
	sign := uint16(b>>16) & 0x8000
	b &= 0x7fff_ffff
	switch {
	case b > 0x7f80_0000: // NaN
		return sign | 0x7e00
	case b >= (127+16)<<23: // 65536 and more
		return sign | 0x7c00
	case b < (127-14)<<23: // subnormal: a multiple of 2⁻²⁴, which the sum with ½ rounds to
		return sign | uint16(math.Float32bits(math.Float32frombits(b)+0.5)-math.Float32bits(0.5))
	}
	b -= (127 - 15) << 23                       // the exponent's bias
	return sign | uint16((b+0xfff+b>>13&1)>>13) // a carry goes on into the exponent, up to infinity
}

// WidenBrain returns the value of a bfloat16, the upper half of a float32.
func WidenBrain(h uint16) float32 { return math.Float32frombits(uint32(h) << 16) }

// NarrowBrain returns the bfloat16 nearest to x, of two equally near ones the one whose last bit is 0. NaN stays NaN.
func NarrowBrain(x float32) uint16 {
	b := math.Float32bits(x)
	if b&0x7fff_ffff > 0x7f80_0000 {
		return uint16(b>>16) | 0x40 // a NaN of few bits stays one
	}
	return uint16((b + 0x7fff + b>>16&1) >> 16)
}
