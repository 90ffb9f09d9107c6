package checkpoint

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
)

// sharedWide returns a shared model with C = 64, whose heads C/64 tells.
func sharedWide(t testing.TB) *model.Model {
	t.Helper()
	m, err := model.Share(wide(t, true), []int{6, 0, 6, 1, 2, 6, 5, 3, 4, 6, 6})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestASharedModelLoadsTheSame(t *testing.T) {
	m := sharedWide(t)
	for name, edits := range map[string][]func(*safetensors.File){
		"ours":                   nil,
		"without configuration":  {withoutConfig},
		"head, no configuration": {withoutConfig, headTwice, named("transformer.")},
		"whole numbers of eight bytes": {func(f *safetensors.File) {
			for i := range f.Tensors {
				if t := &f.Tensors[i]; t.Name == published.IndexName {
					rows, _ := t.Ints()
					*t = int64s(t.Name, rows)
				}
			}
		}},
	} {
		f := file(t, m)
		for _, edit := range edits {
			edit(f)
		}
		b := encoded(t, f)
		i, err := Import(name, b, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if i.Model.Config != m.Config || !slices.Equal(rowsOf(i.Model), rowsOf(m)) {
			t.Errorf("%s: %+v, rows %v", name, i.Model.Config, rowsOf(i.Model))
		}
		sameWeights(t, name, i.Model, m)
		if seen, err := Inspect(name, b[:len(b)-2000], int64(len(b))); err != nil || seen.Config != m.Config {
			t.Errorf("%s: its header says %+v, %v", name, seen, err)
		}
		again, err := Save(i.Model, nil)
		if want := encoded(t, file(t, m)); err != nil || !bytes.Equal(again, want) {
			t.Errorf("%s: saving again gives other bytes, %v", name, err)
		}
	}
}

// int64s returns a vector of type I64, as PyTorch has indices.
func int64s(name string, v []int) safetensors.Tensor {
	t := safetensors.Tensor{Name: name, DType: "I64", Shape: []int{len(v)}}
	for _, n := range v {
		t.Data = append(t.Data, byte(n), 0, 0, 0, 0, 0, 0, 0)
	}
	return t
}

func TestWhatIsWrongWithAnIndexIsNamed(t *testing.T) {
	index := func(shape []int, rows ...int) func(*safetensors.File) {
		return func(f *safetensors.File) {
			for i := range f.Tensors {
				if f.Tensors[i].Name == published.IndexName {
					f.Tensors[i] = safetensors.FromInts(published.IndexName, shape, rows)
				}
			}
		}
	}
	edited := func(name string, edit func(*safetensors.Tensor)) func(*safetensors.File) {
		return func(f *safetensors.File) {
			for i := range f.Tensors {
				if f.Tensors[i].Name == name {
					edit(&f.Tensors[i])
				}
			}
		}
	}
	for want, edit := range map[string]func(*safetensors.File){
		"wte.index: token 3 has row 7; expected 0 to 6":            index([]int{11}, 6, 0, 6, 7, 2, 6, 5, 3, 4, 6, 6),
		"wte.index: token 0 has row -1; expected 0 to 6":           index([]int{11}, -1, 0, 6, 1, 2, 6, 5, 3, 4, 6, 6),
		"wte.index: row 1 belongs to no token":                     index([]int{11}, 6, 0, 6, 6, 2, 6, 5, 3, 4, 6, 6),
		"wte.index: is (11, 1); expected one size":                 index([]int{11, 1}, 6, 0, 6, 1, 2, 6, 5, 3, 4, 6, 6),
		"wte.index: is (); expected one size":                      index(nil, 6),
		"vocab_size is 0":                                          index([]int{0}),
		"wte.index: holds numbers of the type F16; expected whole": edited(published.IndexName, func(t *safetensors.Tensor) { t.DType = "F16" }),
		"there is no wte.weight":                                   func(f *safetensors.File) { f.Tensors = slices.Delete(f.Tensors, 0, 1) },
		"wte.weight has 12 rows; expected 1 to 11, vocab_size":     edited("wte.weight", func(t *safetensors.Tensor) { t.Shape, t.Data = []int{12, 64}, make([]byte, 4*12*64) }),
		"lm_head.weight differs from wte.weight": func(f *safetensors.File) {
			f.Tensors = append(f.Tensors, safetensors.FromFloat32("lm_head.weight", []int{7, 64}, make([]float32, 7*64)))
		},
		"wte.weight is (0, 64); expected (11, 64)": func(f *safetensors.File) {
			edited("wte.weight", func(t *safetensors.Tensor) { t.Shape, t.Data = []int{0, 64}, nil })(f)
		},
		"wte.index: the value at (10) is 18446744073709551615, exp": edited(published.IndexName, func(t *safetensors.Tensor) {
			t.DType, t.Data = "U64", slices.Concat(make([]byte, 80), bytes.Repeat([]byte{255}, 8))
		}),
	} {
		f := file(t, sharedWide(t))
		edit(f)
		_, err := Import("damaged.safetensors", encoded(t, f), Options{})
		var format *safetensors.FormatError
		if err == nil || !strings.Contains(err.Error(), want) || !errors.As(err, &format) || format.File != "damaged.safetensors" {
			t.Errorf("expected %q, got %v", want, err)
		}
	}
}

func TestHalfPrecisionIsSavedAndReadBack(t *testing.T) {
	for name, m := range map[string]*model.Model{"shared": shared(t), "untied": small(t, false)} {
		b, err := SaveAs(m, safetensors.F16, map[string]string{"task": "none"})
		if err != nil {
			t.Fatal(err)
		}
		full, err := Save(m, nil)
		if err != nil || len(b) > len(full)*3/4 {
			t.Errorf("%s: %d bytes in half precision, %d in full, %v", name, len(b), len(full), err)
		}
		again, _, err := Load(name, b)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range m.Parameters() {
			for j, v := range again.Parameters()[i].Data() {
				w := p.Data()[j]
				if d := max(v-w, w-v); m.Vector(p) && d != 0 || d > max(w, -w)/2048+1.0/(1<<25) { // the latter of numbers below 2⁻¹⁴
					t.Fatalf("%s: %s holds %v instead of %v", name, p.Name, v, w)
				}
			}
		}
		twice, err := SaveAs(again, safetensors.F16, map[string]string{"task": "none"})
		if err != nil || !bytes.Equal(b, twice) {
			t.Errorf("%s: saving again gives other bytes, %v", name, err)
		}
	}
}

func TestWeightsThatDoNotFitTheTypeAreNamed(t *testing.T) {
	m := small(t, true)
	m.WPE.Data()[12], m.WPE.Data()[13] = 65519, 65520
	if _, err := Save(m, nil); err != nil {
		t.Error(err)
	}
	for dtype, want := range map[string]string{
		safetensors.F16: "wpe.weight has 65520 at (1, 1), which F16 can't hold; expected a type with room for it, BF16 or F32",
		safetensors.F64: `can't be saved as "F64"; expected F32, F16 or BF16`,
	} {
		if _, err := SaveAs(m, dtype, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v; expected %q", err, want)
		}
	}
}
