package apptest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
)

// Drop returns a reader who has opened files, by their names, and answered what they leave open.
func Drop(t testing.TB, files map[string][]byte, answers feature.FileAnswers) *Reader {
	t.Helper()
	r := Open(t, "")
	r.Files = map[int][]byte{}
	var chosen []feature.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		n := len(chosen) + 1
		r.Files[n] = files[name]
		chosen = append(chosen, feature.File{Number: n, Name: name, Size: len(files[name])})
	}
	r.Send(open.Chosen{Files: chosen})
	if o := open.Of(&r.S); o != nil {
		if answers.Heads == 0 {
			answers.Heads = o.Heads
		}
		r.Send(open.Answered{Answers: answers}, open.Confirmed{})
	}
	if r.S.Choice().Source == nil || r.S.Problem != nil || len(r.S.Tokens) == 0 {
		t.Fatalf("%v did not open: %+v, %q", slices.Sorted(maps.Keys(files)), r.S.Problem, r.S.TextError)
	}
	return r
}

// Kin returns a reader who has opened a model of model/testdata with its configuration, "tiny-mistral", whose tokens are numbers.
func Kin(t testing.TB, folder string) *Reader {
	t.Helper()
	root := ".."
	for _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil && len(root) < 30; _, err = os.Stat(filepath.Join(root, "go.mod")) {
		root = filepath.Join(root, "..")
	}
	files := map[string][]byte{}
	for _, name := range []string{"model.safetensors", "config.json"} {
		b, err := os.ReadFile(filepath.Join(root, "model", "testdata", folder, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = b
	}
	return Drop(t, files, feature.FileAnswers{Words: "numbers"})
}

// chatML is a template of conversations with words of the system, as published models bring it.
const chatML = `{"bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "chat_template": "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"}`

// Chatting returns a reader who has opened a small Llama with random weights, a tokenizer and a template, and asks it something.
func Chatting(t testing.TB) *Reader {
	t.Helper()
	m, err := model.New(model.Config{Family: model.FamilyLlama, Vocab: 49152, Context: 128, Width: 8, Heads: 2, KeyValues: 1, Blocks: 1, Tied: true,
		Rotary: model.Rotary{Theta: 100}, Activation: model.SiLU})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(7)
	weights, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(filepath.Join(root(), "tokenizer/testdata/smollm.tokenizer.json"))
	if err != nil {
		t.Fatal(err)
	}
	r := Drop(t, map[string][]byte{"model.safetensors": weights, "tokenizer.json": table, "tokenizer_config.json": []byte(chatML)}, feature.FileAnswers{Heads: 2})
	return r.Send(feature.PromptChanged{Text: "What is it?"}, feature.FormChosen{Form: engine.FormChat})
}
