//go:build goexperiment.simd

package kernel

import "simd"

// batch is how many columns of a half simdMatMulT computes for all rows before it goes on: their
// weights stay in the cache.
const batch = 16

// simdMatMulT is the twin of plainMatMulT. It takes columns in pairs, one from each half of the
// rows of w: two distant streams come from memory faster than two that share a page.
func simdMatMulT(out, x, w []float32, rows, k, n, outStride int) {
	half := n / 2
	if k%Lanes != 0 {
		half = 0
	}
	for j := 0; j < half; j += batch {
		m := min(batch, half-j)
		for r := range rows {
			o := out[r*outStride:][:n]
			dotPairs(o[j:][:m], o[half+j:][:m], x[r*k:][:k], w[j*k:], w[(half+j)*k:])
		}
	}
	for j := 2 * half; j < n; j++ {
		for r := range rows {
			out[r*outStride+j] = simdDot(x[r*k:][:k], w[j*k:])
		}
	}
}

// dotPairs sets out0[j] and out1[j] to the products of x with the rows j of w and of u. The length
// of x, and of each row, is a multiple of Lanes.
func dotPairs(out0, out1, x, w, u []float32) {
	k := len(x)
	out1 = out1[:len(out0)]
	var l, m [Lanes]float32
	for j := range out0 {
		var a0, a1, a2, a3, b0, b1, b2, b3 simd.Float32s
		v := a0.Len()
		w, u := w[j*k:][:k], u[j*k:][:k]
		for end := Lanes; end <= k; end += Lanes {
			p := (*[Lanes]float32)(x[end-Lanes : end])
			q := (*[Lanes]float32)(w[end-Lanes : end])
			r := (*[Lanes]float32)(u[end-Lanes : end])
			s := simd.LoadFloat32s(p[:])
			a0 = a0.Add(simd.LoadFloat32s(q[:]).Mul(s))
			b0 = b0.Add(simd.LoadFloat32s(r[:]).Mul(s))
			if v < Lanes {
				s = simd.LoadFloat32s(p[v:])
				a1 = a1.Add(simd.LoadFloat32s(q[v:]).Mul(s))
				b1 = b1.Add(simd.LoadFloat32s(r[v:]).Mul(s))
			}
			if 2*v < Lanes {
				s = simd.LoadFloat32s(p[2*v:])
				a2 = a2.Add(simd.LoadFloat32s(q[2*v:]).Mul(s))
				b2 = b2.Add(simd.LoadFloat32s(r[2*v:]).Mul(s))
				s = simd.LoadFloat32s(p[3*v:])
				a3 = a3.Add(simd.LoadFloat32s(q[3*v:]).Mul(s))
				b3 = b3.Add(simd.LoadFloat32s(r[3*v:]).Mul(s))
			}
		}
		a0.Add(a2).Add(a1.Add(a3)).Store(l[:])
		b0.Add(b2).Add(b1.Add(b3)).Store(m[:])
		clearUpper()
		if v == 4 { // most of the fold is done, and calls are dear in wasm
			out0[j] = (l[0] + l[2]) + (l[1] + l[3])
			out1[j] = (m[0] + m[2]) + (m[1] + m[3])
		} else {
			out0[j], out1[j] = fold(&l), fold(&m)
		}
	}
}

// simdDot is the twin of plainDot.
func simdDot(a, b []float32) float32 {
	b = b[:len(a)]
	a, end := wholeRows(a)
	var rest [Lanes]float32
	for i, e := range end {
		rest[i] = e * b[len(a)+i]
	}
	var a0, a1, a2, a3 simd.Float32s
	v := a0.Len()
	for len(a) >= Lanes && len(b) >= Lanes {
		p, q := (*[Lanes]float32)(a), (*[Lanes]float32)(b)
		a0 = a0.Add(simd.LoadFloat32s(p[:]).Mul(simd.LoadFloat32s(q[:])))
		if v < Lanes {
			a1 = a1.Add(simd.LoadFloat32s(p[v:]).Mul(simd.LoadFloat32s(q[v:])))
		}
		if 2*v < Lanes {
			a2 = a2.Add(simd.LoadFloat32s(p[2*v:]).Mul(simd.LoadFloat32s(q[2*v:])))
			a3 = a3.Add(simd.LoadFloat32s(p[3*v:]).Mul(simd.LoadFloat32s(q[3*v:])))
		}
		a, b = a[Lanes:], b[Lanes:]
	}
	if len(end) == 0 {
		return foldLanes(a0, a1, a2, a3)
	}
	return foldRest(a0, a1, a2, a3, &rest)
}
