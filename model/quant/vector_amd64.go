//go:build goexperiment.simd

package quant

import (
	"encoding/binary"
	"simd/archsimd"
)

// The functions of this file are those of decode.go, small.go and super.go in vectors of eight numbers, for the types in which
// models are published most. Each number is made by the same operations, so the bits are the same.

// byVectors decodes whole blocks, and reports whether it could: whether the machine has the instructions, and the type is one
// of those below.
func byVectors(dst []float32, t Type, src []byte) bool {
	decode := vectorDecoder(t)
	if decode == nil || !archsimd.X86.AVX2() {
		return false
	}
	decode(dst, src)
	archsimd.ClearAVXUpperBits() // or what runs next waits for the upper halves of its registers: see package kernel
	return true
}

func vectorDecoder(t Type) func(dst []float32, src []byte) {
	switch t {
	case F16:
		return vectorF16
	case BF16:
		return vectorBF16
	case Q4_0:
		return vectorQ4_0
	case Q4_1:
		return vectorQ4_1
	case Q5_0:
		return vectorQ5_0
	case Q8_0:
		return vectorQ8_0
	case Q4_K:
		return vectorQ4_K
	case Q6_K:
		return vectorQ6_K
	}
	return nil
}

// Between two vectors no scalar float32 may be computed, no function called and no vector of 16 bytes be moved aside, which Go's
// compiler does where there are too many: the machine would change to its older instructions and back each time, and that takes
// longer than all else. So scales are vectors too, and what is called here is small enough to be compiled in place.

// halves returns the values of eight F16, as WidenHalf does.
func halves(h archsimd.Uint32x8) archsimd.Float32x8 {
	x := h.And(archsimd.BroadcastUint32x8(0x7fff)).ShiftAllLeft(13).BitsToFloat32().Mul(archsimd.BroadcastFloat32x8(1 << (127 - 15)))
	beyond := x.GreaterEqual(archsimd.BroadcastFloat32x8(1 << 16)).ToInt32x8().ToBits().And(archsimd.BroadcastUint32x8(0xff << 23))
	return x.ToBits().Or(beyond).Or(h.And(archsimd.BroadcastUint32x8(0x8000)).ShiftAllLeft(16)).BitsToFloat32()
}

// vectorOf returns eight times the F16 at the start of b.
func vectorOf(b []byte) archsimd.Float32x8 {
	return halves(archsimd.BroadcastUint32x8(uint32(binary.LittleEndian.Uint16(b))))
}

// two returns eight times the F16 at the start of b, and eight times the one behind it.
func two(b []byte) (first, second archsimd.Float32x8) {
	both := archsimd.BroadcastUint32x8(binary.LittleEndian.Uint32(b)).ShiftRight(archsimd.LoadUint32x8Array(&upperOf))
	v := halves(both.And(archsimd.BroadcastUint32x8(0xffff)))
	return v.ToBits().PermuteScalarsGrouped(0, 0, 0, 0).BitsToFloat32(), v.ToBits().PermuteScalarsGrouped(1, 1, 1, 1).BitsToFloat32()
}

// upperOf says by how many bits a pair of F16 is moved for each of eight places.
var upperOf = [8]uint32{0, 16, 0, 16, 0, 16, 0, 16}

// numbers returns whole numbers as float32: the first eight of the bytes of q, with their signs, and the other eight.
func numbers(q archsimd.Int8x16) (lower, upper archsimd.Float32x8) {
	behind := q.ToBits().AsUint64x2().InterleaveHi(q.ToBits().AsUint64x2()).AsUint8x16().BitsToInt8()
	return q.ExtendLo8ToInt32().ConvertToFloat32(), behind.ExtendLo8ToInt32().ConvertToFloat32()
}

// nibbles returns the lower four bits of 16 bytes, and the upper four.
func nibbles(q archsimd.Uint8x16) (low, high archsimd.Int8x16) {
	mask := archsimd.BroadcastUint8x16(15)
	return q.And(mask).BitsToInt8(), q.AsUint16x8().ShiftAllRight(4).AsUint8x16().And(mask).BitsToInt8()
}

// storeScaled sets y[j] = q[j]·d.
func storeScaled(y *[16]float32, q archsimd.Int8x16, d archsimd.Float32x8) {
	lower, upper := numbers(q)
	lower.Mul(d).StoreArray((*[8]float32)(y[:8]))
	upper.Mul(d).StoreArray((*[8]float32)(y[8:]))
}

// storeRaised sets y[j] = q[j]·d + m.
func storeRaised(y *[16]float32, q archsimd.Int8x16, d, m archsimd.Float32x8) {
	lower, upper := numbers(q)
	lower.Mul(d).Add(m).StoreArray((*[8]float32)(y[:8]))
	upper.Mul(d).Add(m).StoreArray((*[8]float32)(y[8:]))
}

// storeLowered sets y[j] = d·q[j] − m.
func storeLowered(y *[16]float32, q archsimd.Int8x16, d, m archsimd.Float32x8) {
	lower, upper := numbers(q)
	lower.Mul(d).Sub(m).StoreArray((*[8]float32)(y[:8]))
	upper.Mul(d).Sub(m).StoreArray((*[8]float32)(y[8:]))
}

func vectorF16(dst []float32, src []byte) {
	for len(dst) >= 8 && len(src) >= 8*2 {
		halves(archsimd.LoadUint8x16Array((*[16]byte)(src)).AsUint16x8().ExtendToUint32()).StoreArray((*[8]float32)(dst))
		dst, src = dst[8:], src[8*2:]
	}
	decodeF16(dst, src)
}

func vectorBF16(dst []float32, src []byte) {
	for len(dst) >= 8 && len(src) >= 8*2 {
		h := archsimd.LoadUint8x16Array((*[16]byte)(src)).AsUint16x8().ExtendToUint32()
		h.ShiftAllLeft(16).BitsToFloat32().StoreArray((*[8]float32)(dst))
		dst, src = dst[8:], src[8*2:]
	}
	decodeBF16(dst, src)
}

func vectorQ8_0(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ8_0 {
		y, b := (*[small]float32)(dst), (*[bytesQ8_0]byte)(src)
		d := vectorOf(b[:])
		storeScaled((*[16]float32)(y[:16]), archsimd.LoadUint8x16Array((*[16]byte)(b[2:])).BitsToInt8(), d)
		storeScaled((*[16]float32)(y[16:]), archsimd.LoadUint8x16Array((*[16]byte)(b[18:])).BitsToInt8(), d)
		dst, src = dst[small:], src[bytesQ8_0:]
	}
}

func vectorQ4_0(dst []float32, src []byte) {
	middle := archsimd.BroadcastInt8x16(8)
	for len(dst) >= small && len(src) >= bytesQ4_0 {
		y, b := (*[small]float32)(dst), (*[bytesQ4_0]byte)(src)
		d := vectorOf(b[:])
		low, high := nibbles(archsimd.LoadUint8x16Array((*[16]byte)(b[2:])))
		storeScaled((*[16]float32)(y[:16]), low.Sub(middle), d)
		storeScaled((*[16]float32)(y[16:]), high.Sub(middle), d)
		dst, src = dst[small:], src[bytesQ4_0:]
	}
}

func vectorQ4_1(dst []float32, src []byte) {
	for len(dst) >= small && len(src) >= bytesQ4_1 {
		y, b := (*[small]float32)(dst), (*[bytesQ4_1]byte)(src)
		d, m := two(b[:])
		low, high := nibbles(archsimd.LoadUint8x16Array((*[16]byte)(b[4:])))
		storeRaised((*[16]float32)(y[:16]), low, d, m)
		storeRaised((*[16]float32)(y[16:]), high, d, m)
		dst, src = dst[small:], src[bytesQ4_1:]
	}
}

// bitOf holds the bit that each of 16 values has in its byte of two, and byteOf which of the two that is.
var (
	bitOf  = [16]uint8{1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128}
	byteOf = [16]int8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}
)

func vectorQ5_0(dst []float32, src []byte) {
	middle, fifth := archsimd.BroadcastInt8x16(16), archsimd.BroadcastInt8x16(16)
	bit, first := archsimd.LoadUint8x16Array(&bitOf), archsimd.LoadInt8x16Array(&byteOf)
	second := first.Add(archsimd.BroadcastInt8x16(2))
	for len(dst) >= small && len(src) >= bytesQ5_0 {
		y, b := (*[small]float32)(dst), (*[bytesQ5_0]byte)(src)
		d := vectorOf(b[:])
		all := archsimd.BroadcastUint32x4(binary.LittleEndian.Uint32(b[2:])).AsUint8x16()
		low, high := nibbles(archsimd.LoadUint8x16Array((*[16]byte)(b[6:])))
		low = low.Or(all.PermuteOrZero(first).And(bit).Equal(bit).ToInt8x16().And(fifth))
		high = high.Or(all.PermuteOrZero(second).And(bit).Equal(bit).ToInt8x16().And(fifth))
		storeScaled((*[16]float32)(y[:16]), low.Sub(middle), d)
		storeScaled((*[16]float32)(y[16:]), high.Sub(middle), d)
		dst, src = dst[small:], src[bytesQ5_0:]
	}
}

// eightBytes returns the bytes of x as float32.
func eightBytes(x uint64) archsimd.Float32x8 {
	return archsimd.BroadcastUint64x2(x).AsUint8x16().ExtendLo8ToUint32().AsInt32x8().ConvertToFloat32()
}

func vectorQ4_K(dst []float32, src []byte) {
	var scale, min [8]float32
	for len(dst) >= super && len(src) >= bytesQ4_K {
		b := (*[bytesQ4_K]byte)(src)
		s, m := ScalesAndMins((*[12]byte)(b[4:]))
		vectorOf(b[:]).Mul(eightBytes(s)).StoreArray(&scale)
		vectorOf(b[2:]).Mul(eightBytes(m)).StoreArray(&min)
		for pair := range 4 {
			y, q := (*[64]float32)(dst[64*pair:super]), (*[32]byte)(b[16+32*pair:])
			d, e := archsimd.BroadcastFloat32x8(scale[2*pair]), archsimd.BroadcastFloat32x8(scale[2*pair+1])
			l, m := archsimd.BroadcastFloat32x8(min[2*pair]), archsimd.BroadcastFloat32x8(min[2*pair+1])
			low, high := nibbles(archsimd.LoadUint8x16Array((*[16]byte)(q[:16])))
			storeLowered((*[16]float32)(y[:16]), low, d, l)
			storeLowered((*[16]float32)(y[32:48]), high, e, m)
			low, high = nibbles(archsimd.LoadUint8x16Array((*[16]byte)(q[16:])))
			storeLowered((*[16]float32)(y[16:32]), low, d, l)
			storeLowered((*[16]float32)(y[48:]), high, e, m)
		}
		dst, src = dst[super:], src[bytesQ4_K:]
	}
}

func vectorQ6_K(dst []float32, src []byte) {
	var scale [16]float32
	for len(dst) >= super && len(src) >= bytesQ6_K {
		b := (*[bytesQ6_K]byte)(src)
		storeScaled(&scale, archsimd.LoadUint8x16Array((*[16]byte)(b[192:])).BitsToInt8(), vectorOf(b[208:]))
		for part := range 4 { // half of one of the two sides
			s, y := part>>1*8+part&1, dst[part>>1*128+part&1*16:super]
			low, high := b[part>>1*64+part&1*16:], archsimd.LoadUint8x16Array((*[16]byte)(b[128+16*part:])).AsUint16x8()
			q0, q2 := nibbles(archsimd.LoadUint8x16Array((*[16]byte)(low)))
			q1, q3 := nibbles(archsimd.LoadUint8x16Array((*[16]byte)(low[32:])))
			storeScaled((*[16]float32)(y), sixBits(q0, high.ShiftAllLeft(4)), archsimd.BroadcastFloat32x8(scale[s]))
			storeScaled((*[16]float32)(y[32:]), sixBits(q1, high.ShiftAllLeft(2)), archsimd.BroadcastFloat32x8(scale[s+2]))
			storeScaled((*[16]float32)(y[64:]), sixBits(q2, high), archsimd.BroadcastFloat32x8(scale[s+4]))
			storeScaled((*[16]float32)(y[96:]), sixBits(q3, high.ShiftAllRight(2)), archsimd.BroadcastFloat32x8(scale[s+6]))
		}
		dst, src = dst[super:], src[bytesQ6_K:]
	}
}

// sixBits returns q with bits 4 and 5 of upper above it, minus 32.
func sixBits(q archsimd.Int8x16, upper archsimd.Uint16x8) archsimd.Int8x16 {
	return q.Or(upper.AsUint8x16().And(archsimd.BroadcastUint8x16(3 << 4)).BitsToInt8()).Sub(archsimd.BroadcastInt8x16(32))
}
