package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
)

const nano = "../../model/testdata/nano-sort/weights.safetensors"

// gpt runs a command line and returns what it writes.
func gpt(t *testing.T, in string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := dispatch(args, strings.NewReader(in), &out)
	return out.String(), err
}

func TestGenerateWritesAllIDs(t *testing.T) {
	out, err := gpt(t, "", "generate", "--model", nano, "--ids", "2,1,0,1,1,2", "--tokens", "6", "--greedy", "--json")
	if want := `{"ids":[2,1,0,1,1,2,0,1,1,1,2,2]}`; err != nil || strings.TrimSpace(out) != want {
		t.Errorf("wrote %s, %v; expected %s", out, err, want)
	}
}

func TestRunWritesEveryStepWithMaskedValuesNull(t *testing.T) {
	out, err := gpt(t, "", "run", "--model", nano, "--ids", "2,1,0", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		IDs   []int
		Steps []struct {
			Name, Op string
			Inputs   []string
			Shape    [2]int
			Values   []*float32
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for _, s := range got.Steps {
		if len(s.Values) != s.Shape[0]*s.Shape[1] {
			t.Errorf("%s has %d values for shape %v", s.Name, len(s.Values), s.Shape)
		}
		if s.Name == "h.2.attn.head.1.attention" && (s.Values[1] != nil || s.Values[3] == nil || s.Op != "softmax") {
			t.Errorf("attention is %+v", s)
		}
	}
	if len(got.IDs) != 3 || len(got.Steps) < 100 {
		t.Errorf("%d ids, %d steps", len(got.IDs), len(got.Steps))
	}
}

func TestTokenizeJSONLGivesTheFixturesIDs(t *testing.T) {
	b, err := os.ReadFile("../../tokenizer/testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text    string
		IDs     []int
		Special bool
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	var in, special, want, wantSpecial bytes.Buffer
	for _, c := range cases {
		to, ids := &in, &want
		if c.Special {
			to, ids = &special, &wantSpecial
		}
		json.NewEncoder(to).Encode(c.Text)
		json.NewEncoder(ids).Encode(append([]int{}, c.IDs...))
	}
	if out, err := gpt(t, in.String(), "tokenize", "--jsonl"); err != nil || out != want.String() {
		t.Errorf("the ids differ from the fixtures', %v", err)
	}
	if out, err := gpt(t, special.String(), "tokenize", "--jsonl", "--special"); err != nil || out != wantSpecial.String() {
		t.Errorf("with special tokens the ids differ from the fixtures', %v", err)
	}
}

// TestOptionsStandAnywhere: with one dash or two, before the arguments of a command, between and behind them.
func TestOptionsStandAnywhere(t *testing.T) {
	want, err := gpt(t, "", "explain", "-model", nano, "-ids", "1,2", "h.0.attn.head.1.scores", "1", "0")
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"explain", "h.0.attn.head.1.scores", "1", "0", "--model", nano, "--ids=1,2"},
		{"explain", "h.0.attn.head.1.scores", "--ids", "1,2", "1", "-model=" + nano, "0"},
		{"explain", "--model", nano, "--ids", "1,2", "--", "h.0.attn.head.1.scores", "1", "0"},
	} {
		if out, err := gpt(t, "", args...); err != nil || out != want {
			t.Errorf("%v: %q, %v; expected %q", args, out, err, want)
		}
	}
	if out, err := gpt(t, "", "tokenize", "ABC", "--letters", "ABC"); err != nil || strings.Contains(out, "-") || !strings.Contains(out, "bytes 2–2  C") {
		t.Errorf("an option behind a text gives %q, %v", out, err)
	}
	if out, err := gpt(t, "", "tokenize", "-letters", "-A", "--", "-A"); err != nil || !strings.Contains(out, "bytes 1–1  A") {
		t.Errorf("a text that begins with - gives %q, %v", out, err)
	}
	for want, args := range map[string][]string{
		"has no cell (-1, 0)":           {"explain", "-model", nano, "-ids", "1,2", "h.0.attn.head.1.scores", "-1", "0"},
		`"hello" is more than gpt run`:  {"run", "-model", nano, "hello"},
		`"C" is more than gpt generate`: {"generate", "C", "-model", nano},
		`"4" is more than gpt explain`:  {"explain", "-model", nano, "x", "1", "2", "4"},
		"expected 1 to 11":              {"bench", "-model", nano, "-tokens", "12"},
	} {
		if _, err := gpt(t, "", args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; expected %q", args, err, want)
		}
	}
}

func TestWhatCannotBeDoneIsSaid(t *testing.T) {
	for want, args := range map[string][]string{
		"there is no command":      {"fly"},
		"knows only the letters":   {"run", "-model", nano, "-text", "CBX"},
		"6 tokens follow at most":  {"generate", "-model", nano, "-text", "CBABBC", "-tokens", "7"},
		"holds 11 at most":         {"run", "-model", nano, "-text", "CBABBCCBABBC"},
		"no step or weight named":  {"explain", "-model", nano, "-text", "C", "nothing", "0", "0"},
		"expected STEP ROW COL":    {"explain", "-model", nano},
		"id 1 of -ids":             {"run", "-model", nano, "-ids", "1,x"},
		"no such file":             {"run", "-model", "absent.safetensors"},
		"-tokens is -1":            {"generate", "-model", nano, "-text", "C", "-tokens", "-1"},
		"has 12 tokens":            {"generate", "-model", nano, "-text", "CBABBCCBABBC"},
		"-o is \"\"":               {"convert", "-model", nano},
		"leave one out":            {"run", "-model", nano, "-ids", "1", "-text", "A"},
		"masked: token 4 is later": nil,
	} {
		out, err := "", error(nil)
		if args == nil {
			out, err = gpt(t, "", "explain", "-model", nano, "-text", "CBABBC", "h.0.attn.head.0.scaled", "2", "4")
		} else if _, err = gpt(t, "", args...); err != nil {
			out = err.Error()
		}
		if !strings.Contains(out, want) {
			t.Errorf("%v says %q, %v; expected %q", args, out, err, want)
		}
	}
}

func TestExplainNamesOperandsAndValues(t *testing.T) {
	out, err := gpt(t, "", "explain", "-model", nano, "-text", "CBABBC", "h.0.attn.head.1.scores", "5", "3")
	for _, want := range []string{"Σ query·key", "h.0.attn.head.1.query (5, 0) to (5, 15)", "h.0.attn.head.1.key (3, 0) to (3, 15)"} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%q is missing in %q, %v", want, out, err)
		}
	}
}

// TestExplainKnowsWeightsByTheNamesOfTheirFile, with whatever stands before them, and says where they stand there.
func TestExplainKnowsWeightsByTheNamesOfTheirFile(t *testing.T) {
	renamed := func(from string, rename func(name string) string) string {
		t.Helper()
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		f, err := safetensors.Decode("renamed", b)
		if err != nil {
			t.Fatal(err)
		}
		for i := range f.Tensors {
			f.Tensors[i].Name = rename(f.Tensors[i].Name)
		}
		if b, err = safetensors.Encode(f); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "renamed.safetensors")
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return to
	}
	short := renamed("../../model/testdata/tiny-llama/model.safetensors", func(name string) string { return strings.TrimPrefix(name, "model.") })
	long := renamed(nano, func(name string) string { return "transformer." + name })
	for name, c := range map[string]struct{ in, ours string }{
		"embed_tokens.weight": {short, "model.embed_tokens.weight"}, "layers.1.self_attn.q_proj.weight": {short, "model.layers.1.self_attn.q_proj.weight"},
		"transformer.wte.weight": {long, "wte.weight"}, "transformer.h.0.mlp.c_fc.weight": {long, "h.0.mlp.c_fc.weight"},
	} {
		for _, typed := range []string{name, c.ours} {
			out, err := gpt(t, "", "explain", "-model", c.in, "-ids", "1", typed, "2", "3")
			if err != nil || !strings.HasPrefix(out, c.ours+" (2, 3) = ") || !strings.Contains(out, "in the file "+name+"\n") {
				t.Errorf("%s is explained by %q, %v", typed, out, err)
			}
		}
	}
}

func TestTokenizeJSONLRefusesWhatIsNoText(t *testing.T) {
	for _, line := range []string{`"\ud800"`, "\"\xff\"", `{"text": 1}`} {
		if out, err := gpt(t, line+"\n", "tokenize", "--jsonl"); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q gives %q, %v", line, out, err)
		}
	}
	for _, line := range []string{`"\ufffd"`, `"\ud83d\ude00"`, "\"\uFFFD\""} {
		if _, err := gpt(t, line+"\n", "tokenize", "--jsonl"); err != nil {
			t.Errorf("%q gives %v", line, err)
		}
	}
}

// otherFile writes a random model as others would, without metadata of ours, and returns its name.
func otherFile(t *testing.T, c model.Config, metadata map[string]string) string {
	t.Helper()
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("other", b)
	if err != nil {
		t.Fatal(err)
	}
	f.Metadata = metadata
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "other.safetensors")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestWhatWasAssumedIsPrinted(t *testing.T) {
	words := otherFile(t, model.Config{Vocab: 50257, Context: 8, Width: 64, Heads: 2, Blocks: 1, Tied: true}, nil)
	for want, in := range map[string]input{
		"how many heads a block has: as in GPT-2, C/64 is assumed, 1. -heads changes that.":                  {file: words, ids: "1,2"},
		"what its tokens stand for: those of GPT-2 are taken, for there are as many. -alphabet changes that": {file: words, text: "a word", heads: 2},
		"have under \"config\", \"gpt2-small\", is no config":                                                {file: otherFile(t, model.Config{Vocab: 5, Context: 8, Width: 64, Heads: 1, Blocks: 1, Tied: true}, map[string]string{"config": "gpt2-small"}), ids: "1"},
		"in its metadata is 1; 4 was asked for, and is taken.":                                               {file: otherFile(t, model.Config{Vocab: 5, Context: 8, Width: 64, Heads: 1, Blocks: 1, Tied: true}, map[string]string{"config": `{"n_head": 1}`}), ids: "1", heads: 4},
	} {
		var notes strings.Builder
		in.notes = &notes
		if _, _, _, err := in.load(); err != nil || !strings.Contains(notes.String(), want) || !strings.HasPrefix(notes.String(), "gpt: other.safetensors: ") {
			t.Errorf("%+v: printed %q, %v; expected %q", in, notes.String(), err, want)
		}
	}
	for _, in := range []input{{file: nano, text: "CBA"}, {file: filepath.Join("..", "..", "static", "models", "language.gguf"), text: "A word"}} {
		var notes strings.Builder
		in.notes = &notes
		if _, _, _, err := in.load(); err != nil || notes.Len() > 0 {
			t.Errorf("of %s it printed %q, %v", in.file, notes.String(), err)
		}
	}
}

func TestAFileOfOthersNeedsWhatItDoesNotSay(t *testing.T) {
	b, err := os.ReadFile(nano)
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("nano", b)
	if err != nil {
		t.Fatal(err)
	}
	f.Metadata = nil
	for i := range f.Tensors {
		f.Tensors[i].Name = "transformer." + f.Tensors[i].Name
	}
	other := filepath.Join(t.TempDir(), "other.safetensors")
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, b, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := gpt(t, "", "generate", "-model", other, "-heads", "3", "-alphabet", "ABC", "-text", "CBABBC", "-tokens", "6", "-greedy", "-json")
	if want := `{"ids":[2,1,0,1,1,2,0,1,1,1,2,2]}`; err != nil || strings.TrimSpace(out) != want {
		t.Errorf("wrote %s, %v; expected %s", out, err, want)
	}
	for want, args := range map[string][]string{
		"C = 48 is no multiple of 64": {"run", "-model", other, "-text", "C"},
		"-alphabet, or the tokens":    {"run", "-model", other, "-heads", "3", "-text", "C"},
		"the alphabet has 2":          {"run", "-model", other, "-heads", "3", "-alphabet", "AB", "-text", "C"},
		"not divisible by n_head 7":   {"run", "-model", other, "-heads", "7", "-ids", "1"},
	} {
		if _, err := gpt(t, "", args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; expected %q", args, err, want)
		}
	}
}
