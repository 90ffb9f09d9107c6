package fused

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model/quant"
)

// dot adds the products of two rows in 16 lanes, and folds these in halves, as package kernel does.
func dot(x, w []float32) float32 {
	var l [16]float32
	for i, v := range x {
		l[i%16] += float32(v * w[i])
	}
	for half := 8; half > 0; half /= 2 {
		for i := range half {
			l[i] += l[i+half]
		}
	}
	return l[0]
}

func same(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b }

// row returns blocks of a type, and what quant.Decode makes of them. Their bits are as they come: scales that are huge, subnormal, infinite
// or NaN as well.
func row(t *testing.T, r *rand.Rand, typ quant.Type, n int) (packed []byte, values []float32) {
	size, err := typ.RowBytes(n)
	if err != nil {
		t.Fatal(err)
	}
	packed, values = make([]byte, size), make([]float32, n)
	for i := range packed {
		packed[i] = byte(r.Uint32())
	}
	quant.Decode(values, typ, packed)
	return packed, values
}

func TestProductsAreThoseOfDecodedRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, typ := range quant.Types() {
		dots := For(typ)
		if dots == nil {
			continue
		}
		for i := range 400 { // most of the long ones are NaN
			n := (i % 20) * typ.BlockLen()
			x, spread := make([]float32, n), make([]float32, 2*n)
			for j := range x {
				x[j] = 4*r.Float32() - 2
			}
			Spread(spread, x)
			w, values := row(t, r, typ, n)
			u, others := row(t, r, typ, n)
			a, b := dots(spread, w, u)
			if c, d := dot(x, values), dot(x, others); !same(a, c) || !same(b, d) {
				t.Fatalf("%s, %d numbers: %v and %v, want %v and %v, to the last bit", typ, n, a, b, c, d)
			}
		}
	}
}
