//go:build goexperiment.simd

package fused

import "simd/archsimd"

// Blocks of 32 values with one scale: see package quant for how their bits lie. The first sixteen values are added to the lanes, then the
// others.

const (
	bytesQ4_0 = 2 + 16     // d, 4 bits each
	bytesQ4_1 = 2 + 2 + 16 // d, m, 4 bits each
	bytesQ5_0 = 2 + 4 + 16 // d, a fifth bit each, 4 bits each
	bytesQ8_0 = 2 + 32     // d, 8 bits each
)

func dotsQ4_0(x []float32, w, u []byte) (float32, float32) {
	var a0, a1, a2, a3 numbers
	less8 := archsimd.BroadcastUint32x8(0x88888888) // with its uppermost bit turned, q is q − 8 with its sign
	for len(x) >= 64 && len(w) >= bytesQ4_0 && len(u) >= bytesQ4_0 {
		y, b, c := (*[64]float32)(x), (*[bytesQ4_0]byte)(w), (*[bytesQ4_0]byte)(u)
		d := first(scales(before(b[:], c[:]), &oneScale))
		q := both(b[2:], c[2:]).Xor(less8)
		a0 = a0.Add(signed(q, 28, 28).Mul(d).Mul(from(y, 0)))
		a1 = a1.Add(signed(q, 20, 28).Mul(d).Mul(from(y, 1)))
		a2 = a2.Add(signed(q, 12, 28).Mul(d).Mul(from(y, 2)))
		a3 = a3.Add(signed(q, 4, 28).Mul(d).Mul(from(y, 3)))
		a0 = a0.Add(signed(q, 24, 28).Mul(d).Mul(from(y, 4)))
		a1 = a1.Add(signed(q, 16, 28).Mul(d).Mul(from(y, 5)))
		a2 = a2.Add(signed(q, 8, 28).Mul(d).Mul(from(y, 6)))
		a3 = a3.Add(signed(q, 0, 28).Mul(d).Mul(from(y, 7)))
		x, w, u = x[64:], w[bytesQ4_0:], u[bytesQ4_0:]
	}
	return fold(a0, a1, a2, a3)
}

func dotsQ4_1(x []float32, w, u []byte) (float32, float32) {
	var a0, a1, a2, a3 numbers
	mask := archsimd.BroadcastUint32x8(15)
	for len(x) >= 64 && len(w) >= bytesQ4_1 && len(u) >= bytesQ4_1 {
		y, b, c := (*[64]float32)(x), (*[bytesQ4_1]byte)(w), (*[bytesQ4_1]byte)(u)
		s := scales(before(b[:], c[:]), &twoScales)
		d, m := first(s), second(s)
		q := both(b[4:], c[4:])
		a0 = a0.Add(nibble(q, 0, mask).MulAdd(d, m).Mul(from(y, 0)))
		a1 = a1.Add(nibble(q, 8, mask).MulAdd(d, m).Mul(from(y, 1)))
		a2 = a2.Add(nibble(q, 16, mask).MulAdd(d, m).Mul(from(y, 2)))
		a3 = a3.Add(nibble(q, 24, mask).MulAdd(d, m).Mul(from(y, 3)))
		a0 = a0.Add(nibble(q, 4, mask).MulAdd(d, m).Mul(from(y, 4)))
		a1 = a1.Add(nibble(q, 12, mask).MulAdd(d, m).Mul(from(y, 5)))
		a2 = a2.Add(nibble(q, 20, mask).MulAdd(d, m).Mul(from(y, 6)))
		a3 = a3.Add(nibble(q, 28, mask).MulAdd(d, m).Mul(from(y, 7)))
		x, w, u = x[64:], w[bytesQ4_1:], u[bytesQ4_1:]
	}
	return fold(a0, a1, a2, a3)
}

func dotsQ5_0(x []float32, w, u []byte) (float32, float32) {
	var a0, a1, a2, a3 numbers
	mask, upper := archsimd.BroadcastUint32x8(0x0f0f0f0f), archsimd.BroadcastUint8x32(0xf0)
	bit, place := archsimd.LoadUint8x32Array(&fifthBit), archsimd.LoadInt8x32Array(&fifthByte)
	next := place.Add(archsimd.BroadcastInt8x32(2))
	for len(x) >= 64 && len(w) >= bytesQ5_0 && len(u) >= bytesQ5_0 {
		y, b, c := (*[64]float32)(x), (*[bytesQ5_0]byte)(w), (*[bytesQ5_0]byte)(u)
		d := first(scales(before(b[:], c[:]), &oneScale))
		fifth, q := both(b[:], c[:]).AsUint8x32(), both(b[6:], c[6:])
		r := q.ShiftAllRight(4).And(mask).Or(lacking(fifth, next, bit, upper))
		q = q.And(mask).Or(lacking(fifth, place, bit, upper))
		a0 = a0.Add(signed(q, 24, 24).Mul(d).Mul(from(y, 0)))
		a1 = a1.Add(signed(q, 16, 24).Mul(d).Mul(from(y, 1)))
		a2 = a2.Add(signed(q, 8, 24).Mul(d).Mul(from(y, 2)))
		a3 = a3.Add(signed(q, 0, 24).Mul(d).Mul(from(y, 3)))
		a0 = a0.Add(signed(r, 24, 24).Mul(d).Mul(from(y, 4)))
		a1 = a1.Add(signed(r, 16, 24).Mul(d).Mul(from(y, 5)))
		a2 = a2.Add(signed(r, 8, 24).Mul(d).Mul(from(y, 6)))
		a3 = a3.Add(signed(r, 0, 24).Mul(d).Mul(from(y, 7)))
		x, w, u = x[64:], w[bytesQ5_0:], u[bytesQ5_0:]
	}
	return fold(a0, a1, a2, a3)
}

// lacking returns the upper four bits of q − 16 as a byte with its sign: all are set where the fifth bit of q is not. That is bit, in the
// byte that place says.
func lacking(fifth archsimd.Uint8x32, place archsimd.Int8x32, bit, upper archsimd.Uint8x32) bits {
	return upper.AndNot(fifth.PermuteOrZeroGrouped(place).And(bit).Equal(bit).ToInt8x32().ToBits()).AsUint32x8()
}

// The fifth bits of the first 16 values of each row: in which byte of the block, and which bit of it.
var (
	fifthByte = [32]int8{2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3}
	fifthBit  = [32]uint8{1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128}
)

func dotsQ8_0(x []float32, w, u []byte) (float32, float32) {
	var a0, a1, a2, a3 numbers
	for len(x) >= 64 && len(w) >= bytesQ8_0 && len(u) >= bytesQ8_0 {
		y, b, c := (*[64]float32)(x), (*[bytesQ8_0]byte)(w), (*[bytesQ8_0]byte)(u)
		d := first(scales(before(b[:], c[:]), &oneScale))
		q, r := both(b[2:], c[2:]), both(b[18:], c[18:])
		a0 = a0.Add(signed(q, 24, 24).Mul(d).Mul(from(y, 0)))
		a1 = a1.Add(signed(q, 16, 24).Mul(d).Mul(from(y, 1)))
		a2 = a2.Add(signed(q, 8, 24).Mul(d).Mul(from(y, 2)))
		a3 = a3.Add(signed(q, 0, 24).Mul(d).Mul(from(y, 3)))
		a0 = a0.Add(signed(r, 24, 24).Mul(d).Mul(from(y, 4)))
		a1 = a1.Add(signed(r, 16, 24).Mul(d).Mul(from(y, 5)))
		a2 = a2.Add(signed(r, 8, 24).Mul(d).Mul(from(y, 6)))
		a3 = a3.Add(signed(r, 0, 24).Mul(d).Mul(from(y, 7)))
		x, w, u = x[64:], w[bytesQ8_0:], u[bytesQ8_0:]
	}
	return fold(a0, a1, a2, a3)
}
