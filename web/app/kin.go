package app

import (
	"glassbox/model"
	"glassbox/web/feature"
)

// Kin returns models like those that readers open, without weights: what a lesson says to their readers has to hold for them
// as well. Between them they have all that tells one model from another: see lessons.Audience.
func Kin() (list []feature.Choice) {
	llama := model.Config{Family: model.FamilyLlama, Vocab: 32000, Context: 64, Width: 48, Heads: 6, KeyValues: 2, Blocks: 2, Inner: 100,
		Tied: true, Activation: model.SiLU, Rotary: model.Rotary{Theta: 10000}}
	llamaUntied := llama
	llamaUntied.Tied, llamaUntied.KeyValues, llamaUntied.Heads, llamaUntied.Vocab = false, 0, 1, 50
	qwen2 := llama
	qwen2.Biases, qwen2.Window, qwen2.WindowFrom, qwen2.Tied = model.BiasQKV, 16, 1, false
	qwen3 := llama
	qwen3.HeadNorms, qwen3.HeadWidth = true, 16
	geluLlama := llama
	geluLlama.Activation, geluLlama.Rotary.Listed = model.TanhGELU, true
	gpt2 := model.Config{Vocab: feature.GPT2Vocab, Context: 64, Width: 24, Heads: 2, Blocks: 2, Tied: true}
	relu := gpt2
	relu.Vocab, relu.Tied, relu.Heads, relu.Blocks, relu.Unscaled, relu.Activation = 20, false, 1, 1, true, model.ReLU
	letters := gpt2
	letters.Vocab, letters.Alphabet, letters.Activation = 4, "wxyz", model.ErfGELU
	for _, k := range []struct {
		id, reads string
		config    model.Config
		frames    bool
		chat      string
	}{
		{"a.llama", "own", llama, true, ""}, {"an.untied.llama", "numbers", llamaUntied, false, ""}, {"a.qwen2", "own", qwen2, false, "ChatML"},
		{"a.qwen3", "numbers", qwen3, false, ""}, {"a.llama.with.gelu", "own", geluLlama, false, ""},
		{"a.gpt2", "gpt2", gpt2, false, ""}, {"a.gpt2.with.relu", "numbers", relu, false, ""}, {"a.gpt2.of.letters", "letters", letters, false, ""},
	} {
		list = append(list, feature.Choice{ID: k.id, Label: k.id, Config: k.config, Frames: k.frames, Chat: k.chat,
			Source: &feature.FileSource{FileAnswers: feature.FileAnswers{Words: k.reads, Alphabet: k.config.Alphabet}}})
	}
	return list
}
