package safetensors

import (
	"math"
	"testing"
)

// narrowed returns what FromFloat16 makes of a number.
func narrowed(x float32) uint16 {
	t := FromFloat16("x", nil, []float32{x})
	return uint16(t.Data[0]) | uint16(t.Data[1])<<8
}

func TestEveryHalfComesBackAsItself(t *testing.T) {
	for h := range 1 << 16 {
		x := widenHalf(uint16(h))
		if got := narrowed(x); got != uint16(h) && x == x || x != x && got&0x7c00 != 0x7c00 {
			t.Fatalf("half 0x%04x is %v, which becomes 0x%04x", h, x, got)
		}
	}
}

// Between two neighbours the nearer one is taken, in the middle the even one.
func TestANumberBecomesTheNearestHalf(t *testing.T) {
	for h := range uint16(0x7bff) {
		low, high := widenHalf(h), widenHalf(h+1)
		middle := (low + high) / 2 // exact: it needs 12 bits
		even := h + h&1
		for x, want := range map[float32]uint16{
			middle:                         even,
			math.Nextafter32(middle, low):  h,
			math.Nextafter32(middle, high): h + 1,
		} {
			if got := narrowed(x); got != want {
				t.Fatalf("%v becomes 0x%04x, expected 0x%04x", x, got, want)
			}
			if got := narrowed(-x); got != want|0x8000 {
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
		if got := narrowed(x); got != want {
			t.Errorf("%v becomes 0x%04x, expected 0x%04x", x, got, want)
		}
	}
}
