package safetensors_test

import (
	"fmt"

	"glassbox/model/checkpoint/safetensors"
)

// A file is written, read again, and one of its tensors decoded.
func Example() {
	b, err := safetensors.Encode(&safetensors.File{
		Metadata: map[string]string{"task": "sort"},
		Tensors: []safetensors.Tensor{
			safetensors.FromFloat32("ln_f.weight", []int{3}, []float32{1, 1, 1}),
			safetensors.FromFloat32("wte.weight", []int{2, 3}, []float32{1, 2, 3, 4, 5, 6}),
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	file, err := safetensors.Decode("sort.safetensors", b)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range file.Tensors {
		fmt.Println(t.Name, t.DType, t.Shape)
	}
	wte, _ := file.Tensor("wte.weight")
	values, err := wte.Float32()
	fmt.Println(file.Metadata["task"], values, err)

	_, err = safetensors.Decode("cut.safetensors", b[:len(b)-1])
	fmt.Println(err)
	// Output:
	// ln_f.weight F32 [3]
	// wte.weight F32 [2 3]
	// sort [1 2 3 4 5 6] <nil>
	// cut.safetensors: the file is incomplete: of 212 B only 211 B are here (missing: 1 B); most likely the download was not finished; fetch it again
}
