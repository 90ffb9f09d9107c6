package quant

import (
	"math"
	"math/rand/v2"
	"testing"
)

// someBlocks returns random bytes that are blocks of a type, scales of all sizes included.
func someBlocks(t Type, blocks int) []byte {
	random := rand.New(rand.NewPCG(uint64(t), 7))
	b := make([]byte, blocks*t.BlockBytes())
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

// same reports whether two values have the same bits; NaN is NaN.
func same(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}

func TestEveryValueIsMadeOfItsParts(t *testing.T) {
	for _, typ := range Types() {
		row := someBlocks(typ, 203)
		values := make([]float32, 203*typ.BlockLen())
		Decode(values, typ, row)
		for i, want := range values {
			p := Explain(typ, row, i)
			if got := p.Value(); !same(got, want) || !same(At(typ, row, i), want) {
				t.Fatalf("%s: value %d is %v, and of its parts %v: %+v", typ, i, want, got, p)
			}
			if p.Block*typ.BlockLen()+p.Place != i || p.Type != typ {
				t.Fatalf("%s: value %d is said to be %d of block %d", typ, i, p.Place, p.Block)
			}
			checkRanges(t, p)
		}
	}
}

// checkRanges holds what the comments of Parts say of its numbers.
func checkRanges(t *testing.T, p Parts) {
	t.Helper()
	bits := map[Type]int{Q2_K: 2, Q3_K: 3, Q4_0: 4, Q4_1: 4, Q4_K: 4, IQ4_NL: 4, IQ4_XS: 4, Q5_0: 5, Q5_1: 5, Q5_K: 5, Q6_K: 6}
	switch most, limited := 1<<bits[p.Type], bits[p.Type] > 0; {
	case limited && (p.Q < 0 || p.Q >= most), p.Type == Q8_0 && (p.Q < -128 || p.Q > 127):
		t.Fatalf("the quant is %d: %+v", p.Q, p)
	case p.Type.FromTable() && p.Level != int(levels[p.Q]), !p.Type.FromTable() && p.Level != p.Q-p.Less:
		t.Fatalf("the quant %d stands for %d: %+v", p.Q, p.Level, p)
	case p.Scale != p.ScaleBits-p.ScaleLess || p.Less != 0 && p.Less != most/2:
		t.Fatalf("what is subtracted is another number: %+v", p)
	case p.Type.Form() < SuperScaled && (p.Sub != 0 || p.ScaleBits != 0 || p.Min != 0), p.Type.Form() == Alone && p.Level != 0:
		t.Fatalf("there are parts that the value is not made of: %+v", p)
	}
}

func TestTheProductsOfFinitePartsAreExact(t *testing.T) {
	for _, typ := range Types() {
		if !typ.Quantised() {
			continue
		}
		row := someBlocks(typ, 50)
		for i := range 50 * typ.BlockLen() {
			p := Explain(typ, row, i)
			scale, min := 1.0, 0.0
			switch typ.Form() {
			case SuperScaled:
				scale = float64(p.Scale)
			case SuperMin:
				scale, min = float64(p.Scale), -float64(p.M)*float64(p.Min)
			case Shifted:
				min = float64(p.M)
			}
			want := float32(float64(p.D)*scale*float64(p.Level) + min)
			if got := p.Value(); !math.IsInf(float64(p.D), 0) && !math.IsInf(float64(p.M), 0) && got != want && got == got {
				t.Fatalf("%s: value %d is %v, in float64 %v: %+v", typ, i, got, want, p)
			}
		}
	}
}

func TestThereIsNoValueOutsideOfARow(t *testing.T) {
	for _, typ := range Types() {
		row := someBlocks(typ, 2)
		for _, i := range []int{-1, 2 * typ.BlockLen()} {
			mustPanic(t, func() { Explain(typ, row, i) })
		}
		mustPanic(t, func() { Explain(typ, row[:len(row)-1], 2*typ.BlockLen()-1) })
		mustPanic(t, func() { Decode(make([]float32, typ.BlockLen()), typ, row) })
	}
	mustPanic(t, func() { Explain(16, make([]byte, 1000), 0) })
	mustPanic(t, func() { Decode(nil, 16, nil) })
}

func mustPanic(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("it did not panic")
		}
	}()
	f()
}
