package model

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

func TestAModelInGGUFGivesTheNumbersOfTheReference(t *testing.T) {
	for _, path := range []string{"gguf/llama-q8_0", "gguf/llama-q4_1", "gguf/llama-q4_k_m", "gguf/gpt2-q8_0", "stories260K/stories260K"} {
		t.Run(path, func(t *testing.T) {
			path := filepath.Join(fixtures, path)
			b, err := os.ReadFile(path + ".gguf")
			if err != nil {
				t.Skip("the shared fixtures are not here")
			}
			m, notes, err := Reading(map[string][]byte{filepath.Base(path): b})
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range notes {
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
				tr, err := m.Forward(parseIDs(t, f.Metadata["ids"]))
				if err != nil {
					t.Fatal(err)
				}
				for _, want := range f.Tensors {
					name := llamaStep(want.Name)
					if m.GPT2 != nil {
						name = want.Name // its names are ours
					}
					compareSteps(t, tr, want, name, nil)
				}
				checkCells(t, tr, 20)
				leavePacked(m)
			}
		})
	}
}

func TestBothFormatsOfOneModelGiveTheSameLogits(t *testing.T) {
	for _, c := range []struct {
		folder, file string
		within       float64
	}{
		{"testdata/tiny-qwen2", "model.gguf", 1e-5}, {"testdata/tiny-qwen3", "model.gguf", 1e-5}, {"testdata/tiny-llama3", "model.gguf", 1e-5},
		{fixtures + "/stories260K", "stories260K.gguf", 0.02}, // in F16
	} {
		t.Run(filepath.Base(c.folder), func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(c.folder, c.file))
			if os.IsNotExist(err) && strings.HasPrefix(c.folder, fixtures) {
				t.Skip("the shared fixtures are not here")
			} else if err != nil {
				t.Fatal(err)
			}
			m, _, err := Reading(map[string][]byte{c.file: b})
			if err != nil {
				t.Fatal(err)
			}
			whole := loadFolder(t, c.folder)
			ids := []int{1, 3, 27, 21, 8, 22, 8, 21, 21, 16, 30, 7, 4, 4, 19, 2, 28, 13, 5, 11, 30, 0, 9, 24}
			sameLogits(t, m, whole, ids, c.within)
		})
	}
}

// sameLogits holds the logits of two models to one another.
func sameLogits(t *testing.T, got, want *Model, ids []int, within float64) {
	t.Helper()
	x, err := got.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	y, err := want.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	for row := range ids {
		for c, v := range x.Step("logits").Row(row) {
			if w := y.Step("logits").Row(row)[c]; !(math.Abs(float64(v-w)) <= within) {
				t.Fatalf("logit %d of token %d is %v in GGUF, %v in safetensors", c, row, v, w)
			}
		}
	}
}

// The text that the trained model writes from its start token, as its author publishes it.
func TestARealModelWritesWhatItsAuthorPublishes(t *testing.T) {
	folder := filepath.Join(fixtures, "stories260K")
	b, err := os.ReadFile(folder + "/greedy.json")
	if err != nil {
		t.Skip("the shared fixtures are not here")
	}
	var want struct {
		IDs []int `json:"greedy_ids"`
	}
	if err := json.Unmarshal(b, &want); err != nil || len(want.IDs) < 200 {
		t.Fatalf("%d ids, %v", len(want.IDs), err)
	}
	tr := NewTrace(loadFolder(t, folder))
	for n := 1; n < len(want.IDs); n++ {
		if err := tr.Run(want.IDs[:n]); err != nil {
			t.Fatal(err)
		}
		if got, err := tr.Sample(Sampling{}); err != nil || got != want.IDs[n] {
			t.Fatalf("token %d is %d, %v; expected %d", n, got, err, want.IDs[n])
		}
	}
}
