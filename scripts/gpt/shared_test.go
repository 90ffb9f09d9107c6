package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
)

// sharedFile writes a random model of which most tokens share a row, and returns its path.
func sharedFile(t *testing.T) (path string, m *model.Model) {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 26, Context: 9, Width: 8, Heads: 2, Blocks: 1, Tied: true, Distinct: 5,
		Alphabet: "abcdefghijklmnopqrstuvwxyz"})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(4)
	b, err := checkpoint.Save(m, map[string]string{"task": "none"})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "shared.safetensors")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, m
}

func TestARowIsWrittenForEachToken(t *testing.T) {
	shared, m := sharedFile(t)
	for _, c := range []struct {
		dtype string
		args  []string
	}{{safetensors.F32, nil}, {safetensors.F16, []string{"-type", "F16"}}} {
		full := filepath.Join(t.TempDir(), "full.safetensors")
		out, err := gpt(t, "", append([]string{"convert", "-model", shared, "-o", full}, c.args...)...)
		if err != nil || !strings.Contains(out, c.dtype+" × ") {
			t.Fatalf("convert says %q, %v", out, err)
		}
		b, err := os.ReadFile(full)
		if err != nil {
			t.Fatal(err)
		}
		f, err := safetensors.Decode(full, b)
		if err != nil {
			t.Fatal(err)
		}
		if _, there := f.Tensor("wte.index"); there || f.Metadata["task"] != "none" {
			t.Errorf("wte.index is there: %t; metadata %v", there, f.Metadata)
		}
		wte, _ := f.Tensor("wte.weight")
		v, err := wte.Float32()
		if err != nil || wte.DType != c.dtype || len(v) != 26*8 {
			t.Fatalf("wte.weight is %s %v, %v", wte.DType, wte.Shape, err)
		}
		for i, got := range v {
			if want := m.WTE.Row(i / 8)[i%8]; max(got-want, want-got) > max(want, -want)/2048 || c.dtype == safetensors.F32 && got != want {
				t.Errorf("row %d, column %d is %v; expected %v", i/8, i%8, got, want)
			}
		}
	}
}

func TestASharedModelAndOneWithARowForEachTokenSayTheSame(t *testing.T) {
	shared, _ := sharedFile(t)
	full := filepath.Join(t.TempDir(), "full.safetensors")
	if _, err := gpt(t, "", "convert", "-model", shared, "-o", full); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"generate", "-text", "dog", "-tokens", "5", "-seed", "3", "-json"},
		{"generate", "-text", "cab", "-tokens", "5", "-greedy"},
		{"explain", "-text", "dog", "logits", "2", "25"},
	} {
		one, err := gpt(t, "", append(args[:1:1], append([]string{"-model", shared}, args[1:]...)...)...)
		if err != nil {
			t.Fatal(err)
		}
		other, err := gpt(t, "", append(args[:1:1], append([]string{"-model", full}, args[1:]...)...)...)
		if err != nil || one != other {
			t.Errorf("%v says %q; of the other file %q, %v", args, one, other, err)
		}
	}
}

func TestTheSizeOfASharedModelIsStatedTwice(t *testing.T) {
	shared, m := sharedFile(t)
	out, err := gpt(t, "", "run", "-model", shared, "-text", "az")
	for _, want := range []string{"26 tokens, which share 5", "token 0  a  id 0\n", "token 1  z  id 25  (not seen in training)"} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%q is missing in %.200q, %v", want, out, err)
		}
	}
	if m.Config.Expanded().Parameters()-m.Config.Parameters() != 21*8 {
		t.Errorf("%d and %d parameters", m.Config.Parameters(), m.Config.Expanded().Parameters())
	}
}
