//go:build goexperiment.simd

package kernel

import "simd"

// Zeros are variables here. For BroadcastFloat32s(0) Go's compiler makes an instruction of the older kind, and these wait for the upper
// halves of the registers, each time: see clearUpper.

// expVec is expOf of each element, operation by operation.
func expVec(x simd.Float32s) simd.Float32s {
	var zero simd.Float32s
	top := simd.BroadcastFloat32s(expMax)
	x = top.IfElse(x.Greater(top), x)
	vanishes := x.Less(simd.BroadcastFloat32s(expMin))
	x = zero.IfElse(vanishes, x)
	bias := simd.BroadcastFloat32s(roundBias)
	t := x.Mul(simd.BroadcastFloat32s(log2E)).Add(bias)
	n := t.Sub(bias)
	r := x.Sub(n.Mul(simd.BroadcastFloat32s(ln2Hi)))
	r = r.Sub(n.Mul(simd.BroadcastFloat32s(ln2Lo)))
	p := r.Mul(simd.BroadcastFloat32s(exp6)).Add(simd.BroadcastFloat32s(exp5))
	p = p.Mul(r).Add(simd.BroadcastFloat32s(exp4))
	p = p.Mul(r).Add(simd.BroadcastFloat32s(exp3))
	p = p.Mul(r).Add(simd.BroadcastFloat32s(exp2))
	p = p.Mul(r).Mul(r).Add(r).Add(simd.BroadcastFloat32s(1))
	i := t.ToBits().BitsToInt32().Sub(simd.BroadcastInt32s(roundBiasBits))
	half := i.ShiftAllRight(1)
	return zero.IfElse(vanishes, p.Mul(powerOfTwoVec(half)).Mul(powerOfTwoVec(i.Sub(half))))
}

// powerOfTwoVec is powerOfTwo of each element.
func powerOfTwoVec(n simd.Int32s) simd.Float32s {
	return n.Add(simd.BroadcastInt32s(127)).ShiftAllLeft(23).ToBits().BitsToFloat32()
}

// tanhVec is tanhOf of each element: both branches are computed, one is taken.
func tanhVec(x simd.Float32s) simd.Float32s {
	one := simd.BroadcastFloat32s(1)
	sign := x.ToBits().And(simd.BroadcastUint32s(signBit))
	a := x.ToBits().Xor(sign).BitsToFloat32()
	z := a.Mul(a)
	p := z.Mul(simd.BroadcastFloat32s(tanh11)).Add(simd.BroadcastFloat32s(tanh9))
	p = p.Mul(z).Add(simd.BroadcastFloat32s(tanh7))
	p = p.Mul(z).Add(simd.BroadcastFloat32s(tanh5))
	p = p.Mul(z).Add(simd.BroadcastFloat32s(tanh3))
	p = p.Mul(z).Mul(a).Add(a)
	t := one.Sub(simd.BroadcastFloat32s(2).Div(expVec(a.Add(a)).Add(one)))
	t = p.IfElse(a.Less(simd.BroadcastFloat32s(tanhSmall)), t)
	return t.ToBits().Or(sign).BitsToFloat32()
}

// geluVec is geluOf of each element.
func geluVec(x simd.Float32s) simd.Float32s {
	s := x.Mul(x).Mul(simd.BroadcastFloat32s(gelu3)).Add(simd.BroadcastFloat32s(gelu1))
	return x.Div(expVec(s.Mul(x)).Add(simd.BroadcastFloat32s(1)))
}

// erfGELUVec is erfGELUOf of each element.
func erfGELUVec(x simd.Float32s) simd.Float32s {
	one := simd.BroadcastFloat32s(1)
	sign := x.ToBits().And(simd.BroadcastUint32s(signBit))
	t := one.Div(x.ToBits().Xor(sign).BitsToFloat32().Mul(simd.BroadcastFloat32s(phiRate)).Add(one))
	p := t.Mul(simd.BroadcastFloat32s(phi8)).Add(simd.BroadcastFloat32s(phi7))
	p = p.Mul(t).Add(simd.BroadcastFloat32s(phi6))
	p = p.Mul(t).Add(simd.BroadcastFloat32s(phi5))
	p = p.Mul(t).Add(simd.BroadcastFloat32s(phi4))
	p = p.Mul(t).Add(simd.BroadcastFloat32s(phi3))
	p = p.Mul(t).Add(simd.BroadcastFloat32s(phi2))
	p = p.Mul(t).Add(simd.BroadcastFloat32s(phi1))
	p = p.Mul(t).Add(simd.BroadcastFloat32s(phi0))
	below := x.Mul(p.Mul(t).Mul(expVec(x.Mul(x).Mul(simd.BroadcastFloat32s(-0.5)))))
	var zero simd.Float32s
	return x.Sub(below).IfElse(x.Greater(zero), below)
}

// reluVec is reluOf of each element.
func reluVec(x simd.Float32s) simd.Float32s {
	var zero simd.Float32s
	return zero.IfElse(x.Less(zero), x)
}

// siluVec is siluOf of each element.
func siluVec(x simd.Float32s) simd.Float32s {
	return x.Div(expVec(x.Mul(simd.BroadcastFloat32s(-1))).Add(simd.BroadcastFloat32s(1)))
}
