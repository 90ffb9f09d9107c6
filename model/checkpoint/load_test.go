package checkpoint

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
)

func TestASavedModelLoadsTheSame(t *testing.T) {
	m := small(t, false)
	m.Config.Alphabet = "abcdefghijklmnopqrstuvw"
	b, err := Save(m, map[string]string{"task": "none"})
	if err != nil {
		t.Fatal(err)
	}
	again, metadata, err := Load("again", b)
	if err != nil {
		t.Fatal(err)
	}
	if again.Config != m.Config || metadata["task"] != "none" {
		t.Errorf("config %+v, metadata %v", again.Config, metadata)
	}
	twice, err := Save(again, map[string]string{"task": "none"})
	if err != nil || !bytes.Equal(b, twice) {
		t.Errorf("saving again gives other bytes, %v", err)
	}
}

func TestAnyAlphabetSurvivesTheFile(t *testing.T) {
	c := model.Config{Vocab: 9, Context: 1, Width: 1, Heads: 1, Blocks: 1, Alphabet: "\x00\a\n\"\\\x7f é😀"}
	fields, wrong, err := published.Settings(JSON(c))
	if err != nil || wrong != nil || fields["alphabet"] != c.Alphabet || fields["n_head"] != 1.0 || fields["tied"] != false {
		t.Errorf("%s is read as %+v, %v, %v", JSON(c), fields, wrong, err)
	}
	for _, size := range gpt2Told() {
		if v, ok := published.Number(fields, size.name); ok && v != float64(size.of(c)) {
			t.Errorf("%s is read with %s = %v", JSON(c), size.name, v)
		}
	}
}

// At C = 1 a matrix has one row, and is a matrix all the same.
func TestMatricesAreSavedAsMatricesAndTheRestAsVectors(t *testing.T) {
	m, err := model.New(model.Config{Vocab: 1, Context: 1, Width: 1, Heads: 1, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Parameters() {
		matrix := strings.HasSuffix(p.Name, "e.weight") || strings.Contains(p.Name, ".c_") && strings.HasSuffix(p.Name, ".weight") || p == m.LMHead
		if got := m.StoredShape(p); (len(got) == 2) != matrix {
			t.Errorf("%s has shape %v", p.Name, got)
		}
	}
}

// edited returns the bytes of a small model's file after a change to it.
func edited(t *testing.T, edit func(f *safetensors.File)) []byte {
	t.Helper()
	b, err := Save(small(t, true), nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("small", b)
	if err != nil {
		t.Fatal(err)
	}
	edit(f)
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAFileThatIsNoModelIsRefusedWithItsReason(t *testing.T) {
	config := func(s string) func(*safetensors.File) {
		return func(f *safetensors.File) { f.Metadata["config"] = s }
	}
	for want, edit := range map[string]func(f *safetensors.File){
		"C = 12 is no multiple of 64":             func(f *safetensors.File) { delete(f.Metadata, "config") },
		"heads its blocks have, and C = 12":       config(`{"n_head":5}`),
		"h.0.ln_1.bias is (1, 12); expected (12)": func(f *safetensors.File) { retype(f, "h.0.ln_1.bias", []int{1, 12}, 0) },
		"h.1.mlp.c_fc.bias has NaN at (0, 0)":     func(f *safetensors.File) { retype(f, "h.1.mlp.c_fc.bias", nil, 0x7f) },
	} {
		_, _, err := Load("small.safetensors", edited(t, edit))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "small.safetensors") {
			t.Errorf("expected %q, got %v", want, err)
		}
	}
}

// retype changes a tensor's shape, or fills its bytes.
func retype(f *safetensors.File, name string, shape []int, fill byte) {
	for i := range f.Tensors {
		if t := &f.Tensors[i]; t.Name == name && shape != nil {
			t.Shape = shape
		} else if t.Name == name {
			t.Data = bytes.Repeat([]byte{fill, fill, 0x80, fill}, len(t.Data)/4)
		}
	}
}

func FuzzLoad(f *testing.F) {
	b, err := os.ReadFile("../testdata/tiny-gpt2-untied/weights.safetensors")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:100])
	f.Fuzz(func(t *testing.T, b []byte) {
		m, _, err := Load("fuzz", b)
		if err != nil {
			return
		}
		if _, err := m.Forward([]int{0}); err != nil {
			t.Error(err)
		}
	})
}
