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
		"expected at most":                   {len(b) - 41, len(b)},
		"(missing of it: 1 B of 144 B)":      {len(b) - 41, len(b) - 41},
		"incomplete: it ends after 3 bytes":  {3, 3},
		"only 191 B are here (missing: 1 B)": {len(b), len(b) - 1},
		"behind the last tensor":             {len(b), len(b) + 1},
		"152 B are here (missing: 40 B)":     {len(b) - 40, len(b) - 40},
	} {
		if _, err := DecodeHead("file", b[:head.n], int64(head.size)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d of %d bytes: %v; expected %q", head.n, head.size, err, want)
		}
	}
}

func TestTheFirstBytesSayHowLongTheHeadIs(t *testing.T) {
	for _, c := range []struct {
		head string
		size int64
		want int64
	}{
		{"\x90\x00\x00\x00\x00\x00\x00\x00{", 1000, 152}, {"\x90\x00\x00\x00\x00\x00\x00\x00{", 100, 100}, {"\x90\x00\x00\x00\x00\x00\x00\x00<html>", 1000, 14},
		{"\x80\x84\x1e\x00\x00\x00\x00\x00{", 3_000_000, 2_000_008}, {"\xff\xff\xff\xff\x00\x00\x00\x00{", 1 << 40, 9}, {"abc", 3, 3}, {"", 0, 0},
	} {
		if n := HeadBytes([]byte(c.head), c.size); n != c.want {
			t.Errorf("of a file of %d bytes that begins with %q, %d are needed; expected %d", c.size, c.head, n, c.want)
		}
	}
}
