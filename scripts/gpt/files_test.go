package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/safetensors"
)

// folder writes the sorter as others would, in two parts with an index and a configuration, and returns the folder.
func folder(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(nano)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("nano", b)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "sorter")
	var list []string
	for i, name := range []string{"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"} {
		half := safetensors.File{Tensors: f.Tensors[:20]}
		if i == 1 {
			half.Tensors = f.Tensors[20:]
		}
		for _, tensor := range half.Tensors {
			list = append(list, `"`+tensor.Name+`": "`+name+`"`)
		}
		if b, err = safetensors.Encode(&half); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name), b)
	}
	put(t, filepath.Join(dir, "model.safetensors.index.json"), []byte(`{"weight_map": {`+strings.Join(list, ", ")+`}}`))
	put(t, filepath.Join(dir, "config.json"), []byte(`{"model_type": "gpt2", "n_head": 3, "n_embd": 48}`))
	put(t, filepath.Join(dir, "README.md"), []byte("# A sorter\n"))
	put(t, filepath.Join(dir, "pytorch_model.bin"), append([]byte("\x80\x02}q"), make([]byte, 1<<20)...))
	put(t, filepath.Join(dir, ".git", "model.safetensors"), b)
	return dir
}

func put(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderIsAModel(t *testing.T) {
	dir := folder(t)
	want := `{"ids":[2,1,0,1,1,2,0,1,1,1,2,2]}`
	for _, name := range []string{dir, dir + "/", filepath.Join(dir, "model-00002-of-00002.safetensors"), filepath.Join(dir, "model.safetensors.index.json")} {
		out, err := gpt(t, "", "generate", "-model", name, "-ids", "2,1,0,1,1,2", "-tokens", "6", "-greedy", "-json")
		if err != nil || strings.TrimSpace(out) != want {
			t.Errorf("%s wrote %s, %v; expected %s", name, out, err, want)
		}
	}
	var notes strings.Builder
	in := input{file: dir, ids: "1", notes: &notes}
	if _, _, _, err := in.load(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"taken from config.json: n_head = 3", "Weights in other formats were left out: sorter/pytorch_model.bin.", "left out: sorter/README.md."} {
		if !strings.Contains(notes.String(), want) {
			t.Errorf("printed %q; expected %q", notes.String(), want)
		}
	}
}

func TestWhatAFolderLacksIsNamed(t *testing.T) {
	dir := folder(t)
	refuses := func(want string, args ...string) {
		t.Helper()
		if _, err := gpt(t, "", append([]string{"run", "-ids", "1", "-model"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; expected %q", args, err, want)
		}
	}
	if err := os.Remove(filepath.Join(dir, "model-00001-of-00002.safetensors")); err != nil {
		t.Fatal(err)
	}
	refuses("these files are missing: model-00001-of-00002.safetensors", dir)
	refuses("these files are missing: model-00001-of-00002.safetensors", filepath.Join(dir, "model-00002-of-00002.safetensors"))
	for n := range mostFiles {
		put(t, filepath.Join(dir, "more", strings.Repeat("x", n+1)), []byte("text"))
	}
	refuses("sorter holds more than 200 files", dir)
	notes := filepath.Join(t.TempDir(), "notes")
	put(t, filepath.Join(notes, "README.md"), []byte("hi"))
	put(t, filepath.Join(notes, "train.log"), []byte("step 1\n"))
	refuses("notes holds no model; expected weights in safetensors or GGUF, and found README.md and train.log", notes)
	refuses("empty holds no files", func() string {
		name := filepath.Join(t.TempDir(), "empty")
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
		return name
	}())
}

func TestAConfigurationIsFoundBesideAFile(t *testing.T) {
	dir := folder(t)
	b, err := os.ReadFile(nano)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("nano", b)
	if err != nil {
		t.Fatal(err)
	}
	f.Metadata = nil
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(dir, "model.safetensors") // beside parts of another one
	put(t, whole, b)
	put(t, filepath.Join(dir, "other.safetensors"), b)
	if out, err := gpt(t, "", "explain", "-model", whole, "-ids", "1,2", "h.0.attn.head.2.scores", "1", "0"); err != nil || !strings.Contains(out, "head.2") {
		t.Errorf("explained %q, %v", out, err)
	}
}

func TestAHeaderIsReadWholeHoweverLongItIs(t *testing.T) {
	b, err := os.ReadFile("../../model/testdata/tiny-llama3/model.gguf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := gguf.Decode("model.gguf", b)
	if err != nil {
		t.Fatal(err)
	}
	words := make([]string, 50000) // as many as a real model has
	for i := range words {
		words[i] = "word " + strconv.Itoa(i)
	}
	f.Set("tokenizer.words", gguf.ListOf(words))
	if b, err = gguf.Encode(f); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "model.gguf")
	put(t, name, b)
	if out, err := gpt(t, "", "run", "-model", name, "-ids", "1,2"); err != nil || !strings.Contains(out, "probabilities") {
		t.Errorf("%v: %.200s", err, out)
	}
}

// TestNumbersBesideAModelAreNoPartOfIt holds it for a file of tensors with names of their own, such as what a run computed.
func TestNumbersBesideAModelAreNoPartOfIt(t *testing.T) {
	b, err := os.ReadFile(nano)
	if err != nil {
		t.Fatal(err)
	}
	beside, err := safetensors.Encode(&safetensors.File{Tensors: []safetensors.Tensor{safetensors.FromFloat32("0.attn_norm", []int{2}, []float32{1, 2})}})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put(t, filepath.Join(dir, "activations.safetensors"), beside)
	put(t, filepath.Join(dir, "model.safetensors"), b)
	var notes strings.Builder
	in := input{file: dir, ids: "1", notes: &notes, heads: 3}
	if _, _, _, err := in.load(); err != nil || !strings.Contains(notes.String(), "left out: "+filepath.Base(dir)+"/activations.safetensors.") {
		t.Errorf("printed %q, %v", notes.String(), err)
	}
	if _, err := gpt(t, "", "run", "-model", filepath.Join(dir, "activations.safetensors"), "-ids", "1"); err == nil {
		t.Error("numbers without a model were taken for one")
	}
}
