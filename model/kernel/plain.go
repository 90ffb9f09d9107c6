package kernel

import "math"

// plainLinear is the plain twin of Linear; the rows of out are outStride numbers apart. It adds four rows of w to a row of out
// at a time, which keeps the order of k and saves three of four passes over out.
func plainLinear(out, x, w, bias []float32, rows, k, n, outStride, stride int) {
	for r := range rows {
		o := out[r*outStride:][:n]
		setBias(o, bias)
		plainAddProduct(o, x[r*k:][:k], w, stride)
	}
}

// setBias sets out, one row, to bias, or to zeros where bias is nil.
func setBias(out, bias []float32) {
	if bias == nil {
		clear(out)
		return
	}
	copy(out, bias[:len(out)])
}

// plainAddProduct adds x·w to out, where x and out are one row each.
func plainAddProduct(out, x, w []float32, stride int) {
	i := 0
	for ; i+4 <= len(x); i += 4 {
		plainAddRows(out, x[i:], w[i*stride:], stride)
	}
	for ; i < len(x); i++ {
		plainAddRow(out, x[i], w[i*stride:])
	}
}

// plainAddRows adds x[0]·w[0] + … + x[3]·w[3] to out, where w[i] is a row of w.
func plainAddRows(out, x, w []float32, stride int) {
	x0, x1, x2, x3 := x[0], x[1], x[2], x[3]
	w0 := w[:len(out)]
	w1 := w[stride:][:len(out)]
	w2 := w[2*stride:][:len(out)]
	w3 := w[3*stride:][:len(out)]
	for j, o := range out {
		o += float32(x0 * w0[j])
		o += float32(x1 * w1[j])
		o += float32(x2 * w2[j])
		out[j] = o + float32(x3*w3[j])
	}
}

// plainAddRow adds x·w to out, where w is one row.
func plainAddRow(out []float32, x float32, w []float32) {
	w = w[:len(out)]
	for j, o := range out {
		out[j] = o + float32(x*w[j])
	}
}

// plainMatMulT is the plain twin of MatMulT; the rows of out are outStride numbers apart.
func plainMatMulT(out, x, w []float32, rows, k, n, outStride int) {
	for r := range rows {
		o := out[r*outStride:][:n]
		row := x[r*k:][:k]
		for j := range o {
			o[j] = plainDot(row, w[j*k:])
		}
	}
}

// plainDot fills the lanes four at a time, which fit the registers.
func plainDot(a, b []float32) float32 {
	b = b[:len(a)]
	whole := len(a) / Lanes * Lanes
	var l [Lanes]float32
	for g := 0; g < Lanes; g += 4 {
		var s0, s1, s2, s3 float32
		for i := g; i < whole; i += Lanes {
			p, q := a[i:i+4:i+4], b[i:i+4:i+4]
			s0 += float32(p[0] * q[0])
			s1 += float32(p[1] * q[1])
			s2 += float32(p[2] * q[2])
			s3 += float32(p[3] * q[3])
		}
		l[g], l[g+1], l[g+2], l[g+3] = s0, s1, s2, s3
	}
	for i, v := range a[whole:] {
		l[i] += float32(v * b[whole+i])
	}
	return fold(&l)
}

func plainAdd(out, a, b []float32) {
	a, b = a[:len(out)], b[:len(out)]
	for i := range out {
		out[i] = a[i] + b[i]
	}
}

func plainScale(out, x []float32, s float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = x[i] * s
	}
}

func plainMax(x []float32) float32 {
	m := float32(math.Inf(-1))
	for _, v := range x {
		if v > m {
			m = v
		}
	}
	return m + 0 // −0 becomes +0, whichever of them came first
}

func plainSumExp(x []float32, max float32) float32 {
	var l [Lanes]float32
	for i, v := range x {
		l[i%Lanes] += expOf(v - max)
	}
	return fold(&l)
}

func plainSoftmax(out, x []float32, max, sum float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = expOf(x[i]-max) / sum
	}
}

func plainSum(x []float32) float32 {
	var l [Lanes]float32
	for i, v := range x {
		l[i%Lanes] += v
	}
	return fold(&l)
}

// plainSumSquares returns Σ (x − mean)².
func plainSumSquares(x []float32, mean float32) float32 {
	var l [Lanes]float32
	for i, v := range x {
		d := v - mean
		l[i%Lanes] += float32(d * d)
	}
	return fold(&l)
}

func plainNormalize(out, x []float32, mean, std float32, gain, bias []float32) {
	x, gain, bias = x[:len(out)], gain[:len(out)], bias[:len(out)]
	for i := range out {
		out[i] = float32((x[i]-mean)/std*gain[i]) + bias[i]
	}
}

func plainRMSNormalize(out, x []float32, rms float32, gain []float32) {
	x, gain = x[:len(out)], gain[:len(out)]
	for i := range out {
		out[i] = x[i] / rms * gain[i]
	}
}

func plainMultiply(out, a, b []float32) {
	a, b = a[:len(out)], b[:len(out)]
	for i := range out {
		out[i] = a[i] * b[i]
	}
}

func plainGELU(out, x []float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = geluOf(x[i])
	}
}

func plainErfGELU(out, x []float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = erfGELUOf(x[i])
	}
}

func plainReLU(out, x []float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = reluOf(x[i])
	}
}

func plainSiLU(out, x []float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = siluOf(x[i])
	}
}

func plainExp(out, x []float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = expOf(x[i])
	}
}

func plainTanh(out, x []float32) {
	x = x[:len(out)]
	for i := range out {
		out[i] = tanhOf(x[i])
	}
}
