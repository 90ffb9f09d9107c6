//go:build goexperiment.simd

package kernel

import (
	"math"
	"simd"
)

// foldLanes adds the lanes of a sum that stands in the Lanes/len vectors of s, as fold does.
func foldLanes(a0, a1, a2, a3 simd.Float32s) float32 {
	var l [Lanes]float32
	switch (simd.Float32s{}).Len() {
	case 4:
		a0, a1 = a0.Add(a2), a1.Add(a3)
		a0.Add(a1).Store(l[:])
		return (l[0] + l[2]) + (l[1] + l[3])
	case 8:
		a0.Add(a1).Store(l[:])
		l0, l1, l2, l3 := l[0]+l[4], l[1]+l[5], l[2]+l[6], l[3]+l[7]
		return (l0 + l2) + (l1 + l3)
	default:
		a0.Store(l[:])
		return fold(&l)
	}
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
	rest := plainMax(x)
	for _, a := range l[:v] {
		if a > rest {
			rest = a
		}
	}
	return rest + 0
}

// addRest adds the elements that filled no whole row of lanes, padded with zeros, and folds. A lane
// is never −0, so adding the zeros changes nothing.
func addRest(a0, a1, a2, a3 simd.Float32s, rest *[Lanes]float32) float32 {
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
	var rest [Lanes]float32
	copy(rest[:], x)
	return addRest(a0, a1, a2, a3, &rest)
}

func simdSumSquares(x []float32, mean float32) float32 {
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
	var rest [Lanes]float32
	for i, e := range x {
		d := e - mean
		rest[i] = d * d
	}
	return addRest(a0, a1, a2, a3, &rest)
}

// addSquare returns a + (x − mean)².
func addSquare(a, x, mean simd.Float32s) simd.Float32s {
	d := x.Sub(mean)
	return a.Add(d.Mul(d))
}

func simdSumExp(x []float32, max float32) float32 {
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
	var rest [Lanes]float32
	for i, e := range x {
		rest[i] = e - max
	}
	simdExp(rest[:len(x)], rest[:len(x)])
	return addRest(a0, a1, a2, a3, &rest)
}
