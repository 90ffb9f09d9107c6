package safetensors

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// roundTrip encodes and decodes a file and fails unless the result says the same.
func roundTrip(t *testing.T, f *File) []byte {
	t.Helper()
	b, err := Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	g, err := Decode("again", b)
	if err != nil {
		t.Fatalf("Decode refuses what Encode wrote: %v", err)
	}
	if len(f.Metadata) != len(g.Metadata) || len(f.Metadata) > 0 && !reflect.DeepEqual(f.Metadata, g.Metadata) {
		t.Fatalf("metadata %q became %q", f.Metadata, g.Metadata)
	}
	if len(f.Tensors) != len(g.Tensors) {
		t.Fatalf("%d tensors became %d", len(f.Tensors), len(g.Tensors))
	}
	for i, want := range f.Tensors {
		got := g.Tensors[i]
		sameShape := len(want.Shape) == len(got.Shape) && (len(want.Shape) == 0 || reflect.DeepEqual(want.Shape, got.Shape))
		if got.Name != want.Name || got.DType != want.DType || !sameShape || !bytes.Equal(got.Data, want.Data) {
			t.Fatalf("tensor %d: %v became %v", i, want, got)
		}
	}
	return b
}

func TestFixturesSurviveTheRoundTrip(t *testing.T) {
	for name, b := range fixtures(t) {
		f, err := Decode(name, b)
		if err != nil {
			t.Fatal(err)
		}
		again := roundTrip(t, f)
		g, err := Decode(name, again)
		if err != nil {
			t.Fatal(err)
		}
		if third, err := Encode(g); err != nil || !bytes.Equal(third, again) {
			t.Errorf("%s: encoding twice gives different bytes (%v)", name, err)
		}
	}
}

func TestEncodingIsCanonical(t *testing.T) {
	f := &File{
		Metadata: map[string]string{"b": "2", "a": "\"\\\n\x01é🙂"},
		Tensors:  []Tensor{FromFloat32("w", []int{1, 2}, []float32{1, -2}), {Name: "s", DType: "U8", Data: []byte{7}}},
	}
	header := `{"__metadata__":{"a":"\"\\\u000a\u0001é🙂","b":"2"},` +
		`"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},` +
		`"s":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}`
	header += strings.Repeat(" ", (8-len(header)%8)%8)
	want := append(assemble(header, 0), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7)
	for range 20 { // maps have no order of their own
		if got := roundTrip(t, f); !bytes.Equal(got, want) {
			t.Fatalf("encoded as\n%q\nexpected\n%q", got, want)
		}
	}
}

func TestDataBeginsAtAMultipleOfEightBytes(t *testing.T) {
	for n := range 17 {
		name := strings.Repeat("x", n+1)
		b := roundTrip(t, &File{Tensors: []Tensor{FromFloat32(name, nil, []float32{1})}})
		if start := len(b) - 4; start%alignment != 0 {
			t.Errorf("data begins at byte %d", start)
		}
	}
}

func TestAnEmptyFileIsAFile(t *testing.T) {
	b := roundTrip(t, &File{})
	if want := assemble("{}      ", 0); !bytes.Equal(b, want) {
		t.Errorf("encoded as %q, expected %q", b, want)
	}
}

func TestEmptyTensorsKeepTheirOrder(t *testing.T) {
	empty := func(name string) Tensor { return FromFloat32(name, []int{3, 0}, nil) }
	one := func(name string) Tensor { return FromFloat32(name, []int{1}, []float32{1}) }
	roundTrip(t, &File{Tensors: []Tensor{empty("z"), empty("a"), one("y"), empty("m"), empty("b"), one("c"), empty("0")}})
}

// TestTheMostThatIsAllowedIsWritten: a tensor of as many dimensions as there may be comes back.
func TestTheMostThatIsAllowedIsWritten(t *testing.T) {
	shape := make([]int, maxRank)
	for i := range shape {
		shape[i] = 1
	}
	roundTrip(t, &File{Tensors: []Tensor{FromFloat32("w", shape, []float32{1})}})
}

func TestEncodeRefusesWhatDecodeWouldNotGiveBack(t *testing.T) {
	one := []float32{1}
	deep := make([]int, maxRank+1)
	for _, c := range []struct {
		file   File
		tensor string
		reason string
	}{
		{File{Tensors: []Tensor{FromFloat32("w", nil, one), FromFloat32("w", nil, one)}}, "w", "two tensors of this name"},
		{File{Tensors: []Tensor{FromFloat32("", nil, one)}}, "", "no name"},
		{File{Tensors: []Tensor{FromFloat32("__metadata__", nil, one)}}, "__metadata__", "set apart"},
		{File{Tensors: []Tensor{FromFloat32("\xff", nil, one)}}, "\xff", "name is not UTF-8"},
		{File{Tensors: []Tensor{FromFloat32("w", []int{2}, one)}}, "w", "shape [2] of F32 needs 8 bytes, but has 4"},
		{File{Tensors: []Tensor{FromFloat32("w", []int{-1}, one)}}, "w", "negative"},
		{File{Tensors: []Tensor{FromFloat32("w", deep, nil)}}, "w", "65 dimensions, expected at most 64"},
		{File{Tensors: []Tensor{{Name: "w", DType: "F31"}}}, "w", "element type F31 is unknown"},
		{File{Metadata: map[string]string{"\xff": ""}}, "", "not UTF-8"},
		{File{Metadata: map[string]string{"k": "\xff"}}, "", "metadata k: key or value is not UTF-8"},
		{File{Metadata: map[string]string{"k": strings.Repeat("x", maxHeader)}}, "", "expected at most 100000000"},
	} {
		_, err := Encode(&c.file)
		if e := judge(t, err, ""); e.Tensor != c.tensor || !strings.Contains(e.Reason.Error(), c.reason) {
			t.Errorf("refused with %v, expected %s", err, c.reason)
		}
	}
}
