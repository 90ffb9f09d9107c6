//go:build !goexperiment.simd

package kernel

func name() string { return "plain" }

func linearPart(out, x, w, bias []float32, rows, k, n, outStride, stride int) {
	plainLinear(out, x, w, bias, rows, k, n, outStride, stride)
}

func matMulTPart(out, x, w []float32, rows, k, n, outStride int) {
	plainMatMulT(out, x, w, rows, k, n, outStride)
}

func dot(a, b []float32) float32 { return plainDot(a, b) }

func add(out, a, b []float32) { plainAdd(out, a, b) }

func scale(out, x []float32, s float32) { plainScale(out, x, s) }

func maxOf(x []float32) float32 { return plainMax(x) }

func sumExp(x []float32, max float32) float32 { return plainSumExp(x, max) }

func softmax(out, x []float32, max, sum float32) { plainSoftmax(out, x, max, sum) }

func sum(x []float32) float32 { return plainSum(x) }

func sumSquares(x []float32, mean float32) float32 { return plainSumSquares(x, mean) }

func normalize(out, x []float32, mean, std float32, gain, bias []float32) {
	plainNormalize(out, x, mean, std, gain, bias)
}

func rmsNormalize(out, x []float32, rms float32, gain []float32) {
	plainRMSNormalize(out, x, rms, gain)
}

func multiply(out, a, b []float32) { plainMultiply(out, a, b) }

func gelu(out, x []float32) { plainGELU(out, x) }

func erfGELU(out, x []float32) { plainErfGELU(out, x) }

func relu(out, x []float32) { plainReLU(out, x) }

func silu(out, x []float32) { plainSiLU(out, x) }

func exp(out, x []float32) { plainExp(out, x) }

func tanh(out, x []float32) { plainTanh(out, x) }
