package engine

import (
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/tokenizer"
)

// The page's default model in size: an answer with all steps recorded and the next token
// drawn, their numbers not yet sent.
//
//	go test -run - -bench . ./web/engine
func BenchmarkAnswer(b *testing.B) {
	m, err := model.New(model.Config{Vocab: tokenizer.GPT2Vocab, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true, Distinct: 3300})
	if err != nil {
		b.Fatal(err)
	}
	m.Randomize(1)
	file, err := checkpoint.SaveAs(m, "F16", nil)
	if err != nil {
		b.Fatal(err)
	}
	e := New()
	if r := e.Handle(Request{ID: 1, Load: &Load{Name: "random", File: file}}); r.Error != "" {
		b.Fatal(r.Error)
	}
	ids := make([]int, 33)
	for t := range ids {
		ids[t] = (t*t*5 + 3*t + 1) % 3300
	}
	answer := func(ids []int) {
		r := e.Handle(Request{ID: 2, Run: &Run{Generated: ids, Top: 64, Want: []string{}, Sampling: model.Sampling{Temperature: 0.8, TopK: 40, Seed: 1}}})
		if r.Error != "" {
			b.Fatal(r.Error)
		}
		DecodeReply(EncodeReply(r))
	}
	for name, from := range map[string]int{"prompt": 0, "token": 32} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				answer(ids[:from])
				b.StartTimer()
				answer(ids[:max(from, 31)+1])
			}
		})
	}
}
