package quant

import "encoding/binary"

// Blocks of 32 values with one scale. Where a value has 4 bits, byte j holds those of values j and j+16.

func decodeQ4_0(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ4_0 {
		y, b := (*[small]float32)(dst), (*[bytesQ4_0]byte)(src)
		d := half(b[:])
		for j, q := range b[2:] {
			y[j] = float32(int(q&15)-8) * d
			y[j+small/2] = float32(int(q>>4)-8) * d
		}
		dst, src = dst[small:], src[bytesQ4_0:]
	}
}

func decodeQ4_1(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ4_1 {
		y, b := (*[small]float32)(dst), (*[bytesQ4_1]byte)(src)
		d, m := half(b[:]), half(b[2:])
		for j, q := range b[4:] {
			y[j] = float32(float32(q&15)*d) + m
			y[j+small/2] = float32(float32(q>>4)*d) + m
		}
		dst, src = dst[small:], src[bytesQ4_1:]
	}
}

func decodeQ5_0(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ5_0 {
		y, b := (*[small]float32)(dst), (*[bytesQ5_0]byte)(src)
		d, fifth := half(b[:]), binary.LittleEndian.Uint32(b[2:])
		for j, q := range b[6:] {
			y[j] = float32(int(uint32(q&15)|(fifth&1)<<4)-16) * d
			y[j+small/2] = float32(int(uint32(q>>4)|(fifth>>16&1)<<4)-16) * d
			fifth >>= 1
		}
		dst, src = dst[small:], src[bytesQ5_0:]
	}
}

func decodeQ5_1(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ5_1 {
		y, b := (*[small]float32)(dst), (*[bytesQ5_1]byte)(src)
		d, m, fifth := half(b[:]), half(b[2:]), binary.LittleEndian.Uint32(b[4:])
		for j, q := range b[8:] {
			y[j] = float32(float32(uint32(q&15)|(fifth&1)<<4)*d) + m
			y[j+small/2] = float32(float32(uint32(q>>4)|(fifth>>16&1)<<4)*d) + m
			fifth >>= 1
		}
		dst, src = dst[small:], src[bytesQ5_1:]
	}
}

func decodeQ8_0(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ8_0 {
		y, b := (*[small]float32)(dst), (*[bytesQ8_0]byte)(src)
		d := half(b[:])
		for j, q := range b[2:] {
			y[j] = float32(int8(q)) * d
		}
		dst, src = dst[small:], src[bytesQ8_0:]
	}
}

func decodeIQ4_NL(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ4_0 {
		y, b := (*[small]float32)(dst), (*[bytesQ4_0]byte)(src)
		d := half(b[:])
		for j, q := range b[2:] {
			y[j] = d * float32(levels[q&15])
			y[j+small/2] = d * float32(levels[q>>4])
		}
		dst, src = dst[small:], src[bytesQ4_0:]
	}
}

// levels are what the 4 bits of IQ4_NL and IQ4_XS stand for: close to each other near 0, where most weights are.
var levels = [16]int8{-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113}
