package checkpoint

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// wide returns a random model with C = 64, whose heads C/64 tells.
func wide(t testing.TB, tied bool) *model.Model {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 7, Context: 5, Width: 64, Heads: 1, Blocks: 2, Tied: tied})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(3)
	for i, p := range m.Parameters() {
		if model.IsBias(p.Name) {
			p.Data()[i%len(p.Data())] = 0.5
		}
	}
	return m
}

// file returns a model's file, to be changed.
func file(t testing.TB, m *model.Model) *safetensors.File {
	t.Helper()
	b, err := Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("file", b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func encoded(t testing.TB, f *safetensors.File) []byte {
	t.Helper()
	b, err := safetensors.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The ways in which others write the same model.

func withoutConfig(f *safetensors.File) { delete(f.Metadata, "config") }

func named(before string) func(*safetensors.File) {
	return func(f *safetensors.File) {
		for i := range f.Tensors {
			if f.Tensors[i].Name != "lm_head.weight" {
				f.Tensors[i].Name = before + f.Tensors[i].Name
			}
		}
	}
}

func withBuffers(f *safetensors.File) {
	for l := range 2 {
		f.Tensors = append(f.Tensors,
			safetensors.Tensor{Name: fmt.Sprintf("h.%d.attn.bias", l), DType: "BOOL", Shape: []int{1, 1, 5, 5}, Data: make([]byte, 25)},
			safetensors.Tensor{Name: fmt.Sprintf("h.%d.attn.masked_bias", l), DType: "F32", Shape: []int{}, Data: []byte{0, 0, 0x80, 0xff}})
	}
}

func outIn(f *safetensors.File) {
	for i := range f.Tensors {
		t := &f.Tensors[i]
		if _, ours, _ := published.GPT2Name(t.Name); published.IsLinear(ours) {
			v, _ := t.Float32()
			rows, cols := t.Shape[0], t.Shape[1]
			*t = safetensors.FromFloat32(t.Name, []int{cols, rows}, transpose(v, rows, cols))
		}
	}
}

func headTwice(f *safetensors.File) {
	head, _ := f.Tensor("wte.weight")
	head.Name = "lm_head.weight"
	f.Tensors = append(f.Tensors, head)
}

func headOnly(f *safetensors.File) {
	for i := range f.Tensors {
		if f.Tensors[i].Name == "wte.weight" {
			f.Tensors[i].Name = "lm_head.weight"
		}
	}
}

func withoutBiases(f *safetensors.File) {
	f.Tensors = slices.DeleteFunc(f.Tensors, func(t safetensors.Tensor) bool { return model.IsBias(t.Name) })
}

func TestTheSameModelUnderOtherNamesAndLayouts(t *testing.T) {
	type edits = []func(*safetensors.File)
	for name, c := range map[string]struct {
		tied  bool
		edits edits
		notes int
	}{
		"ours":                   {true, nil, 0},
		"published":              {true, edits{withoutConfig, withBuffers}, 3},
		"published, whole model": {true, edits{withoutConfig, withBuffers, headTwice, named("transformer.")}, 3},
		"untied":                 {false, edits{withoutConfig}, 2},
		"nanoGPT":                {true, edits{withoutConfig, withBuffers, outIn, headTwice, named("transformer.")}, 4},
		"nanoGPT, head kept":     {true, edits{withoutConfig, headOnly, outIn, named("transformer.")}, 3},
		"nanoGPT, compiled":      {true, edits{withoutConfig, outIn, named("_orig_mod.transformer.")}, 3},
		"minGPT":                 {false, edits{withoutConfig, withBuffers, outIn, named("transformer.")}, 4},
		"configured, (out, in)":  {true, edits{outIn, headTwice}, 1},
	} {
		m := wide(t, c.tied)
		f := file(t, m)
		for _, edit := range c.edits {
			edit(f)
		}
		b := encoded(t, f)
		i, err := Import(name, b, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if i.Model.Config != m.Config || len(i.Notes) != c.notes {
			t.Errorf("%s: %+v with the notes %q", name, i.Model.Config, i.Notes)
		}
		sameWeights(t, name, i.Model, m)
		seen, err := Inspect(name, b, int64(len(b)))
		if err != nil {
			t.Errorf("%s, its header: %v", name, err)
			continue
		}
		if seen.Config.Tied = m.Config.Tied; seen.Config != m.Config || seen.Asserted != (f.Metadata["config"] != "") {
			t.Errorf("%s: its header says %+v", name, seen)
		}
	}
}

func sameWeights(t *testing.T, name string, got, want *model.Model) {
	t.Helper()
	for i, p := range want.Parameters() {
		if q := got.Parameters()[i]; q.Name != p.Name || !slices.Equal(q.Data(), p.Data()) {
			t.Errorf("%s: %s has other values", name, p.Name)
		}
	}
}

func TestMissingBiasesAreZero(t *testing.T) {
	m := wide(t, true)
	f := file(t, m)
	withoutBiases(f)
	outIn(f)
	i, err := Import("nanoGPT", encoded(t, f), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Parameters() {
		if model.IsBias(p.Name) {
			clear(p.Data())
		}
	}
	sameWeights(t, "without biases", i.Model, m)
	if !remarks(i, "no biases") {
		t.Errorf("the notes are %q", i.Notes)
	}
}

// remarks reports whether a note has these words.
func remarks(i *Imported, words string) bool {
	return slices.ContainsFunc(i.Notes, func(n *fault.Fault) bool { return strings.Contains(n.Error(), words) })
}

func TestHalfPrecisionIsWidened(t *testing.T) {
	f := file(t, wide(t, true))
	for i := range f.Tensors {
		v, _ := f.Tensors[i].Float32()
		half := make([]byte, 2*len(v))
		for j, x := range v {
			binary.LittleEndian.PutUint16(half[2*j:], uint16(math.Float32bits(x)>>16))
		}
		f.Tensors[i].DType, f.Tensors[i].Data = safetensors.BF16, half
	}
	i, err := Import("bf16", encoded(t, f), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := wide(t, true)
	for k, p := range i.Model.Parameters() {
		for j, x := range p.Data() {
			if y := want.Parameters()[k].Data()[j]; x != math.Float32frombits(math.Float32bits(y)&^0xffff) {
				t.Fatalf("%s: %v became %v", p.Name, y, x)
			}
		}
	}
}

func TestHeadsAreAskedForWhereNothingTellsThem(t *testing.T) {
	m := small(t, true) // C = 12, H = 3
	f := file(t, m)
	withoutConfig(f)
	b := encoded(t, f)
	if _, err := Import("small", b, Options{}); err == nil || !strings.Contains(err.Error(), "C = 12 is no multiple of 64") {
		t.Errorf("without heads: %v", err)
	}
	if _, err := Import("small", b, Options{Heads: 5}); err == nil || !strings.Contains(err.Error(), "n_embd 12 is not divisible by n_head 5") {
		t.Errorf("with 5 heads: %v", err)
	}
	i, err := Import("small", b, Options{Heads: 3})
	if err != nil || i.Model.Config != m.Config {
		t.Fatalf("with 3 heads: %+v, %v", i, err)
	}
	seen, err := Inspect("small", b[:len(b)/2], int64(len(b)))
	if want := (model.Config{Vocab: m.Config.Vocab, Context: m.Config.Context, Width: 12, Blocks: 2, Tied: true}); err != nil || seen.Config != want {
		t.Errorf("the header says %+v, %v", seen, err)
	}
}

func TestWhatIsWrongWithAFileIsNamed(t *testing.T) {
	drop := func(name string) func(*safetensors.File) {
		return func(f *safetensors.File) {
			f.Tensors = slices.DeleteFunc(f.Tensors, func(t safetensors.Tensor) bool { return t.Name == name })
		}
	}
	resize := func(name string, shape ...int) func(*safetensors.File) {
		return func(f *safetensors.File) {
			n := 4
			for _, d := range shape {
				n *= d
			}
			for i := range f.Tensors {
				if t := &f.Tensors[i]; t.Name == name {
					t.Shape, t.Data = shape, make([]byte, n)
				}
			}
		}
	}
	for want, edits := range map[string][]func(*safetensors.File){
		"h.0.attn.c_attn.weight is (64, 128); expected (64, 192)":             {resize("h.0.attn.c_attn.weight", 64, 128)},
		"transformer.h.0.attn.c_attn.weight is (128, 64); expected (192, 64)": {outIn, resize("h.0.attn.c_attn.weight", 128, 64), named("transformer.")},
		"h.1.mlp.c_fc.weight is (256, 64); expected (64, 256)":                {resize("h.1.mlp.c_fc.weight", 256, 64)},
		"h.1.ln_2.weight is missing; expected (64)":                           {drop("h.1.ln_2.weight")},
		"wpe.weight is missing; expected (context, 64)":                       {drop("wpe.weight")},
		"wpe.weight is (5, 63); expected (context, 64)":                       {resize("wpe.weight", 5, 63)},
		"wte.weight is (64); expected two sizes":                              {resize("wte.weight", 64)},
		"vocab_size is 0":                                                     {resize("wte.weight", 0, 64)},
		"is not the name of a GPT-2's tensor, and there is no wte": {func(f *safetensors.File) {
			for i := range f.Tensors {
				f.Tensors[i].Name = fmt.Sprintf("layers.%d", i)
			}
		}},
		"both stand for h.0.ln_1.weight": {func(f *safetensors.File) { f.Tensors[3].Name = "h.0.ln_1.g" }},
		"h.0.attn.cross: is no tensor of a GPT-2 with L = 2": {func(f *safetensors.File) {
			f.Tensors = append(f.Tensors, safetensors.FromFloat32("h.0.attn.cross", nil, []float32{1}))
		}},
		"wte.weight holds numbers of the type I8; expected F32, F16, BF16 or F64: load the model in Python": {func(f *safetensors.File) {
			f.Tensors[0].DType, f.Tensors[0].Data = "I8", make([]byte, 7*64)
		}},
		"the file has no weights": {func(f *safetensors.File) { f.Tensors = nil }},
		"at least one block":      {func(f *safetensors.File) { f.Tensors = f.Tensors[:2] }},
	} {
		f := file(t, wide(t, true))
		withoutConfig(f)
		for _, edit := range edits {
			edit(f)
		}
		_, err := Import("damaged.safetensors", encoded(t, f), Options{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "damaged.safetensors: ") {
			t.Errorf("expected %q, got %v", want, err)
		}
	}
}

func TestTiedWeightsThatDifferAreTwo(t *testing.T) {
	f := file(t, wide(t, true))
	head := safetensors.FromFloat32("lm_head.weight", []int{7, 64}, make([]float32, 7*64))
	f.Tensors = append(f.Tensors, head)
	i, err := Import("file", encoded(t, f), Options{})
	if err != nil || i.Model.Config.Tied || !remarks(i, "lm_head.weight differs from wte.weight") {
		t.Errorf("read as %+v, %v", i, err)
	}
	withoutConfig(f)
	if i, err := Import("file", encoded(t, f), Options{}); err != nil || i.Model.Config.Tied || remarks(i, "differs") {
		t.Errorf("without a configuration: %+v, %v", i, err)
	}
}

func FuzzImport(f *testing.F) {
	for _, edits := range [][]func(*safetensors.File){
		{withoutConfig}, {withoutConfig, outIn, named("transformer.")}, {withoutBiases}, {withoutConfig, withBuffers, headTwice},
	} {
		m := small(f, true)
		one := file(f, m)
		for _, edit := range edits {
			edit(one)
		}
		f.Add(encoded(f, one), 3)
	}
	f.Add(encoded(f, file(f, shared(f))), 3)
	f.Fuzz(func(t *testing.T, b []byte, heads int) {
		seen, early := Inspect("fuzz", b, int64(len(b)))
		i, err := Import("fuzz", b, Options{Heads: max(heads, 1)})
		if err != nil {
			return
		}
		if early != nil {
			t.Fatalf("the header is refused, but not the file: %v", early)
		}
		if c := seen.Config; c.Vocab != i.Model.Config.Vocab || c.Width != i.Model.Config.Width || c.Blocks != i.Model.Config.Blocks {
			t.Fatalf("the header says %+v, the file %+v", c, i.Model.Config)
		}
		if _, err := i.Model.Forward([]int{0}); err != nil {
			t.Fatal(err)
		}
		again, err := Save(i.Model, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := Load("again", again); err != nil {
			t.Fatal(err)
		}
	})
}
