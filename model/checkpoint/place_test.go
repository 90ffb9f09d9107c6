package checkpoint

import (
	"os"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/quant"
)

// TestEveryWeightIsWhereItIsSaidToBe: the cell that is named of the file holds the number that the model computes with.
func TestEveryWeightIsWhereItIsSaidToBe(t *testing.T) {
	for file, moved := range map[string]int{ // how many weights have their rows or columns elsewhere
		"../../static/models/language.gguf": 17, "../testdata/tiny-llama/model.safetensors": 0,
		fixtures + "stories260K/stories260K.gguf": 10, fixtures + "gguf/llama-q4_k_m.gguf": 2,
	} {
		b, err := os.ReadFile(file)
		if os.IsNotExist(err) && strings.HasPrefix(file, fixtures) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		i, err := Import(file, b, Options{})
		if err != nil {
			t.Fatal(err)
		}
		values := valuesOf(t, file, b)
		tr, err := i.Model.Forward([]int{1})
		if err != nil {
			t.Fatal(err)
		}
		elsewhere := 0
		for _, p := range i.Model.Parameters() {
			name := p.Alias
			if name == "" {
				name = p.Name
			}
			there, is := values[name], false
			for r := 0; r < p.Rows; r += 1 + p.Rows/97 {
				for c := 0; c < p.Cols; c += 1 + p.Cols/97 {
					row, col := p.InFile(r, c)
					if v, _ := p.At(r, c); there.at(row, col) != v {
						t.Fatalf("%s: %s (%d, %d) is %v, and (%d, %d) of %s in the file %v", file, p.Name, r, c, v, row, col, name, there.at(row, col))
					}
					e, err := tr.Explain(p.Name, r, c)
					if err != nil || (e.Stored != nil) != (row != r || col != c) || e.Stored != nil && (e.Stored.Tensor != name || e.Stored.Row != row || e.Stored.Col != col) {
						t.Fatalf("%s: %s (%d, %d) is explained by %+v, %v", file, p.Name, r, c, e.Stored, err)
					}
					is = is || e.Stored != nil
				}
			}
			if is {
				elsewhere++
			}
		}
		if elsewhere != moved {
			t.Errorf("%s: %d weights are elsewhere in the file; expected %d", file, elsewhere, moved)
		}
	}
}

// fixtures is the folder of the fixtures that are too large for the repository.
const fixtures = "../../../shared/fixtures/"

// A stored tensor is one as its file has it.
type stored struct {
	cols   int
	values []float32
}

func (s stored) at(row, col int) float32 { return s.values[row*s.cols+col] }

// valuesOf returns the numbers of a file by its own names.
func valuesOf(t *testing.T, file string, b []byte) map[string]stored {
	t.Helper()
	all := map[string]stored{}
	add := func(name string, shape []int, as quant.Type, data []byte) {
		n := 1
		for _, d := range shape {
			n *= d
		}
		v := make([]float32, n)
		quant.Decode(v, as, data)
		all[name] = stored{shape[len(shape)-1], v}
	}
	if strings.HasSuffix(file, ".gguf") {
		f, err := gguf.Decode(file, b)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range f.Tensors {
			add(x.Name, x.Shape, x.Type, x.Data)
		}
		return all
	}
	f, err := safetensors.Decode(file, b)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.Tensors {
		as, _ := quant.Parse(x.DType)
		add(x.Name, x.Shape, as, x.Data)
	}
	return all
}

// TestMatricesOfPyTorchAreTurned: row 2, column 5 stands in row 5, column 2 of their file.
func TestMatricesOfPyTorchAreTurned(t *testing.T) {
	m := small(t, true)
	f := file(t, m)
	for i, x := range f.Tensors {
		f.Tensors[i].Name = "transformer." + x.Name
		if published.IsLinear(x.Name) {
			v, _ := x.Float32()
			f.Tensors[i] = safetensors.FromFloat32("transformer."+x.Name, []int{x.Shape[1], x.Shape[0]}, transpose(v, x.Shape[0], x.Shape[1]))
		}
	}
	i, err := Import("pytorch", encoded(t, f), Options{Heads: 3})
	if err != nil {
		t.Fatal(err)
	}
	tr, err := i.Model.Forward([]int{1})
	if err != nil {
		t.Fatal(err)
	}
	if e, err := tr.Explain("h.0.mlp.c_fc.weight", 2, 5); err != nil || e.Stored == nil || *e.Stored != (model.Stored{Tensor: "transformer.h.0.mlp.c_fc.weight", Row: 5, Col: 2}) {
		t.Errorf("it is explained by %+v, %v", e.Stored, err)
	}
	if e, err := tr.Explain("wte.weight", 2, 5); err != nil || e.Stored != nil {
		t.Errorf("what is not turned is explained by %+v, %v", e.Stored, err)
	}
}

// TestWeightsHaveTheNamesOfTheirFile, with whatever stands before them.
func TestWeightsHaveTheNamesOfTheirFile(t *testing.T) {
	m := small(t, true)
	f := file(t, m)
	for i := range f.Tensors {
		f.Tensors[i].Name = "transformer." + f.Tensors[i].Name
	}
	i, err := Import("prefixed", encoded(t, f), Options{Heads: 3})
	if err != nil || i.Model.WTE.Alias != "transformer.wte.weight" || i.Model.WTE.Turned {
		t.Errorf("%+v, %v", i, err)
	}
	if i, err = Import("ours", encoded(t, file(t, m)), Options{}); err != nil || i.Model.WTE.Alias != "" {
		t.Errorf("a file with our names: %+v, %v", i, err)
	}
	files := changedLlama(t, `{"model_type": "llama", "num_attention_heads": 4, "num_key_value_heads": 2}`, func(f *safetensors.File) {
		for i := range f.Tensors {
			f.Tensors[i].Name = strings.TrimPrefix(f.Tensors[i].Name, "model.")
		}
	})
	if i, err = ImportFiles(files, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, p := range i.Model.Parameters() {
		if p.Alias != strings.TrimPrefix(p.Name, "model.") {
			t.Errorf("%s is called %q in the file", p.Name, p.Alias)
		}
	}
}
