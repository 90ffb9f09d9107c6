//go:build goexperiment.simd

package kernel

import "simd"

// block is the number of rows that a block of simdLinear computes together; it is two vectors wide.
const block = 4

// simdLinear is the twin of plainLinear. It vectorises over the columns and adds in the order of k,
// as the plain one does. Four rows or more go in blocks that hold their sums in registers; fewer
// rows read each row of w once, in order.
func simdLinear(out, x, w, bias []float32, rows, k, n, stride int) {
	wide := 2 * simd.Float32s{}.Len()
	if rows < block || n < wide {
		for r := range rows {
			simdLinearRow(out[r*n:][:n], x[r*k:][:k], w, bias, stride)
		}
		return
	}
	// The last block of a row or column overlaps the one before it: it finds the same numbers.
	for j := 0; j < n; j += wide {
		j := min(j, n-wide)
		for r := 0; r < rows; r += block {
			r := min(r, rows-block)
			linearBlock(out[r*n+j:], x[r*k:], w[j:], tail(bias, j), k, n, stride)
		}
	}
}

// tail returns bias[j:], nil if bias is.
func tail(bias []float32, j int) []float32 {
	if bias == nil {
		return nil
	}
	return bias[j:]
}

// linearBlock computes four rows by two vectors of columns of out, whose rows are n apart.
func linearBlock(out, x, w, bias []float32, k, n, stride int) {
	var a, b simd.Float32s
	v := a.Len()
	if bias != nil {
		a, b = simd.LoadFloat32s(bias), simd.LoadFloat32s(bias[v:])
	}
	a0, a1, a2, a3 := a, a, a, a
	b0, b1, b2, b3 := b, b, b, b
	x0, x1, x2, x3 := x[:k], x[k:][:k], x[2*k:][:k], x[3*k:][:k]
	for i, e := range x0 {
		row := w[i*stride:][:2*v]
		p, q := simd.LoadFloat32s(row), simd.LoadFloat32s(row[v:])
		s := simd.BroadcastFloat32s(e)
		a0, b0 = a0.Add(p.Mul(s)), b0.Add(q.Mul(s))
		s = simd.BroadcastFloat32s(x1[i])
		a1, b1 = a1.Add(p.Mul(s)), b1.Add(q.Mul(s))
		s = simd.BroadcastFloat32s(x2[i])
		a2, b2 = a2.Add(p.Mul(s)), b2.Add(q.Mul(s))
		s = simd.BroadcastFloat32s(x3[i])
		a3, b3 = a3.Add(p.Mul(s)), b3.Add(q.Mul(s))
	}
	a0.Store(out)
	b0.Store(out[v:])
	a1.Store(out[n:])
	b1.Store(out[n+v:])
	a2.Store(out[2*n:])
	b2.Store(out[2*n+v:])
	a3.Store(out[3*n:])
	b3.Store(out[3*n+v:])
}

// simdLinearRow computes one row, adding eight rows of w at a time: they are read as eight
// streams, which the machine fetches ahead, and out is passed over k/8 times.
func simdLinearRow(out, x, w, bias []float32, stride int) {
	clear(out)
	copy(out, bias)
	i := 0
	for ; i+8 <= len(x); i += 8 {
		simdAddRows(out, x[i:], w[i*stride:], stride)
	}
	for ; i < len(x); i++ {
		simdAddRow(out, x[i], w[i*stride:])
	}
}

// simdAddRows adds x[0]·w[0] + … + x[7]·w[7] to out, where w[i] is a row of w.
func simdAddRows(out, x, w []float32, stride int) {
	n := len(out)
	x = x[:8]
	w0, w1, w2, w3 := w[:n], w[stride:][:n], w[2*stride:][:n], w[3*stride:][:n]
	w4, w5, w6, w7 := w[4*stride:][:n], w[5*stride:][:n], w[6*stride:][:n], w[7*stride:][:n]
	x0, x1 := simd.BroadcastFloat32s(x[0]), simd.BroadcastFloat32s(x[1])
	x2, x3 := simd.BroadcastFloat32s(x[2]), simd.BroadcastFloat32s(x[3])
	x4, x5 := simd.BroadcastFloat32s(x[4]), simd.BroadcastFloat32s(x[5])
	x6, x7 := simd.BroadcastFloat32s(x[6]), simd.BroadcastFloat32s(x[7])
	v := x0.Len()
	end := v // of the vector in hand: slices of one form, [end-v:end], are checked once
	for ; end <= n; end += v {
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
	if j := end - v; j < n {
		plainAddRows(out[j:], x, w[j:], stride)
		plainAddRows(out[j:], x[4:], w[4*stride+j:], stride)
	}
}

// simdAddRow adds x·w to out, where w is one row.
func simdAddRow(out []float32, x float32, w []float32) {
	w = w[:len(out)]
	s := simd.BroadcastFloat32s(x)
	v := s.Len()
	for len(out) >= v && len(w) >= v {
		simd.LoadFloat32s(out).Add(simd.LoadFloat32s(w).Mul(s)).Store(out)
		out, w = out[v:], w[v:]
	}
	plainAddRow(out, x, w)
}
