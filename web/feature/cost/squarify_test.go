package cost

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Areas are in proportion to values, lie within the box and not over one another.
func TestAMapIsCutInProportion(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		values := make([]float64, r.IntN(60))
		sum := 0.0
		for i := range values {
			if r.IntN(4) > 0 {
				values[i] = math.Exp(8 * r.Float64())
			}
			sum += values[i]
		}
		in := Box{10, 20, 1 + 1000*r.Float64(), 1 + 600*r.Float64()}
		boxes := squarify(values, in)
		for i, b := range boxes {
			if want := values[i] / max(sum, 1) * in.W * in.H; math.Abs(b.W*b.H-want) > 1e-6*in.W*in.H {
				t.Fatalf("%v of %v gets %+v of %+v", values[i], sum, b, in)
			}
			if b.W > 0 && (b.X < in.X-1e-6 || b.Y < in.Y-1e-6 || b.X+b.W > in.X+in.W+1e-6 || b.Y+b.H > in.Y+in.H+1e-6) {
				t.Fatalf("%+v lies out of %+v", b, in)
			}
			for _, other := range boxes[:i] {
				if over := min(b.X+b.W, other.X+other.W) - max(b.X, other.X); over > 1e-6 && min(b.Y+b.H, other.Y+other.H)-max(b.Y, other.Y) > 1e-6 {
					t.Fatalf("%+v lies over %+v", b, other)
				}
			}
		}
	}
}

// The example of the paper: 6, 6, 4, 3, 2, 2, 1 in a box of 6 by 4.
func TestAMapIsAsSquareAsThatOfThePaper(t *testing.T) {
	boxes := squarify([]float64{6, 6, 4, 3, 2, 2, 1}, Box{0, 0, 6, 4})
	for i, want := range []Box{{0, 0, 3, 2}, {0, 2, 3, 2}, {3, 0, 12.0 / 7, 7.0 / 3}, {33.0 / 7, 0, 9.0 / 7, 7.0 / 3}} {
		if b := boxes[i]; math.Abs(b.X-want.X)+math.Abs(b.Y-want.Y)+math.Abs(b.W-want.W)+math.Abs(b.H-want.H) > 1e-9 {
			t.Errorf("box %d is %+v; in the paper it is %+v", i, b, want)
		}
	}
}
