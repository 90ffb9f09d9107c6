package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model/checkpoint/gguf"
)

// unsaid returns the weights of a small Llama without a configuration, and a folder of them with one that says these settings.
func unsaid(t *testing.T, settings string) (bare, said string) {
	t.Helper()
	b, err := os.ReadFile("../../model/testdata/tiny-llama/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bare, said = filepath.Join(dir, "bare.safetensors"), filepath.Join(dir, "said")
	if err := os.Mkdir(said, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{bare: string(b), filepath.Join(said, "model.safetensors"): string(b), filepath.Join(said, "config.json"): settings} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return bare, said
}

// TestEveryAssumptionIsChangedByAnOption: what options say of bare weights is computed as if a configuration had said it.
func TestEveryAssumptionIsChangedByAnOption(t *testing.T) {
	bare, said := unsaid(t, `{"model_type": "llama", "num_attention_heads": 6, "num_key_value_heads": 2, "hidden_act": "relu", "rope_theta": 300,
		"rms_norm_eps": 0.01, "max_position_embeddings": 9, "tie_word_embeddings": true}`)
	options := []string{"-heads", "6", "-activation", "relu", "-theta", "300", "-epsilon", "1e-2", "-context", "9", "-tied", "yes"}
	command := []string{"run", "-ids", "1,2,3,4,5", "-json", "-model"}
	want, err := gpt(t, "", append(command, said)...)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := gpt(t, "", append(append(command, bare), options...)...); err != nil || got != want {
		t.Errorf("with all options it does not compute what a configuration says: %v", err)
	}
	for i := 0; i < len(options); i += 2 {
		var notes strings.Builder
		in := input{file: bare, ids: "1,2,3,4,5", notes: &notes}
		if _, _, _, err := in.load(); err != nil || !strings.Contains(notes.String(), " "+options[i]+" changes that.") {
			t.Errorf("%s: without it, %q is said, %v", options[i], notes.String(), err)
		}
		switch options[i] {
		case "-context", "-tied": // which change no number of this run
			continue
		}
		less := append(append([]string{}, options[:i]...), options[i+2:]...)
		if got, err := gpt(t, "", append(append(command, bare), less...)...); err != nil || got == want {
			t.Errorf("%s changes nothing: %v", options[i], err)
		}
	}
	if _, err := gpt(t, "", "run", "-model", bare, "-heads", "6", "-context", "4", "-ids", "1,2,3,4,5"); err == nil || !strings.Contains(err.Error(), "holds 4 at most") {
		t.Errorf("5 tokens in a context of 4: %v", err)
	}
}

func TestAConvertedFileSaysWhatWasAskedFor(t *testing.T) {
	bare, _ := unsaid(t, "{}")
	to := filepath.Join(t.TempDir(), "said.gguf")
	if _, err := gpt(t, "", "convert", "-model", bare, "-o", to, "-heads", "6", "-theta", "300", "-epsilon", "0.01", "-context", "9"); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	f, err := gguf.Decode("said.gguf", b)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"llama.rope.freq_base": "300", "llama.attention.layer_norm_rms_epsilon": "0.01", "llama.context_length": "9"} {
		if v, ok := f.Value(key); !ok || v.String() != want {
			t.Errorf("%s is %s, %v; expected %s", key, v.String(), ok, want)
		}
	}
}

// cutting writes a GGUF whose tokenizer does not say how it cuts a text.
func cutting(t *testing.T) string {
	t.Helper()
	bare, _ := unsaid(t, "{}")
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first.gguf"), filepath.Join(dir, "second.gguf")
	if _, err := gpt(t, "", "convert", "-model", bare, "-o", first, "-heads", "6"); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	f, err := gguf.Decode("first.gguf", b)
	if err != nil {
		t.Fatal(err)
	}
	tokens := make([]string, 65)
	for i := range tokens {
		tokens[i] = "[PAD" + string(rune('A'+i)) + "]"
	}
	copy(tokens, []string{"(", "a", "(a"})
	f.Set("tokenizer.ggml.model", gguf.Of("gpt2"))
	f.Set("tokenizer.ggml.tokens", gguf.ListOf(tokens))
	f.Set("tokenizer.ggml.merges", gguf.ListOf([]string{"( a"}))
	if b, err = gguf.Encode(f); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(second, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return second
}

func TestHowATextIsCutIsAnOption(t *testing.T) {
	file := cutting(t)
	ids := func(args ...string) string {
		t.Helper()
		out, err := gpt(t, "", append([]string{"tokenize", "-jsonl=false", "-model", file}, args...)...)
		if err != nil {
			t.Fatal(err)
		}
		list := []string{}
		for _, line := range strings.Split(out, "\n") {
			if fields := strings.Fields(line); len(fields) > 2 && fields[2] == "bytes" {
				list = append(list, fields[1])
			}
		}
		return strings.Join(list, ",")
	}
	for want, args := range map[string][]string{"0,1": {"(a"}, "2": {"(a", "-split", "llama-bpe"}} {
		if got := ids(args...); got != want {
			t.Errorf("%v gives %s; expected %s", args, got, want)
		}
	}
	var notes strings.Builder
	in := input{file: file, text: "(a", notes: &notes}
	if _, _, got, err := in.load(); err != nil || len(got) != 2 || !strings.Contains(notes.String(), "the way of gpt2 is taken") || !strings.Contains(notes.String(), "-split changes that.") {
		t.Errorf("unsaid: %v, %v, %q", got, err, notes.String())
	}
	notes.Reset()
	in.split = "llama3"
	if _, _, got, err := in.load(); err != nil || len(got) != 2 && len(got) != 1 || got[len(got)-1] != 2 || strings.Contains(notes.String(), "-split") {
		t.Errorf("asked for: %v, %v, %q", got, err, notes.String())
	}
	to := filepath.Join(t.TempDir(), "said.gguf")
	if _, err := gpt(t, "", "convert", "-model", file, "-o", to, "-split", "llama3"); err != nil {
		t.Fatal(err)
	}
	if file = to; ids("(a") != "2" {
		t.Error("a converted file does not say how its tokenizer cuts")
	}
}

func TestOptionsThatCannotBeAreRefusedInWords(t *testing.T) {
	bare, _ := unsaid(t, "{}")
	for want, args := range map[string][]string{
		`-theta is "1"; expected a number above 1`:                                {"-theta", "1"},
		`-theta is "fast"; expected`:                                              {"-theta", "fast"},
		`-epsilon is "0"; expected a number above 0 and below 1`:                  {"-epsilon", "0"},
		`-epsilon is "1e-60"; expected`:                                           {"-epsilon", "1e-60"},
		`-context is -1; expected 1 to 1048576`:                                   {"-context", "-1"},
		`-tied is "maybe"; expected yes or no`:                                    {"-tied", "maybe"},
		`-split is "bert"; expected gpt2, smollm, llama3, qwen2, tekken or gpt4o`: {"-split", "bert"},
		"lm_head.weight is missing; expected (65, 48)":                            {"-tied", "no"},
	} {
		if _, err := gpt(t, "", append([]string{"run", "-model", bare, "-ids", "1"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; expected %q", args, err, want)
		}
	}
	if _, err := gpt(t, "", "run", "-model", nano, "-ids", "1", "-theta", "500"); err == nil || !strings.Contains(err.Error(), "a GPT-2 has none") {
		t.Errorf("of a GPT-2: %v", err)
	}
}
