package checkpoint

import (
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// noted reports whether one of the notes has these words.
func noted(notes []*fault.Fault, words string) bool {
	return slices.ContainsFunc(notes, func(n *fault.Fault) bool { return strings.Contains(n.Error(), words) })
}

// besideLlama reads a model of testdata with files beside it, by their names.
func besideLlama(t *testing.T, beside map[string]string) *Imported {
	t.Helper()
	weights, err := os.ReadFile("../testdata/tiny-llama/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile("../testdata/tiny-llama/config.json")
	if err != nil {
		t.Fatal(err)
	}
	files := []File{{Name: "model.safetensors", Bytes: weights}, {Name: "config.json", Bytes: config}}
	for name, text := range beside {
		files = append(files, File{Name: name, Bytes: []byte(text)})
	}
	i, err := ImportFiles(files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestATokenizerOfSentencePieceIsSaidToBeOne(t *testing.T) {
	const pieces, alone = "\n\x0e\n\x05<unk>\x15\x00\x00\x00\x00\x18\x02", "tokenizer.model is a tokenizer of SentencePiece"
	tokenizer := `{"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}`
	for _, c := range []struct {
		beside map[string]string
		alone  bool
	}{
		{map[string]string{"tokenizer.model": pieces}, true},
		{map[string]string{"tokenizer.model": pieces, "merges.txt": "#version: 0.2\n"}, true},
		{map[string]string{"tokenizer.model": pieces, "tokenizer.json": tokenizer}, false},
		{map[string]string{"tokenizer.model": pieces, "vocab.json": `{"a": 0}`, "merges.txt": "#version: 0.2\n"}, false},
	} {
		if i := besideLlama(t, c.beside); noted(i.Notes, alone) != c.alone || noted(i.Notes, "tokenizer.model is not read: ") == c.alone {
			t.Errorf("%d files beside it: the notes are %v", len(c.beside), i.Notes)
		}
	}
}

func TestSettingsOfGenerationThatCantBeReadAreNoted(t *testing.T) {
	for text, bad := range map[string]bool{`{"eos_token_id": 2, `: true, `{"eos_token_id": 2}`: false} {
		if i := besideLlama(t, map[string]string{"generation_config.json": text}); noted(i.Notes, "generation_config.json can't be read, and was ignored") != bad {
			t.Errorf("%s: the notes are %v", text, i.Notes)
		}
	}
}

func TestCodeThatAModelBringsIsNotedAndNeverRun(t *testing.T) {
	i, err := importWith(t, "tiny-llama3", map[string]string{"auto_map": `{"AutoModelForCausalLM": "modeling.Model"}`})
	if err != nil || !noted(i.Notes, "code of its own, which config.json names as auto_map. It is never run") {
		t.Errorf("%v, %v", err, i)
	}
}

// TestASettingOfBiasesThatQwen2DoesNotHaveIsNoContradiction: its program has them whatever is said.
func TestASettingOfBiasesThatQwen2DoesNotHaveIsNoContradiction(t *testing.T) {
	i, err := importWith(t, "tiny-qwen2", map[string]string{"attention_bias": "false"})
	if err != nil || noted(i.Notes, "contradict") {
		t.Errorf("%v, %v", err, i.Notes)
	}
}

func TestAMatrixWithoutRowsIsRefusedInWordsThatFit(t *testing.T) {
	_, err := ImportFiles(changedLlama(t, "{}", func(f *safetensors.File) {
		for i := range f.Tensors {
			if f.Tensors[i].Name == "model.embed_tokens.weight" {
				f.Tensors[i] = safetensors.FromFloat32(f.Tensors[i].Name, []int{0, 48}, nil)
			}
		}
	}), Options{})
	refusedFor(t, "a model without words", err, "(0, 48); expected two sizes above 0")
}
