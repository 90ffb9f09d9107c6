//go:build goexperiment.simd

package kernel

import "simd"

// The part of w that simdLinear applies to all rows before it goes on is 256 KiB, which stay in the
// cache.
const (
	tileRows    = 64
	tileColumns = 1024
)

// simdLinear is the twin of plainLinear. It runs over the columns in vectors and adds to out in
// memory, in the order of k: so it can cut w into tiles and still round as the plain one does.
func simdLinear(out, x, w, bias []float32, rows, k, n, outStride, stride int) {
	v := simd.Float32s{}.Len()
	whole := n / v * v // columns that fill vectors; the plain twin does the rest
	for r := range rows {
		o := out[r*outStride:][:n]
		setBias(o, bias)
		if whole < n {
			plainAddProduct(o[whole:], x[r*k:][:k], w[whole:], stride)
		}
	}
	square, even := rows/blockRows*blockRows, whole/(2*v)*(2*v) // what blocks cover
	if rows < fewRows {
		square = 0
	}
	if square > 0 {
		multiplyBlocks(out, x, w, square, k, even, outStride, stride)
		if even < whole {
			multiplyStrips(out[even:], x, w[even:], square, k, whole-even, outStride, stride)
		}
	}
	if square < rows {
		multiplyStrips(out[square*outStride:], x[square*k:], w, rows-square, k, whole, outStride, stride)
	}
}

// multiplyStrips adds x·w to out, one or two rows at a time; n fills vectors, outStride is how far the
// rows of out stand apart.
func multiplyStrips(out, x, w []float32, rows, k, n, outStride, stride int) {
	deep, wide := tileRows, tileColumns
	if rows <= 2 { // each weight is used once
		deep, wide = k, n
	}
	for j := 0; j < n; j += wide {
		m := min(wide, n-j)
		for i := 0; i < k; i += deep {
			d := min(deep, k-i)
			from := w[i*stride+j:]
			r := 0
			for ; r+2 <= rows; r += 2 {
				o, x := out[r*outStride+j:], x[r*k+i:]
				addToTwo(o[:m], o[outStride:][:m], x[:d], x[k:][:d], from, stride)
			}
			if r < rows {
				addToOne(out[r*outStride+j:][:m], x[r*k+i:][:d], from, stride)
			}
		}
	}
}

// addToOne adds x·w to out, one row, eight rows of w at a time.
func addToOne(out, x, w []float32, stride int) {
	i := 0
	for ; i+8 <= len(x); i += 8 {
		addEight(out, x[i:], w[i*stride:], stride)
	}
	for ; i < len(x); i++ {
		addRow(out, x[i], w[i*stride:])
	}
}

// addToTwo adds x·w to out0 and y·w to out1, one row each, four rows of w at a time.
func addToTwo(out0, out1, x, y, w []float32, stride int) {
	i := 0
	for ; i+4 <= len(x); i += 4 {
		addFourToTwo(out0, out1, x[i:], y[i:], w[i*stride:], stride)
	}
	for ; i < len(x); i++ {
		addRow(out0, x[i], w[i*stride:])
		addRow(out1, y[i], w[i*stride:])
	}
}

// In the loops below end is where the vector in hand ends. Slices that all have the form [end-v:end]
// need no bounds check in the loop, which doubles its speed in wasm. The columns fill whole vectors.

// addEight adds x[0]·w[0] + … + x[7]·w[7] to out, where w[i] is a row of w.
func addEight(out, x, w []float32, stride int) {
	n := len(out)
	x = x[:8]
	w0, w1, w2, w3 := w[:n], w[stride:][:n], w[2*stride:][:n], w[3*stride:][:n]
	w4, w5, w6, w7 := w[4*stride:][:n], w[5*stride:][:n], w[6*stride:][:n], w[7*stride:][:n]
	x0, x1 := simd.BroadcastFloat32s(x[0]), simd.BroadcastFloat32s(x[1])
	x2, x3 := simd.BroadcastFloat32s(x[2]), simd.BroadcastFloat32s(x[3])
	x4, x5 := simd.BroadcastFloat32s(x[4]), simd.BroadcastFloat32s(x[5])
	x6, x7 := simd.BroadcastFloat32s(x[6]), simd.BroadcastFloat32s(x[7])
	v := x0.Len()
	for end := v; end <= n; end += v {
		o := simd.LoadFloat32s(out[end-v : end])
		o = o.Add(simd.LoadFloat32s(w0[end-v : end]).Mul(x0))
		o = o.Add(simd.LoadFloat32s(w1[end-v : end]).Mul(x1))
		o = o.Add(simd.LoadFloat32s(w2[end-v : end]).Mul(x2))
		o = o.Add(simd.LoadFloat32s(w3[end-v : end]).Mul(x3))
		o = o.Add(simd.LoadFloat32s(w4[end-v : end]).Mul(x4))
		o = o.Add(simd.LoadFloat32s(w5[end-v : end]).Mul(x5))
		o = o.Add(simd.LoadFloat32s(w6[end-v : end]).Mul(x6))
		o = o.Add(simd.LoadFloat32s(w7[end-v : end]).Mul(x7))
		o.Store(out[end-v : end])
	}
}

// addFourToTwo adds x[0]·w[0] + … + x[3]·w[3] to out0 and the same with y to out1: each weight that
// is loaded is used twice.
func addFourToTwo(out0, out1, x, y, w []float32, stride int) {
	n := len(out0)
	out1 = out1[:n]
	x, y = x[:4], y[:4]
	w0, w1, w2, w3 := w[:n], w[stride:][:n], w[2*stride:][:n], w[3*stride:][:n]
	x0, x1 := simd.BroadcastFloat32s(x[0]), simd.BroadcastFloat32s(x[1])
	x2, x3 := simd.BroadcastFloat32s(x[2]), simd.BroadcastFloat32s(x[3])
	y0, y1 := simd.BroadcastFloat32s(y[0]), simd.BroadcastFloat32s(y[1])
	y2, y3 := simd.BroadcastFloat32s(y[2]), simd.BroadcastFloat32s(y[3])
	v := x0.Len()
	for end := v; end <= n; end += v {
		o, u := simd.LoadFloat32s(out0[end-v:end]), simd.LoadFloat32s(out1[end-v:end])
		a := simd.LoadFloat32s(w0[end-v : end])
		o, u = o.Add(a.Mul(x0)), u.Add(a.Mul(y0))
		a = simd.LoadFloat32s(w1[end-v : end])
		o, u = o.Add(a.Mul(x1)), u.Add(a.Mul(y1))
		a = simd.LoadFloat32s(w2[end-v : end])
		o, u = o.Add(a.Mul(x2)), u.Add(a.Mul(y2))
		a = simd.LoadFloat32s(w3[end-v : end])
		o, u = o.Add(a.Mul(x3)), u.Add(a.Mul(y3))
		o.Store(out0[end-v : end])
		u.Store(out1[end-v : end])
	}
}

// addRow adds x·w to out, where w is one row.
func addRow(out []float32, x float32, w []float32) {
	n := len(out)
	w = w[:n]
	s := simd.BroadcastFloat32s(x)
	v := s.Len()
	for end := v; end <= n; end += v {
		o := simd.LoadFloat32s(out[end-v : end])
		o.Add(simd.LoadFloat32s(w[end-v : end]).Mul(s)).Store(out[end-v : end])
	}
}
