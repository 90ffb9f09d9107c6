package model

import "testing"

// The page's default model in size: GPT-2's vocabulary, of which a small corpus holds 3300
// tokens. Prompts have 32 tokens, and all steps are recorded:
//
//	go test -run - -bench . ./model
func paged(b *testing.B, distinct int) (m *Model, ids []int) {
	b.Helper()
	m, err := New(Config{Vocab: 50257, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true, Distinct: distinct})
	if err != nil {
		b.Fatal(err)
	}
	m.Randomize(1)
	return m, someIDs(32, 50257)
}

// run runs the ids and asks for the probabilities of what follows.
func run(b *testing.B, tr *Trace, ids []int) {
	if err := tr.Run(ids); err != nil {
		b.Fatal(err)
	}
	tr.Step("probabilities").At(len(ids)-1, 0)
}

func sizes(b *testing.B, f func(b *testing.B, m *Model, ids []int)) {
	for name, distinct := range map[string]int{"D=3300": 3300, "D=V": 0} {
		b.Run(name, func(b *testing.B) {
			m, ids := paged(b, distinct)
			f(b, m, ids)
		})
	}
}

func BenchmarkPrompt(b *testing.B) {
	sizes(b, func(b *testing.B, m *Model, ids []int) {
		var tr *Trace
		for b.Loop() {
			b.StopTimer()
			tr = NewTrace(m)
			b.StartTimer()
			run(b, tr, ids)
		}
	})
}

func BenchmarkToken(b *testing.B) {
	sizes(b, func(b *testing.B, m *Model, ids []int) {
		tr := NewTrace(m)
		for b.Loop() {
			b.StopTimer()
			run(b, tr, ids[:31])
			b.StartTimer()
			run(b, tr, ids)
		}
	})
}

func BenchmarkSample(b *testing.B) {
	sizes(b, func(b *testing.B, m *Model, ids []int) {
		tr := NewTrace(m)
		run(b, tr, ids)
		for b.Loop() {
			if _, err := tr.Sample(Sampling{Temperature: 0.8, TopK: 40, TopP: 0.9, Seed: 1}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkRanked(b *testing.B) {
	sizes(b, func(b *testing.B, m *Model, ids []int) {
		tr := NewTrace(m)
		run(b, tr, ids)
		for b.Loop() {
			tr.Step("probabilities").Ranked(31, 64)
		}
	})
}
