package quant

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"testing"
)

// A sample is 4 rows of 512 values as the reference implementation writes them and reads them again.
type sample struct {
	Rows    int
	Columns int
	Type    Type   `json:"ggml_type"`
	Blocks  string `json:"blocks_base64"`
	Values  string `json:"values_base64_f32"`
}

// samples returns the samples of testdata by the name of their type.
func samples(t testing.TB) (list map[string]sample) {
	t.Helper()
	b, err := os.ReadFile("testdata/blocks.json")
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil || len(list) < 14 {
		t.Fatalf("found %d samples (%v), expected 14 or more", len(list), err)
	}
	return list
}

// read returns the blocks and the values of a sample.
func (s sample) read(t testing.TB) (blocks []byte, values []float32) {
	t.Helper()
	blocks, err := base64.StdEncoding.DecodeString(s.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	b, err := base64.StdEncoding.DecodeString(s.Values)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(b); i += 4 {
		values = append(values, math.Float32frombits(binary.LittleEndian.Uint32(b[i:])))
	}
	if len(values) != s.Rows*s.Columns {
		t.Fatalf("%d values, expected %d × %d", len(values), s.Rows, s.Columns)
	}
	return blocks, values
}

func TestValuesHaveTheBitsOfTheReference(t *testing.T) {
	seen := map[Type]bool{F32: true, F64: true} // nothing is computed of these
	for name, s := range samples(t) {
		blocks, want := s.read(t)
		if got, ok := Parse(name); !ok || got != s.Type {
			t.Errorf("%s has the number %d, expected %d", name, got, s.Type)
		}
		seen[s.Type] = true
		got := make([]float32, len(want))
		Decode(got, s.Type, blocks)
		for i := range want {
			if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
				t.Errorf("%s: value %d is %v, expected %v: %+v", name, i, got[i], want[i], Explain(s.Type, blocks, i))
				break
			}
		}
	}
	for _, typ := range Types() {
		if !seen[typ] {
			t.Errorf("there is no sample of %s", typ)
		}
	}
}

func TestNumbersThatStandAloneAreTheirValues(t *testing.T) {
	want := []float32{0, -1.5, math.MaxFloat32, float32(math.Inf(-1)), 1e-45, 5, 6, 7, 8, 9, 10} // more than are read at a time
	var single, double []byte
	for _, x := range want {
		single = binary.LittleEndian.AppendUint32(single, math.Float32bits(x))
		double = binary.LittleEndian.AppendUint64(double, math.Float64bits(float64(x)))
	}
	for typ, b := range map[Type][]byte{F32: single, F64: double} {
		got := make([]float32, len(want))
		Decode(got, typ, b)
		for i := range want {
			if got[i] != want[i] || At(typ, b, i) != want[i] {
				t.Errorf("%s: value %d is %v, expected %v", typ, i, got[i], want[i])
			}
		}
	}
	got := []float32{0}
	if Decode(got, F64, binary.LittleEndian.AppendUint64(nil, math.Float64bits(0.1))); got[0] != float32(0.1) {
		t.Errorf("0.1 is rounded to %v", got[0])
	}
}

// BenchmarkDecode reads a matrix of 1024 × 1024 values; MB/s count the float32 that come out.
func BenchmarkDecode(b *testing.B) {
	values := make([]float32, 1024*1024)
	for _, typ := range Types() {
		blocks := someBlocks(typ, len(values)/typ.BlockLen())
		b.Run(typ.String(), func(b *testing.B) {
			b.SetBytes(int64(4 * len(values)))
			for b.Loop() {
				Decode(values, typ, blocks)
			}
		})
	}
}

// BenchmarkAt reads values of a row one by one.
func BenchmarkAt(b *testing.B) {
	for _, typ := range []Type{F16, Q8_0, Q4_K, Q6_K} {
		row := someBlocks(typ, 1024/typ.BlockLen())
		b.Run(typ.String(), func(b *testing.B) {
			sum := float32(0)
			for i := 0; b.Loop(); i++ {
				sum += At(typ, row, i&1023)
			}
		})
	}
}
