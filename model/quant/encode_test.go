package quant

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"glassbox/model/fault"
)

func TestWhatTheReferenceRoundedIsWrittenAsItWas(t *testing.T) {
	for name, s := range samples(t) {
		if encoder(s.Type) == nil {
			continue
		}
		want, values := s.read(t)
		got := make([]byte, len(want))
		if err := Encode(got, s.Type, values); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the bytes differ from the reference's", name)
		}
	}
}

// TestRoundingIsThatOfTheReference takes the values of the F16 sample, which are those that all samples were made
// of to within half a step of F16, and so to within a small part of a step of the rounder types.
func TestRoundingIsThatOfTheReference(t *testing.T) {
	list := samples(t)
	_, source := list["F16"].read(t)
	for _, typ := range []Type{Q8_0, Q4_0, Q4_1} {
		want, _ := list[typ.String()].read(t)
		got := make([]byte, len(want))
		if err := Encode(got, typ, source); err != nil {
			t.Fatal(err)
		}
		differ := 0
		for i := range source {
			g, w := Explain(typ, got, i), Explain(typ, want, i)
			if off := g.Q - w.Q; off < -1 || off > 1 {
				t.Fatalf("%s: value %d is %v and becomes the quant %d, expected %d", typ, i, source[i], g.Q, w.Q)
			} else if off != 0 {
				differ++
			}
		}
		if most := len(source) / 50; differ > most {
			t.Errorf("%s: %d of %d quants differ from the reference's, expected %d at most", typ, differ, len(source), most)
		}
	}
}

func TestWhatIsWrittenIsReadToWithinAStep(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, typ := range []Type{F32, F16, BF16, Q8_0, Q4_0, Q4_1} {
		for _, size := range []float64{1e-30, 1e-6, 1, 1000} {
			x := make([]float32, 64)
			for i := range x {
				x[i] = float32(random.NormFloat64() * size)
			}
			b := make([]byte, len(x)/typ.BlockLen()*typ.BlockBytes())
			if err := Encode(b, typ, x); err != nil {
				t.Fatal(err)
			}
			for i, v := range x {
				p := Explain(typ, b, i)
				if off := math.Abs(float64(p.Value() - v)); off > step(p) {
					t.Fatalf("%s: %v is read as %v, which is off by %v: %+v", typ, v, p.Value(), off, p)
				}
			}
		}
	}
}

// step returns how far a value of these parts may be from what was written: half a step of the quant, a whole one at the
// far end of Q4_0, and what d and m were rounded by.
func step(p Parts) float64 {
	d, m, level := math.Abs(float64(p.D)), math.Abs(float64(p.M)), math.Abs(float64(p.Level))
	const relative, least = 1.0 / (1 << 11), 1.0 / (1 << 25) // half a unit of an F16: of the last bit, of the smallest numbers
	rounded := func(x float64) float64 { return max(x*relative, least) * 1.001 }
	switch p.Type {
	case F32:
		return 0
	case F16:
		return rounded(d)
	case BF16:
		return d / 256 * 1.001
	case Q8_0:
		return d/2 + (level+0.5)*rounded(d)
	case Q4_0:
		return d + 8*rounded(d)
	}
	return d/2 + (level+0.5)*rounded(d) + rounded(m)
}

func TestZerosAndTinyValuesAreWritten(t *testing.T) {
	for _, typ := range []Type{F16, BF16, Q8_0, Q4_0, Q4_1} {
		for _, v := range []float32{0, 1e-45, -1e-45, 1e-38} {
			x := make([]float32, 32)
			x[3] = v
			b := make([]byte, len(x)/typ.BlockLen()*typ.BlockBytes())
			if err := Encode(b, typ, x); err != nil {
				t.Fatal(err)
			}
			for i := range x {
				if got := At(typ, b, i); math.Abs(float64(got)) > 2e-38 {
					t.Errorf("%s: %v beside %v is read as %v", typ, x[i], v, got)
				}
			}
		}
	}
}

func TestWhatCantBeWrittenIsNamed(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	for _, c := range []struct {
		typ   Type
		value float32
		want  string
	}{
		{F32, inf, "the value at (37) is +Inf, expected a finite number"},
		{Q8_0, nan, "the value at (37) is NaN, expected a finite number"},
		{F16, 65520, "the value at (37) is 65520, which is too large for F16"},
		{F16, -65519, ""},
		{BF16, math.MaxFloat32, "the value at (37) is 3.4028235e+38, which is too large for BF16"},
		{Q8_0, 65519 * 127, ""},
		{Q8_0, -65520 * 127, "the value at (37) is -8.32104e+06, which is too large for Q8_0"},
		{Q4_0, -65520 * 8, "the value at (37) is -524160, which is too large for Q4_0"},
		{Q4_1, -65520, "the value at (37) is -65520, which is too large for Q4_1"},
		{Q4_1, 15 * 65536, "the value at (37) is 983040, which is too large for Q4_1"},
		{Q4_K, 1, "the element type Q4_K is not written here; written are F32, F16, BF16, Q4_0, Q4_1 and Q8_0"},
	} {
		x := make([]float32, 64)
		x[37] = c.value
		err := Encode(make([]byte, len(x)/min(c.typ.BlockLen(), 32)*c.typ.BlockBytes()), c.typ, x)
		if got := text(err); got != c.want {
			t.Errorf("%v as %s: %q, expected %q", c.value, c.typ, got, c.want)
		}
	}
	mustPanic(t, func() { Encode(make([]byte, 33), Q8_0, make([]float32, 32)) })
}

// text returns what an error says, "" for none.
func text(err error) string {
	if err == nil {
		return ""
	}
	if fault.Of(err).Kind == "" {
		return "no fault: " + err.Error()
	}
	return strings.TrimSpace(err.Error())
}
