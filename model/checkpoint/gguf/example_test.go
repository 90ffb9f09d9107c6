package gguf_test

import (
	"fmt"

	"glassbox/model/checkpoint/gguf"
	"glassbox/model/quant"
)

// A file is written, read again, and one value of a tensor explained.
func Example() {
	values := make([]float32, 64)
	for i := range values {
		values[i] = float32(i) - 20
	}
	w, err := gguf.FromFloat32("blk.0.ffn_up.weight", []int{2, 32}, quant.Q8_0, values)
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := gguf.Encode(&gguf.File{
		Metadata: []gguf.Entry{{Key: "general.architecture", Value: gguf.Of("llama")}, {Key: "llama.block_count", Value: gguf.Of(uint32(1))}},
		Tensors:  []gguf.Tensor{w},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	file, err := gguf.Decode("small.gguf", b)
	if err != nil {
		fmt.Println(err)
		return
	}
	up, _ := file.Tensor("blk.0.ffn_up.weight")
	p := quant.Explain(up.Type, up.Data, 32+7)
	fmt.Println(up.Type, up.Shape, len(up.Data))
	fmt.Printf("%v = %v · %d\n", p.Value(), p.D, p.Level)

	_, err = file.Uint("general.architecture")
	fmt.Println(err)
	_, err = gguf.Decode("cut.gguf", b[:len(b)-30])
	fmt.Println(err)
	// Output:
	// Q8_0 [2 32] 68
	// 18.96289 = 0.33862305 · 56
	// small.gguf: metadata general.architecture: the value is "llama" (string), expected a whole number that is not negative
	// cut.gguf: the file is incomplete: of 260 B only 258 B are here (missing: 2 B); most likely the download was not finished; fetch it again
}
