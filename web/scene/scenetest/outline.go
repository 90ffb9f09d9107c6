// Package scenetest has the models that the tests of the scene and of its rooms are run with.
package scenetest

import (
	"math/rand/v2"
	"slices"
	"testing"

	"glassbox/model"
)

// Nano is a model small enough to check every cell of.
var Nano = model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3}

// Models are that one, published ones, and the largest that is laid out.
var Models = map[string]model.Config{
	"nano":        Nano,
	"gpt2":        {Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 12, Tied: true},
	"gpt2-xl":     {Vocab: 50257, Context: 1024, Width: 1600, Heads: 25, Blocks: 48, Tied: true},
	"llama":       {Family: model.FamilyLlama, Vocab: 3, Context: 11, Width: 48, Heads: 6, KeyValues: 2, Blocks: 3, Inner: 100, HeadNorms: true, Rotary: model.Rotary{Theta: 10000}},
	"smollm2":     {Family: model.FamilyLlama, Vocab: 49152, Context: 2048, Width: 576, Heads: 9, KeyValues: 3, Blocks: 30, Inner: 1536, Tied: true, Rotary: model.Rotary{Theta: 10000}},
	"gpt3 layout": {Vocab: 50257, Context: 2048, Width: 12288, Heads: 96, Blocks: 96, Tied: true},
}

// Outline returns the steps of a model with T tokens, those of sampling and its weights.
func Outline(t testing.TB, c model.Config, T int) []model.Info {
	t.Helper()
	infos, err := model.Outline(c, T)
	if err != nil {
		t.Fatal(err)
	}
	if T == 0 {
		return infos
	}
	n := 0
	for n < len(infos) && infos[n].Kind != model.KindWeight {
		n++
	}
	return slices.Concat(infos[:n], sampling(t, c.Vocab), infos[n:])
}

// sampling returns what Trace.Sample records, for a vocabulary of V words: that of a model of a
// few words, with V in the place of their number.
func sampling(t testing.TB, V int) []model.Info {
	t.Helper()
	const few = 7
	m, err := model.New(model.Config{Vocab: few, Context: 1, Width: 2, Heads: 1, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	tr, err := m.Forward([]int{0})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Sample(model.Sampling{Temperature: 1}); err != nil {
		t.Fatal(err)
	}
	var infos []model.Info
	for _, s := range tr.Drawn {
		i := s.Info()
		if i.ColAxis == model.AxisWord {
			i.Cols = V
		}
		for k := range i.Inputs {
			if i.Inputs[k].Cols == few {
				i.Inputs[k].Cols = V
			}
		}
		infos = append(infos, i)
	}
	return infos
}

// Configs returns the published sizes and random small ones.
func Configs(n int) []model.Config {
	list := []model.Config{Nano, Models["llama"], Models["smollm2"],
		{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 12, Tied: true},
		{Vocab: 50257, Context: 1024, Width: 1600, Heads: 25, Blocks: 48, Tied: true},
		{Vocab: 50257, Context: 2048, Width: 12288, Heads: 96, Blocks: 4, Tied: true}}
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		heads := 1 + r.IntN(6)
		list = append(list, model.Config{Vocab: 1 + r.IntN(1<<r.IntN(14)), Context: 1 + r.IntN(1<<r.IntN(12)),
			Width: heads * (1 + r.IntN(40)), Heads: heads, Blocks: 1 + r.IntN(3), Tied: r.IntN(2) == 0})
	}
	return list
}

// TokenCounts returns the numbers of tokens to try: none, one, all, and one between.
func TokenCounts(c model.Config) []int {
	return []int{0, 1, 1 + c.Context/3, c.Context}
}
