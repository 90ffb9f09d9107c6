package safetensors

import (
	"reflect"
	"strings"
	"testing"
)

func TestTheHeadSaysWhatTheFileSays(t *testing.T) {
	b, err := Encode(&File{Metadata: map[string]string{"a": "b"}, Tensors: []Tensor{
		FromFloat32("x", []int{2, 3}, make([]float32, 6)), FromFloat32("y", []int{4}, make([]float32, 4)),
	}})
	if err != nil {
		t.Fatal(err)
	}
	want, err := Decode("file", b)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Tensors {
		want.Tensors[i].Data = nil
	}
	for _, n := range []int{len(b), len(b) - 1, len(b) - 40} {
		if got, err := DecodeHead("file", b[:n], int64(len(b))); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%d of %d bytes give %v, %v", n, len(b), got, err)
		}
	}
	for want, head := range map[string]struct{ n, size int }{
		"expected at most":         {len(b) - 41, len(b)},
		"but only":                 {len(b) - 41, len(b) - 41},
		"the file has 3 bytes":     {3, len(b)},
		"reach beyond":             {len(b), len(b) - 1},
		"follow the last tensor":   {len(b), len(b) + 1},
		"beyond the 0 bytes of da": {len(b) - 40, len(b) - 40},
	} {
		if _, err := DecodeHead("file", b[:head.n], int64(head.size)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d of %d bytes: %v; expected %q", head.n, head.size, err, want)
		}
	}
}
