package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

// reference writes the logits that float64 gives of a model of the tests, as reference.py does, and returns the file.
func reference(t *testing.T, change func(logits []float32)) string {
	t.Helper()
	b, err := os.ReadFile("../../model/testdata/tiny-llama3/activations.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("activations", b)
	if err != nil {
		t.Fatal(err)
	}
	tensor, _ := f.Tensor("logits")
	logits, err := tensor.Float32()
	if err != nil {
		t.Fatal(err)
	}
	change(logits)
	var ids []int
	if err := json.Unmarshal([]byte(f.Metadata["ids"]), &ids); err != nil {
		t.Fatal(err)
	}
	prompts, err := json.Marshal([]prompt{{"a text", ids}})
	if err != nil {
		t.Fatal(err)
	}
	b, err = safetensors.Encode(&safetensors.File{Metadata: map[string]string{"prompts": string(prompts)},
		Tensors: []safetensors.Tensor{safetensors.FromFloat32("0", tensor.Shape, logits)}})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "reference.safetensors")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestWhatIsNeededIsSaidWhereNothingIsGiven(t *testing.T) {
	for _, files := range [][2]string{{"", ""}, {"model.gguf", ""}, {"", "reference.safetensors"}} {
		if err := compare(files[0], files[1], 1e-3, io.Discard); err == nil || !strings.Contains(err.Error(), "-model MODEL -reference REFERENCE") {
			t.Errorf("%q: %v", files, err)
		}
	}
}

func TestAModelIsHeldToItsReference(t *testing.T) {
	const file = "../../model/testdata/tiny-llama3/model.gguf"
	var out strings.Builder
	if err := compare(file, reference(t, func([]float32) {}), 1e-4, &out); err != nil || !strings.Contains(out.String(), "in 0 rows") {
		t.Errorf("%v: %s", err, out.String())
	}
	for name, change := range map[string]func([]float32){
		"one that is away":         func(logits []float32) { logits[5] += 1e-3 },
		"another that comes first": func(logits []float32) { logits[7] = 100 },
	} {
		if err := compare(file, reference(t, change), 1e-4, &out); err == nil || !strings.Contains(err.Error(), "1 of 1 prompts differ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
