package gguf

import (
	"bytes"
	"runtime"
	"testing"

	"glassbox/model/quant"
)

// FuzzDecode holds that no input makes Decode panic or spend memory out of proportion, that errors name the file, and
// that what is accepted survives the round trip, its values too. Give -fuzzminimizetime=10x with -fuzz: otherwise most
// of a short run goes into making inputs smaller.
func FuzzDecode(f *testing.F) {
	for _, c := range corrupt {
		f.Add([]byte(c.b))
	}
	f.Add([]byte(start(2, 2).text("a").u32(uint32(List), uint32(Text)).u64(2).text("x").text("").text("b").u32(uint32(Int16), 7).tensor("v", 0, 0, 3, 2).tensor("w", 8, 32, 32).data(66)))
	every, err := Encode(&File{Version: 2, Metadata: []Entry{{"a.u8", Of(uint8(1))}, {"a.i8", Of(int8(-1))}, {"a.f32", ListOf([]float32{1, 2})},
		{"a.f64", Of(0.5)}, {"a.yes", ListOf([]bool{true})}, {"a.i64", ListOf([]int64{-1})}, {"a.text", Of("é")}, {alignmentKey, Of(uint32(8))}},
		Tensors: []Tensor{{Name: "k", Type: quant.Q6_K, Shape: []int{2, 256}, Data: make([]byte, 420)}, {Name: "s", Data: make([]byte, 4)}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(every)
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		file, err := Decode("fuzz", b)
		runtime.ReadMemStats(&after)
		if spent := after.TotalAlloc - before.TotalAlloc; spent > 1<<20+100*uint64(len(b)) {
			t.Fatalf("%d bytes were allocated for an input of %d", spent, len(b))
		}
		if need := HeadBytes(b, int64(len(b))); need != int64(len(b)) {
			t.Fatalf("the head of a file of %d bytes needs %d", len(b), need)
		}
		if err != nil {
			judge(t, err, "fuzz")
			return
		}
		for _, e := range file.Metadata {
			ask(t, e.Value)
		}
		for _, tensor := range file.Tensors {
			if v, err := tensor.Float32(); err != nil || len(v) != tensor.Len() {
				t.Fatalf("%v: %d values of %d bytes (%v)", tensor.Shape, len(v), len(tensor.Data), err)
			}
			if err := tensor.CheckFinite(); err != nil {
				judge(t, err, "fuzz")
			}
		}
		again := roundTrip(t, file)
		g, err := Decode("fuzz", again)
		if err != nil {
			t.Fatal(err)
		}
		if third, err := Encode(g); err != nil || !bytes.Equal(again, third) {
			t.Fatalf("encoding twice gives different bytes (%v)", err)
		}
	})
}

// ask asks a value for everything that it could be, and fails unless a list has as many items as it says.
func ask(t *testing.T, v Value) {
	t.Helper()
	if texts, ok := v.Texts(); ok && len(texts) != v.Len() {
		t.Fatalf("%d texts of %d", len(texts), v.Len())
	}
	if ints, ok := v.Ints(); ok && len(ints) != v.Len() {
		t.Fatalf("%d whole numbers of %d", len(ints), v.Len())
	}
	if floats, ok := v.Floats(); ok && len(floats) != v.Len() {
		t.Fatalf("%d numbers of %d", len(floats), v.Len())
	}
	n := 0
	for item := range v.Items() {
		if n++; item.Kind() == List {
			ask(t, item)
		}
	}
	if n != v.Len() || v.String() == "" {
		t.Fatalf("%d items of %s", n, v)
	}
}
