package model

import (
	"flag"
	"slices"
	"testing"
	"time"
)

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

var (
	width  = flag.Int("width", 768, "C of BenchmarkGrowth")
	blocks = flag.Int("blocks", 12, "L of BenchmarkGrowth")
	prompt = flag.Int("prompt", 512, "the prompt of BenchmarkGrowth, in tokens")
)

// BenchmarkGrowth measures what a text costs that grows by one token after the other behind a long prompt, in a model of
// GPT-2's shape: the first of 16, and the median of the others, with the probabilities of what follows.
func BenchmarkGrowth(b *testing.B) {
	m, err := New(Config{Vocab: 50257, Context: 1024, Width: *width, Heads: *width / 64, Blocks: *blocks, Tied: true})
	if err != nil {
		b.Fatal(err)
	}
	m.Randomize(1)
	ids := someIDs(*prompt+16, 50257)
	for b.Loop() {
		tr := NewTrace(m)
		run(b, tr, ids[:*prompt])
		var times []float64
		for n := range 16 {
			begin := time.Now()
			run(b, tr, ids[:*prompt+1+n])
			times = append(times, time.Since(begin).Seconds()*1000)
		}
		rest := slices.Sorted(slices.Values(times[1:]))
		b.ReportMetric(times[0], "ms-first")
		b.ReportMetric(rest[len(rest)/2], "ms-others")
		b.ReportMetric(rest[len(rest)-1], "ms-slowest")
	}
}
