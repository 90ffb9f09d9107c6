package safetensors

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestWholeNumbersComeBack(t *testing.T) {
	for dtype, v := range map[string][]int{
		U16: {0, 1, 258, 65535},
		I32: {0, -1, 65536, 1<<31 - 1, -1 << 31},
	} {
		tensor := FromInts("n", []int{len(v)}, v)
		got, err := tensor.Ints()
		if err != nil || tensor.DType != dtype || !slices.Equal(got, v) || !tensor.IsInt() {
			t.Errorf("%v comes back as %v of type %s, %v", v, got, tensor.DType, err)
		}
	}
}

func TestEveryTypeOfWholeNumbersIsRead(t *testing.T) {
	for dtype, want := range map[string]int{
		"U8": 254, "I8": -2, "U16": 65534, "I16": -2, "U32": 1<<32 - 2, "I32": -2, "I64": -2,
	} {
		data := bytes.Repeat([]byte{255}, dtypeSize(dtype))
		data[0] = 254
		got, err := Tensor{DType: dtype, Data: data}.Ints()
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s is read as %v, %v; expected %d", dtype, got, err, want)
		}
	}
}

func TestWhatIsNoWholeNumberIsRefused(t *testing.T) {
	for want, tensor := range map[string]Tensor{
		"element type is F32, expected whole numbers": {DType: F32, Data: make([]byte, 4)},
		"element type is BOOL":                        {DType: "BOOL", Data: make([]byte, 1)},
		"needs 4 bytes, but has 3":                    {DType: U16, Shape: []int{2}, Data: make([]byte, 3)},
		"the value at (1) is 9223372036854775808":     {DType: "U64", Shape: []int{2}, Data: append(make([]byte, 15), 128)},
	} {
		if v, err := tensor.Ints(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, %v; expected %q", v, err, want)
		}
	}
}
