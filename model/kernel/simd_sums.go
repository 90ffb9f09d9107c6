//go:build goexperiment.simd

package kernel

import (
	"math"
	"simd"
)

// The lanes of a sum stand in one, two or four vectors, a0 to a3, by the width that the machine has;
// what it has no use for stays zero. A lane is never −0, so adding zeros to it changes nothing.

// foldLanes adds the lanes of a sum in the order of fold.
func foldLanes(a0, a1, a2, a3 simd.Float32s) float32 {
	var l [Lanes]float32
	a0.Add(a2).Add(a1.Add(a3)).Store(l[:])
	clearUpper()
	return fold(&l)
}

func simdMax(x []float32) float32 {
	v := simd.Float32s{}.Len()
	m := simd.BroadcastFloat32s(float32(math.Inf(-1)))
	for len(x) >= v {
		a := simd.LoadFloat32s(x)
		m = a.IfElse(a.Greater(m), m)
		x = x[v:]
	}
	var l [Lanes]float32
	m.Store(l[:])
	clearUpper()
	rest := plainMax(x)
	for _, a := range l[:v] {
		if a > rest {
			rest = a
		}
	}
	return rest + 0
}

// wholeRows returns the elements that fill rows of lanes, and the rest. What is computed of the rest comes before all vectors: it would wait
// for the upper halves of their registers, and so would a number that is kept for it meanwhile.
func wholeRows(x []float32) (whole, rest []float32) {
	n := len(x) / Lanes * Lanes
	return x[:n], x[n:]
}

// foldRest adds the elements that filled no whole row of lanes, padded with zeros, and folds.
func foldRest(a0, a1, a2, a3 simd.Float32s, rest *[Lanes]float32) float32 {
	v := a0.Len()
	a0 = a0.Add(simd.LoadFloat32s(rest[:]))
	if v < Lanes {
		a1 = a1.Add(simd.LoadFloat32s(rest[v:]))
	}
	if 2*v < Lanes {
		a2 = a2.Add(simd.LoadFloat32s(rest[2*v:]))
		a3 = a3.Add(simd.LoadFloat32s(rest[3*v:]))
	}
	return foldLanes(a0, a1, a2, a3)
}

func simdSum(x []float32) float32 {
	var a0, a1, a2, a3 simd.Float32s
	v := a0.Len()
	for len(x) >= Lanes {
		a0 = a0.Add(simd.LoadFloat32s(x))
		if v < Lanes {
			a1 = a1.Add(simd.LoadFloat32s(x[v:]))
		}
		if 2*v < Lanes {
			a2 = a2.Add(simd.LoadFloat32s(x[2*v:]))
			a3 = a3.Add(simd.LoadFloat32s(x[3*v:]))
		}
		x = x[Lanes:]
	}
	if len(x) == 0 {
		return foldLanes(a0, a1, a2, a3)
	}
	var rest [Lanes]float32
	copy(rest[:], x)
	return foldRest(a0, a1, a2, a3, &rest)
}

func simdSumSquares(x []float32, mean float32) float32 {
	x, end := wholeRows(x)
	var rest [Lanes]float32
	for i, e := range end {
		d := e - mean
		rest[i] = d * d
	}
	var a0, a1, a2, a3 simd.Float32s
	v := a0.Len()
	m := simd.BroadcastFloat32s(mean)
	for len(x) >= Lanes {
		a0 = addSquare(a0, simd.LoadFloat32s(x), m)
		if v < Lanes {
			a1 = addSquare(a1, simd.LoadFloat32s(x[v:]), m)
		}
		if 2*v < Lanes {
			a2 = addSquare(a2, simd.LoadFloat32s(x[2*v:]), m)
			a3 = addSquare(a3, simd.LoadFloat32s(x[3*v:]), m)
		}
		x = x[Lanes:]
	}
	return foldRest(a0, a1, a2, a3, &rest)
}

// addSquare returns a + (x − mean)².
func addSquare(a, x, mean simd.Float32s) simd.Float32s {
	d := x.Sub(mean)
	return a.Add(d.Mul(d))
}

func simdSumExp(x []float32, max float32) float32 {
	x, end := wholeRows(x)
	var rest [Lanes]float32
	for i, e := range end {
		rest[i] = e - max
	}
	simdExp(rest[:len(end)], rest[:len(end)])
	var a0, a1, a2, a3 simd.Float32s
	v := a0.Len()
	m := simd.BroadcastFloat32s(max)
	for len(x) >= Lanes {
		a0 = a0.Add(expVec(simd.LoadFloat32s(x).Sub(m)))
		if v < Lanes {
			a1 = a1.Add(expVec(simd.LoadFloat32s(x[v:]).Sub(m)))
		}
		if 2*v < Lanes {
			a2 = a2.Add(expVec(simd.LoadFloat32s(x[2*v:]).Sub(m)))
			a3 = a3.Add(expVec(simd.LoadFloat32s(x[3*v:]).Sub(m)))
		}
		x = x[Lanes:]
	}
	return foldRest(a0, a1, a2, a3, &rest)
}
