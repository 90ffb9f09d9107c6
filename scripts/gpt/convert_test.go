package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/tokenizer"
	"glassbox/tokenizer/published"
)

const (
	shared      = "../../../shared/fixtures"
	checkpoints = "../../model/checkpoint/pytorch/testdata"
)

// values returns those of a step of a run, as gpt run --json writes them.
func values(t *testing.T, step string, args ...string) []float64 {
	t.Helper()
	out, err := gpt(t, "", append([]string{"run", "--json"}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	var run struct {
		Steps []struct {
			Name   string
			Shape  [2]int
			Values []*float64
		}
	}
	if err := json.Unmarshal([]byte(out), &run); err != nil {
		t.Fatal(err)
	}
	for _, s := range run.Steps {
		if len(s.Values) != s.Shape[0]*s.Shape[1] {
			t.Errorf("%s has %d values for the shape %v", s.Name, len(s.Values), s.Shape)
		}
		if s.Name == step {
			var list []float64
			for _, v := range s.Values {
				list = append(list, *v)
			}
			return list
		}
	}
	t.Fatalf("there is no step %s", step)
	return nil
}

func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values; expected %d", what, len(got), len(want))
	}
	for i, v := range got {
		if math.Abs(v-want[i]) > 1e-5 {
			t.Fatalf("%s: value %d is %v; expected %v", what, i, v, want[i])
		}
	}
}

func TestACheckpointOfPyTorchComputesWhatPyTorchDoes(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(checkpoints, "ckpt.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		IDs    []int
		Logits [][]float64
	}
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	file, ids := filepath.Join(checkpoints, "ckpt.pt"), "3,1,4,1,5"
	near(t, "the checkpoint", values(t, "logits", "-model", file, "-ids", ids, "-activation", "gelu"), slices.Concat(want.Logits...))
	tanh := values(t, "logits", "-model", file, "-ids", ids)
	for _, name := range []string{"out.safetensors", "out.gguf"} {
		to := filepath.Join(t.TempDir(), name)
		if out, err := gpt(t, "", "convert", "--model", file, "-o", to); err != nil || !strings.Contains(out, "16 tensors (F32 × 16), 992 parameters") {
			t.Fatalf("convert says %q, %v", out, err)
		}
		near(t, name, values(t, "logits", "-model", to, "-ids", ids), tanh)
	}
}

func TestAFolderOfPyTorchIsAModel(t *testing.T) {
	dir := filepath.Join(checkpoints, "llama")
	want := values(t, "logits", "-model", dir, "-ids", "1,2,3")
	for _, name := range []string{"out.safetensors", "out.gguf"} {
		to := filepath.Join(t.TempDir(), name)
		if out, err := gpt(t, "", "convert", "-model", filepath.Join(dir, "pytorch_model-00002-of-00002.bin"), "-o", to); err != nil || !strings.Contains(out, "12 tensors (BF16 × 9, F32 × 3)") {
			t.Fatalf("convert says %q, %v", out, err)
		}
		near(t, name, values(t, "logits", "-model", to, "-ids", "1,2,3"), want)
	}
	for want, name := range map[string]string{"module.pt: its pickle: it asks for torch.nn.modules.linear.Linear of Python": "module.pt", "old.pt: this is a pickle of Python": "old.pt"} {
		if _, err := gpt(t, "", "run", "-ids", "1", "-model", filepath.Join(checkpoints, name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", name, err, want)
		}
	}
}

func TestOtherWeightsGoBeforeACheckpoint(t *testing.T) {
	dir := folder(t)
	b, err := os.ReadFile(filepath.Join(checkpoints, "module.pt"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "training_args.bin"), b)
	if _, err := gpt(t, "", "run", "-model", dir, "-ids", "1"); err != nil {
		t.Error(err)
	}
}

func TestNothingIsWrittenOverUnlessAskedFor(t *testing.T) {
	to := filepath.Join(t.TempDir(), "out.gguf")
	put(t, to, []byte("mine"))
	if _, err := gpt(t, "", "convert", "-model", nano, "-o", to); err == nil || !strings.Contains(err.Error(), "out.gguf is there already; -f writes over it") {
		t.Errorf("it says %v", err)
	}
	if b, _ := os.ReadFile(to); string(b) != "mine" {
		t.Error("the file was written over")
	}
	if out, err := gpt(t, "", "convert", "-model", nano, "-o", to, "-f", "-type", "q8_0"); err != nil || !strings.Contains(out, "Q8_0 × ") {
		t.Errorf("it says %q, %v", out, err)
	}
	if list, err := os.ReadDir(filepath.Dir(to)); err != nil || len(list) != 1 {
		t.Errorf("%d files are left, %v", len(list), err)
	}
	if out, err := gpt(t, "", "convert", "-model", to, "-o", to, "-f"); err != nil || !strings.Contains(out, "Q8_0 × ") {
		t.Errorf("onto itself it says %q, %v", out, err)
	}
}

func TestWhatCannotBeConvertedIsSaid(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.gguf")
	for want, args := range map[string][]string{
		"ends in .safetensors or .gguf":       {"-model", nano},
		`-o is "out.bin"`:                     {"-model", nano, "-o", "out.bin"},
		`-type is "Q4_K", which is not`:       {"-model", nano, "-o", out, "-type", "Q4_K"},
		"written are F32, F16, BF16, Q8_0":    {"-model", nano, "-o", out, "-type", "int8"},
		"safetensors have no Q8_0":            {"-model", nano, "-o", filepath.Join(dir, "out.safetensors"), "-type", "Q8_0"},
		"weights.safetensors: its activation": {"-model", nano, "-o", out, "-activation", "relu"},
		"no such file":                        {"-model", "absent", "-o", out},
		"no such file or directory":           {"-model", nano, "-o", filepath.Join(dir, "absent", "out.gguf")},
		"is more than is needed":              {"-o", out, nano},
		"is no file":                          {"-model", nano, "-o", filepath.Join(mkdir(t, dir, "folder.gguf"))},
	} {
		if _, err := gpt(t, "", append([]string{"convert"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; expected %q", args, err, want)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written all the same")
	}
}

func mkdir(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestATokenizerGoesIntoGGUF holds that what is written of a tokenizer.json gives the tokens that it gives itself.
func TestATokenizerGoesIntoGGUF(t *testing.T) {
	for name, pre := range map[string]string{"smollm": "smollm", "llama3": "llama-bpe", "qwen3": "qwen2"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "tokenizer", "testdata", name+".tokenizer.json"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := published.FromJSON(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		m, err := model.New(model.Config{Vocab: want.Encoding.Vocab() + 3, Context: 4, Width: 2, Heads: 1, Blocks: 1, Tied: true})
		if err != nil {
			t.Fatal(err)
		}
		b, err := checkpoint.Save(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, "model.safetensors"), b)
		put(t, filepath.Join(dir, "tokenizer.json"), text)
		to := filepath.Join(t.TempDir(), "out.gguf")
		if _, err := gpt(t, "", "convert", "-model", dir, "-o", to, "-type", "F16"); err != nil {
			t.Fatal(err)
		}
		if b, err = os.ReadFile(to); err != nil {
			t.Fatal(err)
		}
		f, err := gguf.Decode(to, b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := published.FromGGUF(f)
		if err != nil {
			t.Fatal(err)
		}
		if is, _ := f.Text("tokenizer.ggml.pre"); is != pre || got.Encoding.Vocab() != m.Config.Vocab {
			t.Errorf("%s is %s with %d tokens", name, is, got.Encoding.Vocab())
		}
		for _, text := range []string{"How to predict 12345 words, don't you?", "Größe \n\n 東京 <|im_end|><|begin_of_text|>", "  x  "} {
			x, err := want.Encoding.EncodeSpecial(text)
			if err != nil {
				t.Fatal(err)
			}
			y, err := got.Encoding.EncodeSpecial(text)
			x, y = want.Specials.Frame(x, len(text)), got.Specials.Frame(y, len(text))
			if err != nil || !slices.Equal(tokenizer.IDs(x), tokenizer.IDs(y)) {
				t.Errorf("%s: %q has the ids %v; expected %v, %v", name, text, tokenizer.IDs(y), tokenizer.IDs(x), err)
			}
		}
		if out, err := gpt(t, "", "tokenize", "-model", to, "How to"); err != nil || !strings.Contains(out, "How") {
			t.Errorf("tokenize says %q, %v", out, err)
		}
	}
}

func TestATokenizerThatIsLeftOutIsNamed(t *testing.T) {
	dir := t.TempDir()
	text, err := os.ReadFile(filepath.Join("..", "..", "tokenizer", "testdata", "spaced.tokenizer.json"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.New(model.Config{Vocab: 512, Context: 4, Width: 2, Heads: 1, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "model.safetensors"), b)
	put(t, filepath.Join(dir, "tokenizer.json"), text)
	in := input{file: dir}
	files, err := modelFiles(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	i, err := checkpoint.ImportFiles(files, checkpoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for ending, want := range map[string]string{".gguf": "is left out: only a byte-level tokenizer", ".safetensors": "is not written into safetensors: copy it"} {
		w, err := in.convert(i, nil, ending)
		if err != nil || !strings.Contains(strings.Join(w.Notes, "\n"), "tokenizer.json "+want) {
			t.Errorf("%v, %v; expected %q", w.Notes, err, want)
		}
	}
}

// has skips a test where the shared fixtures are not, and returns the path of one.
func has(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(shared, name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared fixtures are not here")
	}
	return path
}

func TestEveryCommandTakesALlama(t *testing.T) {
	dir := has(t, "tiny-llama")
	b, err := os.ReadFile(filepath.Join(dir, "activations.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("activations", b)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := f.Tensor("logits")
	v, err := x.Float32()
	if err != nil {
		t.Fatal(err)
	}
	got := values(t, "logits", "-model", dir, "-ids", strings.Trim(f.Metadata["ids"], "[]"))
	for i, want := range v {
		if math.Abs(got[i]-float64(want)) > 1e-4 {
			t.Fatalf("logit %d is %v; expected %v", i, got[i], want)
		}
	}
	for want, args := range map[string][]string{
		"± is −\nx         h.0.attn.head.1.query (2, 3)\n":     {"explain", "h.0.attn.head.1.query.rotated", "2", "3"},
		"position = 2\nfrequency = 0.001\n":                    {"explain", "rotary.angle", "2", "3"},
		`{"ids":[1,2,3,`:                                       {"generate", "-tokens", "3", "-json"},
		"2 blocks of 6 heads, width 48, vocabulary 65; ":       {"run"},
		"a run of 64 tokens":                                   {"bench"},
		"this model brings no tokenizer that is read here":     {"tokenize", "a"},
		"no tokenizer; give its characters with -alphabet, or": {"generate", "-text", "a"},
	} {
		at := []string{args[0], "-model", dir}
		if args[0] != "tokenize" && !slices.Contains(args, "-text") {
			at = append(at, "-ids", "1,2,3")
		}
		out, err := gpt(t, "", append(at, args[1:]...)...)
		if err != nil {
			out = err.Error()
		}
		if !strings.Contains(out, want) {
			t.Errorf("%v says %.300q; expected %q", args, out, want)
		}
	}
}

func TestAWeightInFewBitsIsExplainedByItsBlock(t *testing.T) {
	has(t, "gguf")
	for _, c := range []struct{ file, weight, want string }{
		{"llama-q8_0", "model.layers.0.mlp.up_proj.weight", "in the file blk.0.ffn_up.weight\nheld as Q8_0: block 1 of its row there, value 8 of the block\nd = 0.0012550354, q = -119\nd · q = -0.14934921\n"},
		{"llama-q4_1", "blk.0.attn_q.weight", "in the file blk.0.attn_q.weight (4, 40)\nheld as Q4_1: block 1 of its row there, value 8 of the block\nd = 0.018356323, m = -0.14233398, q = 4\nd · q + m = -0.06890869\n"},
		{"llama-q4_k_m", "blk.0.attn_q.weight", "sub-block 1\nd = 0.00040578842, dmin = 0.0031547546, scale = 45, min = 44, q = 4\n(d · scale) · q − dmin · min = -0.06576729\n"},
		{"llama-q4_k_m", "blk.0.ffn_down.weight", "sub-block 2\nd = 6.997585e-05, scale = -75, q = 19 − 32 = -13\n(d · scale) · q = 0.06822646\n"},
		{"gpt2-q8_0", "h.0.attn.c_attn.weight", "in the file blk.0.attn_qkv.weight (40, 2)\nheld as Q8_0: block 0 of its row there, value 2 of the block\nd = 0.005218506, q = -48\n"},
	} {
		out, err := gpt(t, "", "explain", "-model", filepath.Join(shared, "gguf", c.file+".gguf"), "-ids", "1", c.weight, "2", "40")
		if err != nil || !strings.Contains(out, c.want) {
			t.Errorf("%s of %s is explained by %q, %v; expected %q", c.weight, c.file, out, err, c.want)
		}
	}
}

func TestTheTokenizerOfAFileIsTaken(t *testing.T) {
	file := has(t, "stories260K/stories260K.gguf")
	out, err := gpt(t, "", "generate", "-model", file, "-text", "Once upon a time", "-tokens", "6", "-greedy")
	if want := "Once upon a time, there was a little g\n"; err != nil || out != want {
		t.Errorf("it writes %q, %v; expected %q", out, err, want)
	}
	if out, err = gpt(t, "", "tokenize", "-model", file, "Once upon"); err != nil || !strings.Contains(out, "0     403  bytes 0–3  ·Once\n") || !strings.Contains(out, "·On + ce → ·Once (403)\n") {
		t.Errorf("tokenize says %q, %v", out, err)
	}
	if _, err = gpt(t, "", "tokenize", "-model", file, "-letters", "abc", "a"); err == nil || !strings.Contains(err.Error(), "leave one out") {
		t.Errorf("tokenize says %v", err)
	}
}
