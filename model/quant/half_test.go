package quant

import (
	"math"
	"testing"
)

func TestABrainFloatIsTheNearest(t *testing.T) {
	for x, want := range map[float32]float32{0: 0, 1: 1, -2.5: -2.5, 1 + 1.0/256: 1, 1 + 3.0/256: 1 + 4.0/256,
		math.Float32frombits(0x3f808001): math.Float32frombits(0x3f810000), math.MaxFloat32: float32(math.Inf(1))} {
		if got := WidenBrain(NarrowBrain(x)); got != want {
			t.Errorf("%v becomes %v, expected %v", x, got, want)
		}
	}
	for _, bits := range []uint32{0x7f800001, 0xff800001, 0x7fffffff} {
		if got := WidenBrain(NarrowBrain(math.Float32frombits(bits))); got == got {
			t.Errorf("a NaN of the bits %x becomes %v", bits, got)
		}
	}
	for h := range 1 << 16 {
		if v := WidenBrain(uint16(h)); v == v && NarrowBrain(v) != uint16(h) {
			t.Errorf("0x%04x becomes 0x%04x", h, NarrowBrain(v))
		}
	}
}

func TestEveryHalfComesBackAsItself(t *testing.T) {
	for h := range 1 << 16 {
		x := WidenHalf(uint16(h))
		if got := NarrowHalf(x); got != uint16(h) && x == x || x != x && got&0x7c00 != 0x7c00 {
			t.Fatalf("half 0x%04x is %v, which becomes 0x%04x", h, x, got)
		}
	}
}

// Between two neighbours the nearer one is taken, in the middle the even one.
func TestANumberBecomesTheNearestHalf(t *testing.T) {
	for h := range uint16(0x7bff) {
		low, high := WidenHalf(h), WidenHalf(h+1)
		middle := (low + high) / 2 // exact: it needs 12 bits
		even := h + h&1
		for x, want := range map[float32]uint16{
			middle:                         even,
			math.Nextafter32(middle, low):  h,
			math.Nextafter32(middle, high): h + 1,
		} {
			if got := NarrowHalf(x); got != want {
				t.Fatalf("%v becomes 0x%04x, expected 0x%04x", x, got, want)
			}
			if got := NarrowHalf(-x); got != want|0x8000 {
				t.Fatalf("%v becomes 0x%04x, expected 0x%04x", -x, got, want|0x8000)
			}
		}
	}
}

func TestWhatIsTooLargeForAHalfIsInfinite(t *testing.T) {
	inf := float32(math.Inf(1))
	for x, want := range map[float32]uint16{
		65504: 0x7bff, math.Nextafter32(65520, 0): 0x7bff, 65520: 0x7c00, 65536: 0x7c00, math.MaxFloat32: 0x7c00, inf: 0x7c00, -inf: 0xfc00,
		math.SmallestNonzeroFloat32: 0,
	} {
		if got := NarrowHalf(x); got != want {
			t.Errorf("%v becomes 0x%04x, expected 0x%04x", x, got, want)
		}
	}
}

// TestAHalfIsItsSignExponentAndFraction computes each half from the definition.
func TestAHalfIsItsSignExponentAndFraction(t *testing.T) {
	for h := range 1 << 16 {
		exponent, fraction := h>>10&0x1f, float64(h&0x3ff)/1024
		want := math.Ldexp(1+fraction, exponent-15)
		switch {
		case exponent == 0:
			want = math.Ldexp(fraction, -14)
		case exponent == 0x1f && fraction == 0:
			want = math.Inf(1)
		case exponent == 0x1f:
			want = math.NaN()
		}
		if h>>15 == 1 {
			want = -want
		}
		if got := WidenHalf(uint16(h)); !same(got, float32(want)) {
			t.Fatalf("half 0x%04x is %v, expected %v", h, got, want)
		}
	}
}
