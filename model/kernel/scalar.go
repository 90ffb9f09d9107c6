package kernel

import "math"

// exp(x) = 2ⁿ·exp(r), with n = round(x/ln 2) and r = x − n·ln 2, so that |r| ≤ ln 2/2.
const (
	// Adding roundBias to a float32 of moderate size pushes its fraction out of the mantissa: what
	// remains is the nearest integer, in the low bits.
	roundBias     = 3 << 22
	roundBiasBits = 0x4B400000 // the bits of roundBias

	// ln 2 in two parts. ln2Hi has few enough bits for n·ln2Hi to be exact.
	log2E = 1.4426950408889634
	ln2Hi = 0.693359375
	ln2Lo = -2.1219444005469058e-4

	// Beyond these exp is +Inf and 0 in float32; within them n fits two exponents.
	expMax = 89
	expMin = -104

	// exp(r) = 1 + r + r²·(exp2 + r·(exp3 + …)), fitted for the least relative error, 4e-9.
	exp2 = 0.4999999339484031
	exp3 = 0.16666519847337105
	exp4 = 0.04166839729832806
	exp5 = 0.008368811893060154
	exp6 = 0.0013814399966514562
)

// tanh(x) = x + x³·(tanh3 + x²·(tanh5 + …)) for |x| < tanhSmall, fitted for the least relative
// error, 5e-9. From there on it is 1 − 2/(exp(2|x|) + 1) with the sign of x.
const (
	tanhSmall = 0.625

	tanh3  = -0.33333283924083124
	tanh5  = 0.1333149126035785
	tanh7  = -0.05374349615655706
	tanh9  = 0.02065058168694663
	tanh11 = -0.005717039344741546
)

// GELU as x/(1 + exp(−2u)), since ½(1 + tanh u) is the logistic function of 2u. Then −2u is
// x·(gelu1 + gelu3·x²).
const (
	gelu1 = -1.5957691216057308 // −2√(2/π)
	gelu3 = gelu1 * 0.044715
)

// expOf returns exp(x). NaN needs no case of its own: it fails both comparisons and stays NaN.
func expOf(x float32) float32 {
	if x > expMax {
		x = expMax
	}
	if x < expMin {
		x = expMin
	}
	t := float32(x*log2E) + roundBias
	n := t - roundBias
	r := x - float32(n*ln2Hi)
	r -= float32(n * ln2Lo)
	p := float32(exp6*r) + exp5
	p = float32(p*r) + exp4
	p = float32(p*r) + exp3
	p = float32(p*r) + exp2
	p = float32(float32(p*r)*r) + r
	p += 1
	// 2ⁿ in two factors: one alone would leave the range of exponents before p·2ⁿ does.
	i := int32(math.Float32bits(t) - roundBiasBits)
	half := i >> 1
	return float32(float32(p*powerOfTwo(half)) * powerOfTwo(i-half))
}

// powerOfTwo returns 2ⁿ for −127 < n < 128.
func powerOfTwo(n int32) float32 { return math.Float32frombits(uint32(n+127) << 23) }

// tanhOf returns tanh(x).
func tanhOf(x float32) float32 {
	sign := math.Float32bits(x) & signBit
	a := math.Float32frombits(math.Float32bits(x) ^ sign)
	t := 1 - 2/(expOf(a+a)+1)
	if a < tanhSmall {
		z := float32(a * a)
		p := float32(tanh11*z) + tanh9
		p = float32(p*z) + tanh7
		p = float32(p*z) + tanh5
		p = float32(p*z) + tanh3
		t = float32(float32(p*z)*a) + a
	}
	return math.Float32frombits(math.Float32bits(t) | sign)
}

const signBit = 1 << 31

// geluOf returns GELU of x.
func geluOf(x float32) float32 {
	s := float32(float32(x*x)*gelu3) + gelu1
	return x / (1 + expOf(float32(s*x)))
}

// sqrt returns the correctly rounded square root of x.
func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// fold adds the lanes of a sum: the upper half to the lower, then the halves of that, to the last.
func fold(l *[Lanes]float32) float32 {
	s0 := (l[0] + l[8]) + (l[4] + l[12])
	s1 := (l[1] + l[9]) + (l[5] + l[13])
	s2 := (l[2] + l[10]) + (l[6] + l[14])
	s3 := (l[3] + l[11]) + (l[7] + l[15])
	return (s0 + s2) + (s1 + s3)
}
