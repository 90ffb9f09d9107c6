package checkpoint

import (
	"math"
	"slices"
	"testing"
	"unsafe"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/quant"
)

// large returns the bytes of a GPT-2 of more than fewWeights, its matrices in a type, after a change of its file.
func large(t testing.TB, typ string, change func(f *safetensors.File)) []byte {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 7, Context: 5, Width: 256, Heads: 4, Blocks: 6, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(5)
	if m.Config.Parameters() <= fewWeights {
		t.Fatalf("a model of %d parameters is not large", m.Config.Parameters())
	}
	b, err := SaveAs(m, typ, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change == nil {
		return b
	}
	f, err := safetensors.Decode("file", b)
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	return encoded(t, f)
}

// otherWay stores the layers (out, in), in the type that they have.
func otherWay(f *safetensors.File) {
	for i := range f.Tensors {
		t := &f.Tensors[i]
		if !published.IsLinear(t.Name) {
			continue
		}
		rows, cols, data := t.Shape[0], t.Shape[1], slices.Clone(t.Data)
		size := len(data) / (rows * cols)
		for n := range rows * cols {
			copy(t.Data[(n%cols*rows+n/cols)*size:][:size], data[n*size:])
		}
		t.Shape = []int{cols, rows}
	}
}

// within reports whether a slice lies in some bytes.
func within[N byte | float32](s []N, b []byte) bool {
	at, from := uintptr(unsafe.Pointer(unsafe.SliceData(s))), uintptr(unsafe.Pointer(unsafe.SliceData(b)))
	return at >= from && at < from+uintptr(len(b))
}

// A large model in few bits would take twice the memory as float32, and one that is read beside its file as much again.
func TestALargeModelTakesNoMoreMemoryThanItsFile(t *testing.T) {
	type form struct {
		typ    string
		change func(f *safetensors.File)
	}
	results := map[string][]float32{}
	for name, form := range map[string]form{"F32": {"F32", nil}, "F32 (out, in)": {"F32", otherWay}, "F16": {"F16", nil}, "F16 (out, in)": {"F16", otherWay}, "BF16": {"BF16", nil}} {
		for _, owned := range []bool{false, true} {
			b := large(t, form.typ, form.change)
			before := slices.Clone(b)
			i, err := Import("file", b, Options{Owned: owned, Heads: 4})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !owned && !slices.Equal(b, before) {
				t.Errorf("%s: a file that is not the model's was changed", name)
			}
			for _, p := range i.Model.Parameters() {
				as, held, _ := p.Held()
				switch {
				case i.Model.Vector(p):
				case form.typ == "F32" && owned && !within(p.Data(), b):
					t.Errorf("%s: %s does not lie in the file", name, p.Name)
				case form.typ != "F32" && (as.String() != form.typ || p.Data() != nil || owned && !within(held, b)):
					t.Errorf("%s: %s is held as %s and %d float32, in the file: %t", name, p.Name, as, len(p.Data()), within(held, b))
				}
			}
			tr, err := i.Model.Forward([]int{1, 6, 0, 3, 3})
			if err != nil {
				t.Fatal(err)
			}
			got := slices.Clone(tr.Step("logits").Row(4))
			if want := results[name]; want != nil && !slices.Equal(got, want) {
				t.Errorf("%s: in the file's bytes it computes %v, in its own %v", name, got, want)
			}
			results[name] = got
		}
	}
	for name, within := range map[string]float64{"F32 (out, in)": 0, "F16": 2e-3, "F16 (out, in)": 2e-3, "BF16": 2e-2} {
		for id, want := range results["F32"] {
			if got := results[name][id]; !(math.Abs(float64(got-want)) <= within) {
				t.Errorf("%s: the logit of token %d is %v; as float32 %v", name, id, got, want)
			}
		}
	}
	if !slices.Equal(results["F16"], results["F16 (out, in)"]) {
		t.Errorf("a layer that is stored the other way round makes %v of %v", results["F16 (out, in)"], results["F16"])
	}
}

// Each number of a weight is that of the file, wherever it lies.
func TestAWeightThatIsTurnedHasItsNumbers(t *testing.T) {
	b := large(t, "F16", nil)
	f, err := safetensors.Decode("file", slices.Clone(b))
	if err != nil {
		t.Fatal(err)
	}
	i, err := Import("file", b, Options{Owned: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range i.Model.Parameters() {
		stored, ok := f.Tensor(p.Name)
		if !ok {
			t.Fatalf("the file has no %s", p.Name)
		}
		as, _ := quant.Parse(stored.DType)
		want := make([]float32, p.Rows*p.Cols)
		quant.Decode(want, as, stored.Data)
		for _, r := range []int{0, p.Rows / 2, p.Rows - 1} {
			if row := p.Row(r); !slices.Equal(row, want[r*p.Cols:][:p.Cols]) {
				t.Fatalf("row %d of %s begins with %v; in the file with %v", r, p.Name, row[:3], want[r*p.Cols:][:3])
			}
		}
	}
}
