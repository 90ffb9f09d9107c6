package safetensors

import (
	"bytes"
	"runtime"
	"testing"
)

// FuzzDecode holds that no input makes Decode panic or spend memory out of proportion, that errors
// name the file, and that what is accepted is what encoding/json reads and survives the round trip.
// Give -fuzzminimizetime=10x with -fuzz: otherwise most of a short run goes into making inputs smaller.
func FuzzDecode(f *testing.F) {
	for _, c := range corrupt {
		f.Add(assemble(c.header, c.data))
	}
	f.Add(assemble(`{"__metadata__":{"\ud83d\ude42\u00e9":"\"\\\/\b\f\n\r\t"},"a":{"dtype":"F16","shape":[2,1],"data_offsets":[0,4]}}  `, 4))
	f.Add(assemble(`{"a":{"dtype":"I8","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"BF16","shape":[],"data_offsets":[0,2]}}`, 2))
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		file, err := Decode("fuzz", b)
		runtime.ReadMemStats(&after)
		if spent := after.TotalAlloc - before.TotalAlloc; spent > 1<<20+100*uint64(len(b)) {
			t.Fatalf("%d bytes were allocated for an input of %d", spent, len(b))
		}
		if err != nil {
			judge(t, err, "fuzz")
			return
		}
		agree(t, file, b)
		for _, tensor := range file.Tensors {
			v, err := tensor.Float32()
			if finite := tensor.CheckFinite(); err != nil && finite == nil || err == nil && 2*len(v) > len(tensor.Data) {
				t.Fatalf("%v: %d values of %d bytes (%v, %v)", tensor.Shape, len(v), len(tensor.Data), err, finite)
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
