package convert

import (
	"bytes"
	"math"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/quant"
)

// TestARandomModelIsReadAsTheOneThatWasAskedFor: its sizes, its types, and numbers like those before training.
func TestARandomModelIsReadAsTheOneThatWasAskedFor(t *testing.T) {
	llama3 := model.Rotary{Theta: 500000, Slow: model.SlowLlama3, Factor: 32, Low: 1, High: 4, Original: 64}
	for name, c := range map[string]model.Config{
		"llama": {Family: model.FamilyLlama, Vocab: 96, Context: 512, Width: 64, Heads: 4, KeyValues: 2, HeadWidth: 16, Blocks: 2, Inner: 160, Tied: true, Activation: model.SiLU, Epsilon: 1e-5, Rotary: llama3},
		"qwen3": {Family: model.FamilyLlama, Vocab: 96, Context: 64, Width: 64, Heads: 4, KeyValues: 2, HeadWidth: 32, Blocks: 1, Inner: 96, HeadNorms: true, Activation: model.SiLU, Epsilon: 1e-6, Rotary: model.Rotary{Theta: 1e6}},
		"gpt2":  {Vocab: 96, Context: 32, Width: 64, Heads: 4, Blocks: 2, Tied: true},
	} {
		var out, again bytes.Buffer
		w, err := Random(&out, c, quant.Q8_0, name, 3)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := Random(&again, c, quant.Q8_0, name, 3); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("%s: the same seed gives another file, %v", name, err)
		}
		i, err := checkpoint.Import(name+".gguf", out.Bytes(), checkpoint.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := i.Model.Config
		if got.Rotary.Listed { // by a list, in the file, in the stead of the rule
			got.Rotary = c.Rotary
		}
		if got.Parameters() != c.Parameters() || got.Heads != c.Heads || got.Groups() != c.Groups() || got.HeadSize() != c.HeadSize() || got.Context != c.Context || got.HeadNorms != c.HeadNorms || got.Wide() != c.Wide() {
			t.Errorf("%s: it is read as %+v; asked for was %+v", name, got, c)
		}
		f, err := gguf.Decode(name, out.Bytes())
		if err != nil || len(f.Tensors) != w.Tensors {
			t.Fatalf("%s: %d tensors, %v; said were %d", name, len(f.Tensors), err, w.Tensors)
		}
		tr, err := i.Model.Forward([]int{1, 2, 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range tr.Steps {
			for row := range s.Rows {
				for col := range s.Cols {
					if v, ok := s.At(row, col); ok && v-v != 0 {
						t.Fatalf("%s: %s (%d, %d) is %v", name, s.Name, row, col, v)
					}
				}
			}
		}
		for _, tensor := range f.Tensors {
			values, err := tensor.Float32()
			if err != nil {
				t.Fatal(err)
			}
			sum, squares := 0.0, 0.0
			for _, v := range values {
				sum += float64(v)
				squares += float64(v) * float64(v)
			}
			mean, deviation := sum/float64(len(values)), math.Sqrt(squares/float64(len(values)))
			if len(tensor.Shape) == 2 && (math.Abs(mean) > 0.003 || math.Abs(deviation-0.02) > 0.002) {
				t.Errorf("%s: %s has the mean %v and the deviation %v", name, tensor.Name, mean, deviation)
			}
		}
	}
}
