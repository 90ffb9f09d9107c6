//go:build goexperiment.simd

package fused

import (
	"simd/archsimd"

	"glassbox/model/quant"
)

// For returns what multiplies with rows of a type; nil if there is nothing, or the machine lacks the instructions.
func For(t quant.Type) Dots {
	if !archsimd.X86.AVX2() || !archsimd.X86.FMA() {
		return nil
	}
	switch t {
	case quant.Q4_0:
		return dotsQ4_0
	case quant.Q4_1:
		return dotsQ4_1
	case quant.Q5_0:
		return dotsQ5_0
	case quant.Q8_0:
		return dotsQ8_0
	case quant.Q4_K:
		return dotsQ4_K
	case quant.Q6_K:
		return dotsQ6_K
	}
	return nil
}

// A vector is of numbers or, before they are made, of the bits that they are made of.
type (
	numbers = archsimd.Float32x8
	bits    = archsimd.Uint32x8
)

// both returns the 16 bytes at the start of w, and those of u.
func both(w, u []byte) bits {
	var b archsimd.Uint8x32
	return b.SetLo(sixteen(w)).SetHi(sixteen(u)).AsUint32x8()
}

func sixteen(b []byte) archsimd.Uint8x16 { return archsimd.LoadUint8x16Array((*[16]byte)(b)) }

// nibble returns the four bits of each place that mask leaves when they are moved right.
func nibble(b bits, right uint64, mask bits) numbers {
	return b.ShiftAllRight(right).And(mask).BitsToInt32().ConvertToFloat32()
}

// signed returns what is left of each place when some of its bits are dropped, first from the upper end and then from the lower, as a number
// with a sign.
func signed(b bits, upper, lower uint64) numbers {
	return b.BitsToInt32().ShiftAllLeft(upper).ShiftAllRight(lower).ConvertToFloat32()
}

// from returns vector i of x.
func from(x *[64]float32, i int) numbers { return archsimd.LoadFloat32x8Array((*[8]float32)(x[8*i:])) }

// first, second and fourth return that of the four numbers of each row, four times.
func first(b bits) numbers  { return b.PermuteScalarsGrouped(0, 0, 0, 0).BitsToFloat32() }
func second(b bits) numbers { return b.PermuteScalarsGrouped(1, 1, 1, 1).BitsToFloat32() }
func fourth(b bits) numbers { return b.PermuteScalarsGrouped(3, 3, 3, 3).BitsToFloat32() }

// Of the four F16 of each row these masks choose those that are scales. What else stands there would be slow to compute with: it may be
// subnormal.
var (
	oneScale  = [8]uint32{half, 0, 0, 0, half, 0, 0, 0}
	twoScales = [8]uint32{half, half, 0, 0, half, half, 0, 0}
	lastScale = [8]uint32{0, 0, 0, half, 0, 0, 0, half}
)

// half are the bits of an F16 without its sign, moved to where a float32 has them.
const half = 0x7fff << 13

// scales returns the four F16 of each row, as quant.WidenHalf does; those that the mask doesn't choose are zero, or −0.
func scales(h archsimd.Uint64x2, mask *[8]uint32) bits {
	b := h.AsInt16x8().ExtendToInt32().ShiftAllLeft(13).ToBits() // the sign stands in the upper bits, up to the last
	x := b.And(archsimd.LoadUint32x8Array(mask)).BitsToFloat32().Mul(archsimd.LoadFloat32x8Array(&bias))
	beyond := x.GreaterEqual(archsimd.LoadFloat32x8Array(&limit)).ToInt32x8().ToBits().And(archsimd.LoadUint32x8Array(&infinite))
	return x.ToBits().Or(beyond).Or(b.And(archsimd.LoadUint32x8Array(&sign)))
}

// The numbers of quant.WidenHalf, in memory: the compiler would make them anew each time.
var (
	bias     = [8]float32{1 << 112, 1 << 112, 1 << 112, 1 << 112, 1 << 112, 1 << 112, 1 << 112, 1 << 112}
	limit    = [8]float32{1 << 16, 1 << 16, 1 << 16, 1 << 16, 1 << 16, 1 << 16, 1 << 16, 1 << 16}
	infinite = [8]uint32{0xff << 23, 0xff << 23, 0xff << 23, 0xff << 23, 0xff << 23, 0xff << 23, 0xff << 23, 0xff << 23}
	sign     = [8]uint32{1 << 31, 1 << 31, 1 << 31, 1 << 31, 1 << 31, 1 << 31, 1 << 31, 1 << 31}
)

// before and behind return the first, or the last, 8 of the 16 bytes at the start of w, and of u: four F16 of each row.
func before(w, u []byte) archsimd.Uint64x2 {
	return sixteen(w).AsUint64x2().InterleaveLo(sixteen(u).AsUint64x2())
}
func behind(w, u []byte) archsimd.Uint64x2 {
	return sixteen(w).AsUint64x2().InterleaveHi(sixteen(u).AsUint64x2())
}

// fold adds the lanes of each row: the upper half to the lower, then the halves of that, to the last.
func fold(a0, a1, a2, a3 numbers) (float32, float32) {
	var sums [8]float32
	foldFour(a0).Add(foldFour(a2)).Add(foldFour(a1).Add(foldFour(a3))).StoreArray(&sums)
	archsimd.ClearAVXUpperBits() // see package kernel
	return sums[0], sums[4]
}

// foldFour folds the four lanes p, p + 4, p + 8, p + 12 of each row, into the first place.
func foldFour(a numbers) numbers {
	a = a.Add(a.ToBits().PermuteScalarsGrouped(2, 3, 2, 3).BitsToFloat32())
	return a.Add(second(a.ToBits()))
}
