//go:build goexperiment.simd

package fused

import (
	"simd/archsimd"

	"glassbox/model/quant"
)

// Blocks of 256 values in sub-blocks of 16 or 32, whose scales are whole numbers times the block's.

const (
	bytesQ4_K = 2 + 2 + 12 + 128  // d, dmin, scales and mins, 4 bits each
	bytesQ6_K = 128 + 64 + 16 + 2 // 4 bits each, 2 bits more each, scales, d
	spreadOf  = 2 * 256           // numbers of x, for a block
)

func dotsQ4_K(x []float32, w, u []byte) (float32, float32) {
	var a0, a1, a2, a3, zero numbers
	var steps, least [2][8]uint32 // of four sub-blocks each
	mask := archsimd.BroadcastUint32x8(15)
	for len(x) >= spreadOf && len(w) >= bytesQ4_K && len(u) >= bytesQ4_K {
		b, c := (*[bytesQ4_K]byte)(w), (*[bytesQ4_K]byte)(u)
		s := scales(before(b[:], c[:]), &twoScales)
		d, dmin := first(s), zero.Sub(second(s)) // −dmin·min is added
		scale, min := quant.ScalesAndMins((*[12]byte)(b[4:]))
		other, otherMin := quant.ScalesAndMins((*[12]byte)(c[4:]))
		fourBytes(scale, other).Mul(d).ToBits().StoreArray(&steps[0])
		fourBytes(scale>>32, other>>32).Mul(d).ToBits().StoreArray(&steps[1])
		fourBytes(min, otherMin).Mul(dmin).ToBits().StoreArray(&least[0])
		fourBytes(min>>32, otherMin>>32).Mul(dmin).ToBits().StoreArray(&least[1])
		for side := range 2 { // 128 values
			steps, least := archsimd.LoadUint32x8Array(&steps[side]), archsimd.LoadUint32x8Array(&least[side])
			for pair := 2 * side; pair < 2*side+2; pair++ { // 32 bytes hold two sub-blocks
				q, r := both(b[16+32*pair:], c[16+32*pair:]), both(b[32+32*pair:], c[32+32*pair:])
				for sub := 2 * pair; sub < 2*pair+2; sub++ {
					y, d, m := (*[64]float32)(x[64*sub:spreadOf]), first(steps), first(least)
					a0 = a0.Add(nibble(q, 0, mask).MulAdd(d, m).Mul(from(y, 0)))
					a1 = a1.Add(nibble(q, 8, mask).MulAdd(d, m).Mul(from(y, 1)))
					a2 = a2.Add(nibble(q, 16, mask).MulAdd(d, m).Mul(from(y, 2)))
					a3 = a3.Add(nibble(q, 24, mask).MulAdd(d, m).Mul(from(y, 3)))
					a0 = a0.Add(nibble(r, 0, mask).MulAdd(d, m).Mul(from(y, 4)))
					a1 = a1.Add(nibble(r, 8, mask).MulAdd(d, m).Mul(from(y, 5)))
					a2 = a2.Add(nibble(r, 16, mask).MulAdd(d, m).Mul(from(y, 6)))
					a3 = a3.Add(nibble(r, 24, mask).MulAdd(d, m).Mul(from(y, 7)))
					q, r = q.ShiftAllRight(4), r.ShiftAllRight(4)
					steps, least = next(steps), next(least)
				}
			}
		}
		x, w, u = x[spreadOf:], w[bytesQ4_K:], u[bytesQ4_K:]
	}
	return fold(a0, a1, a2, a3)
}

// fourBytes returns the lowest four bytes of s, and those of t, as numbers.
func fourBytes(s, t uint64) numbers {
	return archsimd.BroadcastUint64x2(s&(1<<32-1) | t<<32).AsUint8x16().ExtendLo8ToUint32().BitsToInt32().ConvertToFloat32()
}

// next puts the second number of each row into the first place, and so on.
func next(b bits) bits { return b.PermuteScalarsGrouped(1, 2, 3, 0) }

func dotsQ6_K(x []float32, w, u []byte) (float32, float32) {
	var a0, a1, a2, a3 numbers
	lower, upper := archsimd.BroadcastUint32x8(0x0f0f0f0f), archsimd.BroadcastUint32x8(0x30303030)
	less32 := archsimd.BroadcastUint32x8(0xaaaaaaaa) // with its uppermost bit turned, q is q − 32 with its sign
	for len(x) >= spreadOf && len(w) >= bytesQ6_K && len(u) >= bytesQ6_K {
		b, c := (*[bytesQ6_K]byte)(w), (*[bytesQ6_K]byte)(u)
		d := fourth(scales(behind(b[194:], c[194:]), &lastScale))
		s := both(b[192:], c[192:]) // the scales of sub-blocks 0, 4, 8, 12, above them those of 1, 5, 9, 13, and so on
		d0, d1 := signed(s, 24, 24).Mul(d).ToBits(), signed(s, 16, 24).Mul(d).ToBits()
		d2, d3 := signed(s, 8, 24).Mul(d).ToBits(), signed(s, 0, 24).Mul(d).ToBits()
		for side := range 2 { // 128 values: 64 bytes of lower bits, 32 of upper ones
			low, otherLow := b[64*side:128], c[64*side:128]
			l0, l1 := both(low, otherLow), both(low[16:], otherLow[16:])
			l2, l3 := both(low[32:], otherLow[32:]), both(low[48:], otherLow[48:])
			high, otherHigh := b[128+32*side:192], c[128+32*side:192]
			h0, h1 := both(high, otherHigh).Xor(less32), both(high[16:], otherHigh[16:]).Xor(less32)
			for part := 2 * side; part < 2*side+2; part++ { // four sub-blocks
				y, z := (*[64]float32)(x[128*part:spreadOf]), (*[64]float32)(x[128*part+64:spreadOf])
				q, d := l0.And(lower).Or(h0.ShiftAllLeft(4).And(upper)), first(d0)
				a0 = a0.Add(signed(q, 26, 26).Mul(d).Mul(from(y, 0)))
				a1 = a1.Add(signed(q, 18, 26).Mul(d).Mul(from(y, 1)))
				a2 = a2.Add(signed(q, 10, 26).Mul(d).Mul(from(y, 2)))
				a3 = a3.Add(signed(q, 2, 26).Mul(d).Mul(from(y, 3)))
				q, d = l1.And(lower).Or(h1.ShiftAllLeft(4).And(upper)), first(d1)
				a0 = a0.Add(signed(q, 26, 26).Mul(d).Mul(from(y, 4)))
				a1 = a1.Add(signed(q, 18, 26).Mul(d).Mul(from(y, 5)))
				a2 = a2.Add(signed(q, 10, 26).Mul(d).Mul(from(y, 6)))
				a3 = a3.Add(signed(q, 2, 26).Mul(d).Mul(from(y, 7)))
				q, d = l2.And(lower).Or(h0.ShiftAllLeft(2).And(upper)), first(d2)
				a0 = a0.Add(signed(q, 26, 26).Mul(d).Mul(from(z, 0)))
				a1 = a1.Add(signed(q, 18, 26).Mul(d).Mul(from(z, 1)))
				a2 = a2.Add(signed(q, 10, 26).Mul(d).Mul(from(z, 2)))
				a3 = a3.Add(signed(q, 2, 26).Mul(d).Mul(from(z, 3)))
				q, d = l3.And(lower).Or(h1.ShiftAllLeft(2).And(upper)), first(d3)
				a0 = a0.Add(signed(q, 26, 26).Mul(d).Mul(from(z, 4)))
				a1 = a1.Add(signed(q, 18, 26).Mul(d).Mul(from(z, 5)))
				a2 = a2.Add(signed(q, 10, 26).Mul(d).Mul(from(z, 6)))
				a3 = a3.Add(signed(q, 2, 26).Mul(d).Mul(from(z, 7)))
				l0, l1, l2, l3 = l0.ShiftAllRight(4), l1.ShiftAllRight(4), l2.ShiftAllRight(4), l3.ShiftAllRight(4)
				h0, h1 = h0.ShiftAllRight(4), h1.ShiftAllRight(4)
				d0, d1, d2, d3 = next(d0), next(d1), next(d2), next(d3)
			}
		}
		x, w, u = x[spreadOf:], w[bytesQ6_K:], u[bytesQ6_K:]
	}
	return fold(a0, a1, a2, a3)
}
