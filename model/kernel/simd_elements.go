//go:build goexperiment.simd

package kernel

import "simd"

// The functions of this file go element by element. What does not fill a vector at the end is left
// to the plain twin, which gives the same bits, after clearUpper, or, where an element is dear, padded with zeros.

func simdAdd(out, a, b []float32) {
	a, b = a[:len(out)], b[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(a) >= v && len(b) >= v {
		simd.LoadFloat32s(a).Add(simd.LoadFloat32s(b)).Store(out)
		out, a, b = out[v:], a[v:], b[v:]
	}
	clearUpper()
	plainAdd(out, a, b)
}

func simdScale(out, x []float32, s float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	by := simd.BroadcastFloat32s(s)
	for len(out) >= v && len(x) >= v {
		simd.LoadFloat32s(x).Mul(by).Store(out)
		out, x = out[v:], x[v:]
	}
	clearUpper()
	plainScale(out, x, s)
}

func simdNormalize(out, x []float32, mean, std float32, gain, bias []float32) {
	x, gain, bias = x[:len(out)], gain[:len(out)], bias[:len(out)]
	v := simd.Float32s{}.Len()
	m, s := simd.BroadcastFloat32s(mean), simd.BroadcastFloat32s(std)
	for len(out) >= v && len(x) >= v && len(gain) >= v && len(bias) >= v {
		z := simd.LoadFloat32s(x).Sub(m).Div(s)
		z.Mul(simd.LoadFloat32s(gain)).Add(simd.LoadFloat32s(bias)).Store(out)
		out, x, gain, bias = out[v:], x[v:], gain[v:], bias[v:]
	}
	clearUpper()
	plainNormalize(out, x, mean, std, gain, bias)
}

func simdRMSNormalize(out, x []float32, rms float32, gain []float32) {
	x, gain = x[:len(out)], gain[:len(out)]
	v := simd.Float32s{}.Len()
	by := simd.BroadcastFloat32s(rms)
	for len(out) >= v && len(x) >= v && len(gain) >= v {
		simd.LoadFloat32s(x).Div(by).Mul(simd.LoadFloat32s(gain)).Store(out)
		out, x, gain = out[v:], x[v:], gain[v:]
	}
	clearUpper()
	plainRMSNormalize(out, x, rms, gain)
}

func simdMultiply(out, a, b []float32) {
	a, b = a[:len(out)], b[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(a) >= v && len(b) >= v {
		simd.LoadFloat32s(a).Mul(simd.LoadFloat32s(b)).Store(out)
		out, a, b = out[v:], a[v:], b[v:]
	}
	clearUpper()
	plainMultiply(out, a, b)
}

func simdSoftmax(out, x []float32, max, sum float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	m, s := simd.BroadcastFloat32s(max), simd.BroadcastFloat32s(sum)
	for len(out) >= v && len(x) >= v {
		expVec(simd.LoadFloat32s(x).Sub(m)).Div(s).Store(out)
		out, x = out[v:], x[v:]
	}
	if len(out) > 0 {
		part, _ := simd.LoadFloat32sPart(x)
		expVec(part.Sub(m)).Div(s).StorePart(out)
	}
	clearUpper()
}

func simdGELU(out, x []float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(x) >= v {
		geluVec(simd.LoadFloat32s(x)).Store(out)
		out, x = out[v:], x[v:]
	}
	if len(out) > 0 {
		part, _ := simd.LoadFloat32sPart(x)
		geluVec(part).StorePart(out)
	}
	clearUpper()
}

func simdErfGELU(out, x []float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(x) >= v {
		erfGELUVec(simd.LoadFloat32s(x)).Store(out)
		out, x = out[v:], x[v:]
	}
	clearUpper()
	plainErfGELU(out, x)
}

func simdReLU(out, x []float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(x) >= v {
		reluVec(simd.LoadFloat32s(x)).Store(out)
		out, x = out[v:], x[v:]
	}
	clearUpper()
	plainReLU(out, x)
}

func simdSiLU(out, x []float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(x) >= v {
		siluVec(simd.LoadFloat32s(x)).Store(out)
		out, x = out[v:], x[v:]
	}
	clearUpper()
	plainSiLU(out, x)
}

func simdExp(out, x []float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(x) >= v {
		expVec(simd.LoadFloat32s(x)).Store(out)
		out, x = out[v:], x[v:]
	}
	if len(out) > 0 {
		part, _ := simd.LoadFloat32sPart(x)
		expVec(part).StorePart(out)
	}
	clearUpper()
}

func simdTanh(out, x []float32) {
	x = x[:len(out)]
	v := simd.Float32s{}.Len()
	for len(out) >= v && len(x) >= v {
		tanhVec(simd.LoadFloat32s(x)).Store(out)
		out, x = out[v:], x[v:]
	}
	if len(out) > 0 {
		part, _ := simd.LoadFloat32sPart(x)
		tanhVec(part).StorePart(out)
	}
	clearUpper()
}
