package safetensors

import (
	"encoding/binary"
	"math"
	"reflect"
	"strings"
	"testing"
)

// half returns the value of a binary16 by the formula of IEEE 754, in float64.
func half(h uint16) float64 {
	sign := 1 - 2*float64(h>>15)
	exponent, fraction := int(h>>10&31), float64(h&1023)
	switch {
	case exponent == 31 && fraction == 0:
		return math.Inf(int(sign))
	case exponent == 31:
		return math.NaN()
	case exponent == 0:
		return math.Copysign(math.Ldexp(fraction, -24), sign)
	}
	return sign * math.Ldexp(1+fraction/1024, exponent-15)
}

func TestEveryHalfIsWidenedExactly(t *testing.T) {
	data := []byte{}
	for h := range 1 << 16 {
		data = binary.LittleEndian.AppendUint16(data, uint16(h))
	}
	got, err := Tensor{Name: "all", DType: F16, Shape: []int{1 << 16}, Data: data}.Float32()
	if err != nil {
		t.Fatal(err)
	}
	for h, g := range got {
		want := half(uint16(h))
		if math.IsNaN(want) && math.IsNaN(float64(g)) {
			continue
		}
		if math.Float64bits(float64(g)) != math.Float64bits(want) {
			t.Fatalf("half 0x%04x is %v, expected %v", h, g, want)
		}
	}
}

func TestBrainFloatsAreTheUpperHalvesOfFloats(t *testing.T) {
	for _, v := range []float32{0, 1, -2.5, 3.140625, 1 << 100, float32(math.Inf(-1))} {
		data := binary.LittleEndian.AppendUint16(nil, uint16(math.Float32bits(v)>>16))
		got, err := Tensor{Name: "b", DType: BF16, Data: data}.Float32()
		if err != nil || len(got) != 1 || got[0] != v {
			t.Errorf("BF16 of %v is read as %v (%v)", v, got, err)
		}
	}
}

func TestFloat32GivesBackWhatFromFloat32Took(t *testing.T) {
	shape, v := []int{2, 3}, []float32{0, -1, 1.5, math.MaxFloat32, math.SmallestNonzeroFloat32, 1e-20}
	tensor := FromFloat32("w", shape, v)
	want := append([]float32{}, v...)
	shape[0], v[0] = 9, 9 // the tensor has copies
	got, err := tensor.Float32()
	if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(tensor.Shape, []int{2, 3}) {
		t.Errorf("shape %v, values %v (%v), expected [2 3], %v", tensor.Shape, got, err, want)
	}
}

func TestTensorsThatAreNoFloatsAreRefused(t *testing.T) {
	for _, c := range []struct {
		tensor Tensor
		reason string
	}{
		{Tensor{DType: "I32", Shape: []int{1}, Data: make([]byte, 4)}, "element type is I32, expected F32, F16, BF16 or F64"},
		{Tensor{DType: "U64", Shape: []int{1}, Data: make([]byte, 8)}, "element type is U64"},
		{Tensor{Shape: []int{1}, Data: make([]byte, 8)}, `element type is ""`},
		{Tensor{DType: F32, Shape: []int{2}, Data: make([]byte, 4)}, "needs 8 bytes, but has 4"},
		{Tensor{DType: F32, Shape: []int{-1}, Data: make([]byte, 4)}, "negative or too large"},
		{Tensor{DType: F32, Shape: []int{-1, 0}}, "negative or too large"},
	} {
		c.tensor.Name, c.tensor.file = "mask", "f"
		_, err := c.tensor.Float32()
		for _, err := range []error{err, c.tensor.CheckFinite()} {
			if e := judge(t, err, "f"); e.Tensor != "mask" || !strings.Contains(e.Reason.Error(), c.reason) {
				t.Errorf("refused with %v, expected %s", err, c.reason)
			}
		}
	}
}

func TestCheckFiniteNamesTheFirstBadValue(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, c := range []struct {
		shape  []int
		values []float32
		reason string
	}{
		{[]int{2, 3}, []float32{1, 2, 3, 4, 5, nan}, "the value at (1, 2) is NaN, expected a finite number"},
		{[]int{2, 3}, []float32{1, inf, 3, 4, 5, nan}, "the value at (0, 1) is -Inf"},
		{[]int{1, 3, 1}, []float32{1, 2, nan}, "the value at (0, 2, 0) is NaN"},
		{[]int{3}, []float32{1, 2, nan}, "the value at (2) is NaN"},
		{nil, []float32{nan}, "the value at () is NaN"},
	} {
		b, err := Encode(&File{Tensors: []Tensor{FromFloat32("w", c.shape, c.values)}})
		if err != nil {
			t.Fatal(err)
		}
		f, err := Decode("model", b)
		if err != nil {
			t.Fatal(err)
		}
		e := judge(t, f.Tensors[0].CheckFinite(), "model")
		if e.Tensor != "w" || !strings.HasPrefix(e.Reason.Error(), c.reason) {
			t.Errorf("refused with %v, expected %s", e, c.reason)
		}
	}
}

func TestCheckFiniteAgreesWithFloat32OnEverySixteenBits(t *testing.T) {
	for _, dtype := range []string{F16, BF16} {
		for bits := range 1 << 16 {
			tensor := Tensor{Name: "w", DType: dtype, Data: binary.LittleEndian.AppendUint16(nil, uint16(bits))}
			v, err := tensor.Float32()
			if err != nil {
				t.Fatal(err)
			}
			finite := !math.IsNaN(float64(v[0])) && !math.IsInf(float64(v[0]), 0)
			if (tensor.CheckFinite() == nil) != finite {
				t.Fatalf("%s 0x%04x is %v, but CheckFinite says %v", dtype, bits, v[0], tensor.CheckFinite())
			}
		}
	}
}

// doubles returns a tensor of type F64.
func doubles(v ...float64) Tensor {
	t := Tensor{Name: "w", DType: F64, Shape: []int{len(v)}}
	for _, x := range v {
		t.Data = binary.LittleEndian.AppendUint64(t.Data, math.Float64bits(x))
	}
	return t
}

func TestDoublesAreRoundedToTheNearestFloat(t *testing.T) {
	w := doubles(1, -0.1, 1e-60, 1+1e-9, math.Pi, math.MaxFloat32)
	want := []float32{1, -0.1, 0, 1, math.Pi, math.MaxFloat32}
	if got, err := w.Float32(); err != nil || !reflect.DeepEqual(got, want) || w.CheckFinite() != nil {
		t.Errorf("read as %v (%v, %v), expected %v", got, err, w.CheckFinite(), want)
	}
	for reason, v := range map[string]float64{
		"the value at (1) is 1e+300, which is too large for float32": 1e300,
		"the value at (1) is NaN, expected a finite number":          math.NaN(),
		"the value at (1) is +Inf, expected a finite number":         math.Inf(1),
	} {
		if err := doubles(0, v).CheckFinite(); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%v is refused with %v, expected %s", v, err, reason)
		}
	}
}

func TestLargestFloatIsFinite(t *testing.T) {
	v := []float32{math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32}
	if err := FromFloat32("w", []int{3}, v).CheckFinite(); err != nil {
		t.Error(err)
	}
}

// million returns a tensor of 2²⁰ floats.
func million() Tensor {
	return FromFloat32("w", []int{1 << 10, 1 << 10}, make([]float32, 1<<20))
}

func BenchmarkFloat32(b *testing.B) {
	t := million()
	b.SetBytes(int64(len(t.Data)))
	for b.Loop() {
		if _, err := t.Float32(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckFinite(b *testing.B) {
	t := million()
	b.SetBytes(int64(len(t.Data)))
	for b.Loop() {
		if err := t.CheckFinite(); err != nil {
			b.Fatal(err)
		}
	}
}
