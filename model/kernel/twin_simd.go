//go:build goexperiment.simd

package kernel

import (
	"fmt"
	"simd"
)

// Where the machine has no vectors, package simd emulates them, slower than the plain twin is. What ends in plain Go calls clearUpper
// itself, before that.

func name() string {
	if simd.Emulated() {
		return "plain"
	}
	return fmt.Sprintf("simd %d×float32", simd.VectorBitSize()/32)
}

func linearPart(out, x, w, bias []float32, rows, k, n, outStride, stride int) {
	if simd.Emulated() {
		plainLinear(out, x, w, bias, rows, k, n, outStride, stride)
		return
	}
	simdLinear(out, x, w, bias, rows, k, n, outStride, stride)
	clearUpper()
}

func matMulTPart(out, x, w []float32, rows, k, n, outStride int) {
	if simd.Emulated() {
		plainMatMulT(out, x, w, rows, k, n, outStride)
		return
	}
	simdMatMulT(out, x, w, rows, k, n, outStride)
	clearUpper()
}

func dot(a, b []float32) float32 {
	if simd.Emulated() {
		return plainDot(a, b)
	}
	return simdDot(a, b)
}

func add(out, a, b []float32) {
	if simd.Emulated() {
		plainAdd(out, a, b)
		return
	}
	simdAdd(out, a, b)
}

func scale(out, x []float32, s float32) {
	if simd.Emulated() {
		plainScale(out, x, s)
		return
	}
	simdScale(out, x, s)
}

func maxOf(x []float32) float32 {
	if simd.Emulated() {
		return plainMax(x)
	}
	return simdMax(x)
}

func sumExp(x []float32, max float32) float32 {
	if simd.Emulated() {
		return plainSumExp(x, max)
	}
	return simdSumExp(x, max)
}

func softmax(out, x []float32, max, sum float32) {
	if simd.Emulated() {
		plainSoftmax(out, x, max, sum)
		return
	}
	simdSoftmax(out, x, max, sum)
}

func sum(x []float32) float32 {
	if simd.Emulated() {
		return plainSum(x)
	}
	return simdSum(x)
}

func sumSquares(x []float32, mean float32) float32 {
	if simd.Emulated() {
		return plainSumSquares(x, mean)
	}
	return simdSumSquares(x, mean)
}

func normalize(out, x []float32, mean, std float32, gain, bias []float32) {
	if simd.Emulated() {
		plainNormalize(out, x, mean, std, gain, bias)
		return
	}
	simdNormalize(out, x, mean, std, gain, bias)
}

func rmsNormalize(out, x []float32, rms float32, gain []float32) {
	if simd.Emulated() {
		plainRMSNormalize(out, x, rms, gain)
		return
	}
	simdRMSNormalize(out, x, rms, gain)
}

func multiply(out, a, b []float32) {
	if simd.Emulated() {
		plainMultiply(out, a, b)
		return
	}
	simdMultiply(out, a, b)
}

func gelu(out, x []float32) {
	if simd.Emulated() {
		plainGELU(out, x)
		return
	}
	simdGELU(out, x)
}

func erfGELU(out, x []float32) {
	if simd.Emulated() {
		plainErfGELU(out, x)
		return
	}
	simdErfGELU(out, x)
}

func relu(out, x []float32) {
	if simd.Emulated() {
		plainReLU(out, x)
		return
	}
	simdReLU(out, x)
}

func silu(out, x []float32) {
	if simd.Emulated() {
		plainSiLU(out, x)
		return
	}
	simdSiLU(out, x)
}

func exp(out, x []float32) {
	if simd.Emulated() {
		plainExp(out, x)
		return
	}
	simdExp(out, x)
}

func tanh(out, x []float32) {
	if simd.Emulated() {
		plainTanh(out, x)
		return
	}
	simdTanh(out, x)
}
