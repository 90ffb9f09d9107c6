package kernel

import (
	"runtime"

	"glassbox/model/quant"
)

// Lanes is the number of partial sums in which a sum over a slice runs. It is a property of the
// arithmetic, not of the machine: vectors of 4, 8 or 16 numbers all fill 16 lanes.
const Lanes = 16

// Name says which twin runs and how wide its vectors are: "simd 8×float32", or "plain"; or which table is used instead.
func Name() string { return used.Name }

// Linear sets out = x·w + bias:
//
//	out[r,j] = bias[j] + Σ_k x[r,k]·w[k,j]
//
// x is (rows, k), w is (k, n) and out is (rows, n). The rows of w stand stride numbers apart
// (stride ≥ n), so that columns of a wider matrix can be used in place: pass w[firstColumn:].
// bias is (n), or nil for zeros. Of one row it may be out itself: the products are then added to what stands there, so that a sum
// whose operands lie in several places is made in the same order.
func Linear(out, x, w, bias []float32, rows, k, n, stride int) {
	used.Linear(out, x, w, bias, rows, k, n, stride)
}

// MatMulT sets out = x·wᵀ:
//
//	out[r,j] = Σ_k x[r,k]·w[j,k]
//
// x is (rows, k), w is (n, k) and out is (rows, n). Each element equals Dot of its two rows.
func MatMulT(out, x, w []float32, rows, k, n int) { used.MatMulT(out, x, w, rows, k, n) }

// MatMulPacked sets out = x·wᵀ as MatMulT does, where w is (n, k) in the blocks of a type, row after row. The bits are those of
// MatMulT with what quant.Decode makes of the rows. scratch has room for ScratchLen(rows, k) numbers; what it holds is lost.
func MatMulPacked(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) {
	used.Packed(out, x, scratch, as, w, rows, k, n)
}

// ScratchLen returns how many numbers MatMulPacked wants for itself: for each core rows of w and their products, and two rows
// of lanes.
func ScratchLen(rows, k int) int { return runtime.GOMAXPROCS(0)*packedLen(rows, k) + 2*Lanes }

// Dot returns Σ_i a[i]·b[i] over the length of a.
func Dot(a, b []float32) float32 { return used.Dot(a, b) }

// Add sets out[i] = a[i] + b[i] over the length of out.
func Add(out, a, b []float32) { add(out, a, b) }

// Scale sets out[i] = x[i]·s over the length of out.
func Scale(out, x []float32, s float32) { scale(out, x, s) }

// Max returns the largest element of x, −Inf if there is none. NaN is never the largest.
func Max(x []float32) float32 { return maxOf(x) }

// SumExp returns Σ_i exp(x[i] − max). With max = Max(x) no term overflows.
func SumExp(x []float32, max float32) float32 { return sumExp(x, max) }

// Softmax sets out[i] = exp(x[i] − max)/sum over the length of out, where max is Max(x) and sum is
// SumExp(x, max).
func Softmax(out, x []float32, max, sum float32) { softmax(out, x, max, sum) }

// Mean returns Σ_i x[i] / len(x), NaN if x is empty.
func Mean(x []float32) float32 { return sum(x) / float32(len(x)) }

// Std returns √(Σ_i (x[i] − mean)²/len(x) + eps), the standard deviation as layer norm uses it.
func Std(x []float32, mean, eps float32) float32 {
	return sqrt(sumSquares(x, mean)/float32(len(x)) + eps)
}

// Normalize sets out[i] = (x[i] − mean)/std·gain[i] + bias[i] over the length of out: layer norm of
// one row, given its mean and standard deviation.
func Normalize(out, x []float32, mean, std float32, gain, bias []float32) {
	normalize(out, x, mean, std, gain, bias)
}

// RMSNormalize sets out[i] = x[i]/rms·gain[i] over the length of out: RMS norm of one row, given the root of its mean square.
func RMSNormalize(out, x []float32, rms float32, gain []float32) { rmsNormalize(out, x, rms, gain) }

// Multiply sets out[i] = a[i]·b[i] over the length of out.
func Multiply(out, a, b []float32) { multiply(out, a, b) }

// GELU sets out[i] = ½x(1 + tanh(√(2/π)(x + 0.044715x³))) over the length of out: the form that
// GPT-2 uses (Hendrycks and Gimpel, arXiv:1606.08415, section 2). Its error is below
// 1e-8 + 3e-7·|out[i]|.
func GELU(out, x []float32) { gelu(out, x) }

// ErfGELU sets out[i] = ½x(1 + erf(x/√2)) over the length of out: GELU as it is defined (there, section 1), the share of a
// normal distribution that lies below x times x. Its error is below 1e-8 + 5e-7·|out[i]|.
func ErfGELU(out, x []float32) { erfGELU(out, x) }

// ReLU sets out[i] = max(0, x[i]) over the length of out.
func ReLU(out, x []float32) { relu(out, x) }

// SiLU sets out[i] = x[i]/(1 + exp(−x[i])) over the length of out, within 3e-7 of its size.
func SiLU(out, x []float32) { silu(out, x) }

// Exp sets out[i] = exp(x[i]) over the length of out, within one unit in the last place. Results
// above the largest float32 are +Inf, those below the smallest are 0, and NaN stays NaN.
func Exp(out, x []float32) { exp(out, x) }

// Tanh sets out[i] = tanh(x[i]) over the length of out, within 1.34 units in the last place. NaN stays
// NaN.
func Tanh(out, x []float32) { tanh(out, x) }
