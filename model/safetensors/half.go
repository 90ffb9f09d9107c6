package safetensors

import "math"

// widenHalf returns the value of an IEEE 754 binary16: a sign, 5 bits of exponent biased by 15, 10
// bits of fraction. Every one of them is a float32.
func widenHalf(h uint16) float32 {
	sign := uint32(h>>15) << 31
	exponent := uint32(h >> 10 & 0x1f)
	fraction := uint32(h & 0x3ff)
	switch exponent {
	case 0: // zero or subnormal: fraction · 2⁻²⁴
		magnitude := float32(fraction) * (1.0 / (1 << 24))
		return math.Float32frombits(sign | math.Float32bits(magnitude))
	case 0x1f: // infinite or NaN, whose fraction is kept
		exponent = 0xff
	default:
		exponent += 127 - 15
	}
	return math.Float32frombits(sign | exponent<<23 | fraction<<13)
}

// narrowHalf returns the binary16 nearest to x, of two equally near ones the one whose last bit is 0.
// Values from 65520 on, halfway beyond the largest, become infinite; NaN stays NaN.
func narrowHalf(x float32) uint16 {
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
