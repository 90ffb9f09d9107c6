package quant

import "encoding/binary"

// Blocks of 256 values in sub-blocks of 16 or 32, whose scales are whole numbers times the block's.

func decodeQ2_K(dst []float32, src []byte) {
	for len(dst) >= super && len(src) >= bytesQ2_K {
		b := (*[bytesQ2_K]byte)(src)
		d, dmin := half(b[80:]), half(b[82:])
		for s, sm := range b[:16] { // 16 values share shift and half of 32 bytes
			scale, min := d*float32(sm&15), dmin*float32(sm>>4)
			y, shift := (*[16]float32)(dst[16*s:super]), (s>>1&3)*2
			for j, q := range (*[16]byte)(b[16+(s>>3)*32+(s&1)*16:]) {
				y[j] = float32(scale*float32(q>>shift&3)) - min
			}
		}
		dst, src = dst[super:], src[bytesQ2_K:]
	}
}

func decodeQ3_K(dst []float32, src []byte) {
	for len(dst) >= super && len(src) >= bytesQ3_K {
		b := (*[bytesQ3_K]byte)(src)
		d, scales := half(b[108:]), scalesQ3_K((*[12]byte)(b[96:]))
		for s, sc := range scales {
			scale := d * float32(int(sc)-32)
			y, shift := (*[16]float32)(dst[16*s:super]), (s>>1&3)*2
			third := (*[16]byte)(b[(s&1)*16:])
			for j, q := range (*[16]byte)(b[32+(s>>3)*32+(s&1)*16:]) {
				y[j] = scale * float32(int(q>>shift&3|(third[j]>>(s>>1)&1)<<2)-4)
			}
		}
		dst, src = dst[super:], src[bytesQ3_K:]
	}
}

// scalesQ3_K unpacks 16 scales of 6 bits: scale s has its lower 4 bits in half a byte of the first eight, and its upper 2
// in a quarter of the last four.
func scalesQ3_K(b *[12]byte) (scales [16]uint8) {
	for s := range scales {
		scales[s] = b[s&7]>>((s>>3)*4)&15 | (b[8+(s&3)]>>((s>>2)*2)&3)<<4
	}
	return scales
}

// scaleAndMin unpacks number s of the 8 scales and mins of Q4_K and Q5_K, 6 bits each. Of the first four the scales stand
// in bytes 0 to 3 and the mins in 4 to 7; their upper 2 bits are the upper 2 bits of the last four, whose lower 4 bits
// share bytes 8 to 11, the scale's below the min's.
func scaleAndMin(b *[12]byte, s int) (scale, min uint8) {
	if s < 4 {
		return b[s&3] & 63, b[4+(s&3)] & 63
	}
	return b[8+(s&3)]&15 | b[s&3]>>6<<4, b[8+(s&3)]>>4 | b[4+(s&3)]>>6<<4
}

// ScalesAndMins unpacks the scales and mins of the 8 sub-blocks of Q4_K and Q5_K, a byte each, the first lowest.
func ScalesAndMins(b *[12]byte) (scales, mins uint64) {
	const six, four, two = 0x3f3f3f3f, 0x0f0f0f0f, 0x03030303
	s, m, both := binary.LittleEndian.Uint32(b[:]), binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])
	return uint64(s&six) | uint64(both&four|s>>6&two<<4)<<32, uint64(m&six) | uint64(both>>4&four|m>>6&two<<4)<<32
}

func decodeQ4_K(dst []float32, src []byte) {
	for len(dst) >= super && len(src) >= bytesQ4_K {
		b := (*[bytesQ4_K]byte)(src)
		d, dmin := half(b[:]), half(b[2:])
		for pair := range 4 { // 32 bytes hold two sub-blocks
			scale1, min1 := scaled(d, dmin, (*[12]byte)(b[4:]), 2*pair)
			scale2, min2 := scaled(d, dmin, (*[12]byte)(b[4:]), 2*pair+1)
			y := (*[64]float32)(dst[64*pair : super])
			for j, q := range (*[32]byte)(b[16+32*pair:]) {
				y[j] = float32(scale1*float32(q&15)) - min1
				y[j+32] = float32(scale2*float32(q>>4)) - min2
			}
		}
		dst, src = dst[super:], src[bytesQ4_K:]
	}
}

func decodeQ5_K(dst []float32, src []byte) {
	for len(dst) >= super && len(src) >= bytesQ5_K {
		b := (*[bytesQ5_K]byte)(src)
		d, dmin := half(b[:]), half(b[2:])
		fifth := (*[32]byte)(b[16:])
		for pair := range 4 {
			scale1, min1 := scaled(d, dmin, (*[12]byte)(b[4:]), 2*pair)
			scale2, min2 := scaled(d, dmin, (*[12]byte)(b[4:]), 2*pair+1)
			y := (*[64]float32)(dst[64*pair : super])
			for j, q := range (*[32]byte)(b[48+32*pair:]) {
				f := fifth[j] >> (2 * pair)
				y[j] = float32(scale1*float32(q&15|(f&1)<<4)) - min1
				y[j+32] = float32(scale2*float32(q>>4|(f&2)<<3)) - min2
			}
		}
		dst, src = dst[super:], src[bytesQ5_K:]
	}
}

// scaled returns what the quants of sub-block s are multiplied with, and what is subtracted.
func scaled(d, dmin float32, b *[12]byte, s int) (scale, min float32) {
	sc, m := scaleAndMin(b, s)
	return d * float32(sc), dmin * float32(m)
}

func decodeQ6_K(dst []float32, src []byte) {
	for len(dst) >= super && len(src) >= bytesQ6_K {
		b := (*[bytesQ6_K]byte)(src)
		d := half(b[208:])
		for s := range 16 {
			scale := d * float32(int8(b[192+s]))
			y := (*[16]float32)(dst[16*s : super])
			side := s >> 3 // of the block's two sides: 64 bytes of lower bits, 32 of upper ones
			upper := (*[16]byte)(b[128+32*side+(s&1)*16:])
			up, low := (s>>1&3)*2, (s>>2&1)*4
			for j, q := range (*[16]byte)(b[64*side+(s&3)*16:]) {
				y[j] = scale * float32(int(q>>low&15|(upper[j]>>up&3)<<4)-32)
			}
		}
		dst, src = dst[super:], src[bytesQ6_K:]
	}
}

func decodeIQ4_XS(dst []float32, src []byte) {
	for len(dst) >= super && len(src) >= bytesIQ4_XS {
		b := (*[bytesIQ4_XS]byte)(src)
		d := half(b[:])
		for s := range super / 32 {
			scale := d * float32(scaleIQ4_XS(b, s)-32)
			y := (*[32]float32)(dst[32*s : super])
			for j, q := range (*[16]byte)(b[8+16*s:]) {
				y[j] = scale * float32(levels[q&15])
				y[j+16] = scale * float32(levels[q>>4])
			}
		}
		dst, src = dst[super:], src[bytesIQ4_XS:]
	}
}

// scaleIQ4_XS unpacks number s of 8 scales of 6 bits: the upper 2 share 16 bits, the lower 4 share four bytes.
func scaleIQ4_XS(b *[bytesIQ4_XS]byte, s int) int {
	upper := binary.LittleEndian.Uint16(b[2:])
	return int(b[4+(s>>1&3)]>>((s&1)*4)&15) | int(upper>>(2*s)&3)<<4
}
