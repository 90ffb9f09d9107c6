package quant

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestVectorsDecodeToTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, typ := range Types() {
		for blocks := range 40 {
			n := blocks * typ.BlockLen()
			size, err := typ.RowBytes(n)
			if err != nil {
				t.Fatal(err)
			}
			src := make([]byte, size) // of bits as they come: scales that are huge, subnormal, infinite or NaN as well
			for i := range src {
				src[i] = byte(r.Uint32())
			}
			got, want := make([]float32, n), make([]float32, n)
			if !byVectors(got, typ, src) {
				break
			}
			plainDecode(want, typ, src)
			for i, g := range got {
				if w := want[i]; math.Float32bits(g) != math.Float32bits(w) && (g == g || w == w) {
					t.Fatalf("%s, %d blocks: value %d is %v, expected %v", typ, blocks, i, g, w)
				}
			}
		}
	}
}

func TestEveryHalfIsDecodedToItsValue(t *testing.T) {
	src, got := make([]byte, 2<<16), make([]float32, 1<<16)
	for h := range 1 << 16 {
		src[2*h], src[2*h+1] = byte(h), byte(h>>8)
	}
	for typ, value := range map[Type]func(uint16) float32{F16: WidenHalf, BF16: WidenBrain} {
		Decode(got, typ, src)
		for h, g := range got {
			if want := value(uint16(h)); math.Float32bits(g) != math.Float32bits(want) && (g == g || want == want) {
				t.Fatalf("%s %#x is %v, expected %v", typ, h, g, want)
			}
		}
	}
}

// BenchmarkVectors measures rows of a model, decoded number by number and as Decode does.
func BenchmarkVectors(b *testing.B) {
	for _, typ := range Types() {
		const n = 16 * 768
		size, _ := typ.RowBytes(n)
		src, dst := make([]byte, size), make([]float32, n)
		for i := range src {
			src[i] = byte(i * 7 & 0x3f)
		}
		for name, decode := range map[string]func(dst []float32, t Type, src []byte){"plain": plainDecode, "used": Decode} {
			b.Run(fmt.Sprintf("%s/%s", typ, name), func(b *testing.B) {
				for b.Loop() {
					decode(dst, typ, src)
				}
				b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gvalues/s")
			})
		}
	}
}
