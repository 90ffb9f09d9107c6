//go:build goexperiment.simd

package kernel

import "simd"

func simdMatMulT(out, x, w []float32, rows, k, n int) {
	for r := range rows {
		o := out[r*n:][:n]
		row := x[r*k:][:k]
		for j := range o {
			o[j] = simdDot(row, w[j*k:])
		}
	}
}

func simdDot(a, b []float32) float32 {
	var a0, a1, a2, a3 simd.Float32s
	b = b[:len(a)]
	v := a0.Len()
	for len(a) >= Lanes && len(b) >= Lanes {
		a0 = a0.Add(simd.LoadFloat32s(a).Mul(simd.LoadFloat32s(b)))
		if v < Lanes {
			a1 = a1.Add(simd.LoadFloat32s(a[v:]).Mul(simd.LoadFloat32s(b[v:])))
		}
		if 2*v < Lanes {
			a2 = a2.Add(simd.LoadFloat32s(a[2*v:]).Mul(simd.LoadFloat32s(b[2*v:])))
			a3 = a3.Add(simd.LoadFloat32s(a[3*v:]).Mul(simd.LoadFloat32s(b[3*v:])))
		}
		a, b = a[Lanes:], b[Lanes:]
	}
	if len(a) == 0 {
		return foldLanes(a0, a1, a2, a3)
	}
	var rest [Lanes]float32
	for i, e := range a {
		rest[i] = e * b[i]
	}
	return addRest(a0, a1, a2, a3, &rest)
}
