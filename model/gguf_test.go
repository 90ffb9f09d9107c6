package model

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"glassbox/model/safetensors"
)

// ggufSteps maps the names of the reference's activations of a GPT-2.
func TestAModelInGGUFGivesTheNumbersOfTheReference(t *testing.T) {
	for _, path := range []string{"gguf/llama-q8_0", "gguf/llama-q4_1", "gguf/llama-q4_k_m", "gguf/gpt2-q8_0", "stories260K/stories260K"} {
		t.Run(path, func(t *testing.T) {
			path := filepath.Join(fixtures, path)
			b, err := os.ReadFile(path + ".gguf")
			if err != nil {
				t.Skip("the shared fixtures are not here")
			}
			i, err := Import(filepath.Base(path), b, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range i.Notes {
				t.Errorf("nothing is left open, but a note says: %s", n)
			}
			want, err := os.ReadFile(path + ".expected.safetensors")
			if err != nil {
				t.Fatal(err)
			}
			f, err := safetensors.Decode(path, want)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // as a small model is computed, and as a large one is
				tr, err := i.Model.Forward(parseIDs(t, f.Metadata["ids"]))
				if err != nil {
					t.Fatal(err)
				}
				for _, want := range f.Tensors {
					name := llamaStep(want.Name)
					if i.Model.GPT2 != nil {
						name = want.Name // its names are ours
					}
					compareSteps(t, tr, want, name, nil)
				}
				checkCells(t, tr, 20)
				leavePacked(i.Model)
			}
		})
	}
}

func TestBothFormatsOfOneModelGiveTheSameLogits(t *testing.T) {
	folder := filepath.Join(fixtures, "stories260K")
	b, err := os.ReadFile(folder + "/stories260K.gguf")
	if err != nil {
		t.Skip("the shared fixtures are not here")
	}
	i, err := Import("stories260K.gguf", b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := loadFolder(t, folder)
	ids := []int{1, 403, 407, 261, 378, 432, 383, 286, 261, 376}
	x, err := i.Model.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	y, err := whole.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	for t1 := range ids {
		for c, v := range x.Step("logits").Row(t1) {
			if w := y.Step("logits").Row(t1)[c]; math.Abs(float64(v-w)) > 0.02 {
				t.Fatalf("logit %d of token %d is %v in GGUF, %v in safetensors", c, t1, v, w)
			}
		}
	}
}
