package gguf

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"glassbox/model/quant"
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
	if g.Version != f.Version && f.Version != 0 || len(f.Metadata) != len(g.Metadata) || len(f.Tensors) != len(g.Tensors) {
		t.Fatalf("version %d, %d keys, %d tensors became %d, %d, %d", f.Version, len(f.Metadata), len(f.Tensors), g.Version, len(g.Metadata), len(g.Tensors))
	}
	for i, want := range f.Metadata {
		got := g.Metadata[i]
		v, w := got.Value, want.Value
		if got.Key != want.Key || v.kind != w.kind || v.items != w.items || v.n != w.n || !bytes.Equal(v.data, w.data) {
			t.Fatalf("key %d: %v became %v", i, want, got)
		}
	}
	for i, want := range f.Tensors {
		got := g.Tensors[i]
		if got.Name != want.Name || got.Type != want.Type || !slices.Equal(got.Shape, want.Shape) || !bytes.Equal(got.Data, want.Data) {
			t.Fatalf("tensor %d: %v became %v", i, want, got)
		}
	}
	return b
}

func TestFilesOfTheReferenceAreWrittenAsTheyWere(t *testing.T) {
	for name, b := range fixtures(t) {
		f, err := Decode(name, b)
		if err != nil {
			t.Fatal(err)
		}
		if again := roundTrip(t, f); !bytes.Equal(again, b) {
			t.Errorf("%s: %d bytes became %d others", name, len(b), len(again))
		}
	}
}

func TestEncodingIsWhatTheSpecificationSays(t *testing.T) {
	w, err := FromFloat32("w", []int{2, 1}, quant.F32, []float32{1, -2})
	if err != nil {
		t.Fatal(err)
	}
	got := roundTrip(t, &File{
		Metadata: []Entry{{"b", Of(true)}, {"a", Of("é")}, {"l", ListOf([]string{"x", ""})}, {alignmentKey, Of(uint32(8))}},
		Tensors:  []Tensor{w, {Name: "s", Type: quant.F16, Data: []byte{1, 2}}},
	})
	want := append(start(2, 4).text("b").u32(uint32(Bool)), 1)
	want = want.text("a").u32(uint32(Text)).text("é").text("l").u32(uint32(List), uint32(Text)).u64(2).text("x").text("")
	want = want.text(alignmentKey).u32(uint32(Uint32), 8)
	want = raw(pad(want.tensor("w", quant.F32, 0, 1, 2).tensor("s", quant.F16, 8), 8)).u32(math.Float32bits(1), math.Float32bits(-2))
	want = append(want, 1, 2, 0, 0, 0, 0, 0, 0)
	if !bytes.Equal(got, want) {
		t.Errorf("the file is\n%q, expected\n%q", got, want)
	}
	if !reflect.DeepEqual(roundTrip(t, &File{}), []byte(pad(start(0, 0), 32))) {
		t.Error("an empty file has something in it")
	}
}

func TestWhatCantBeReadAgainIsNotWritten(t *testing.T) {
	good := Tensor{Name: "w", Shape: []int{1}, Data: make([]byte, 4)}
	with := func(change func(*Tensor)) []Tensor {
		bad := good
		change(&bad)
		return []Tensor{bad}
	}
	for want, f := range map[string]*File{
		"of version 1 of GGUF":                         {Version: 1},
		"two tensors of this name":                     {Tensors: []Tensor{good, good}},
		"a name is empty":                              {Tensors: with(func(t *Tensor) { t.Name = "" })},
		"w: shape [2] of F32 needs 8 bytes, but has 4": {Tensors: with(func(t *Tensor) { t.Shape = []int{2} })},
		"shape has 5 dimensions":                       {Tensors: with(func(t *Tensor) { t.Shape = []int{1, 1, 1, 1, 1} })},
		"a row has -1 values":                          {Tensors: with(func(t *Tensor) { t.Shape = []int{-1} })},
		"shape [-1, 1] of F32 is too large":            {Tensors: with(func(t *Tensor) { t.Shape = []int{-1, 1} })},
		"the element type Q8_1 is not computed here":   {Tensors: with(func(t *Tensor) { t.Type = 9 })},
		"metadata a: the file has this key twice":      {Metadata: []Entry{{"a", Of("")}, {"a", Of("")}}},
		"GGUF: a name is empty":                        {Metadata: []Entry{{"", Of("")}}},
		"the name is not UTF-8":                        {Metadata: []Entry{{"\xff", Of("")}}},
		"is said to have 65536 bytes":                  {Metadata: []Entry{{strings.Repeat("a", 65536), Of("")}}},
		"metadata a: there is no value":                {Metadata: []Entry{{Key: "a"}}},
		"expected a power of two":                      {Metadata: []Entry{{alignmentKey, Of(uint32(3))}}},
	} {
		if _, err := Encode(f); err == nil || judge(t, err, "") == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, expected %s", err, want)
		}
	}
}
