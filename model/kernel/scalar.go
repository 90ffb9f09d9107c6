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

// ErfGELU as x·Φ(x). Below zero Φ(x) = ½erfc(|x|/√2) = exp(−½x²)·t·(phi0 + t·(phi1 + …)) with t = 1/(1 + phiRate·|x|), fitted
// for the least relative error, 3e-8, up to |x| = 14, where it is 0 in float32; above zero Φ(x) = 1 − Φ(−x).
const (
	phiRate = 0.27

	phi0 = 0.10772230390861057
	phi1 = 0.107514986448626
	phi2 = 0.10200631171887917
	phi3 = 0.071304274238105
	phi4 = 0.10951662399192184
	phi5 = -0.07156059392806018
	phi6 = 0.1717473839099343
	phi7 = -0.12738826722222385
	phi8 = 0.029136988126852614
)

// expOf returns exp(x). NaN needs no case of its own: it fails both comparisons and stays NaN.
func expOf(x float32) float32 {
	if x > expMax {
		x = expMax
	}
	if x < expMin { // to find that 2ⁿ is too small takes a processor longer than all else
		return 0
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

// erfGELUOf returns ErfGELU of x.
func erfGELUOf(x float32) float32 {
	sign := math.Float32bits(x) & signBit
	t := 1 / (float32(math.Float32frombits(math.Float32bits(x)^sign)*phiRate) + 1)
	p := float32(phi8*t) + phi7
	p = float32(p*t) + phi6
	p = float32(p*t) + phi5
	p = float32(p*t) + phi4
	p = float32(p*t) + phi3
	p = float32(p*t) + phi2
	p = float32(p*t) + phi1
	p = float32(p*t) + phi0
	below := x * float32(float32(p*t)*expOf(float32(float32(x*x)*-0.5))) // x·Φ(−|x|)
	if x > 0 {
		return x - below
	}
	return below
}

// reluOf returns ReLU of x.
func reluOf(x float32) float32 {
	if x < 0 {
		return 0
	}
	return x
}

// siluOf returns SiLU of x.
func siluOf(x float32) float32 { return x / (1 + expOf(-x)) }

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
