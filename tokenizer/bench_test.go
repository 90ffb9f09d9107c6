package tokenizer

import (
	"runtime"
	"strings"
	"testing"

	"glassbox/tokenizer/r50k"
)

// benchText is prose of about 100 kB.
var benchText = strings.Repeat("The quick brown fox, 42 years old, doesn't jump over naïve 水 dogs.\n", 1500)

func BenchmarkEncode(b *testing.B) {
	g := gpt2(b)
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		if _, err := g.Encode(benchText); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeByOurMerges(b *testing.B) {
	g := gpt2(b)
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		g.appendMerged(nil, benchText, 0)
	}
}

// BenchmarkEncodeWord compares the encoders on one word around the length where they take turns.
func BenchmarkEncodeWord(b *testing.B) {
	g := gpt2(b)
	for _, size := range []struct {
		name  string
		bytes int
	}{{"64", 64}, {"256", 256}, {"1024", 1024}} {
		word := strings.Repeat("predictable", size.bytes)[:size.bytes]
		b.Run("tiktoken/"+size.name, func(b *testing.B) {
			for b.Loop() {
				g.core(word)
			}
		})
		b.Run("ours/"+size.name, func(b *testing.B) {
			for b.Loop() {
				g.appendMerged(nil, word, 0)
			}
		})
	}
}

func BenchmarkEncodeHostile(b *testing.B) {
	g := gpt2(b)
	word := strings.Repeat("a", 100_000)
	b.SetBytes(int64(len(word)))
	for b.Loop() {
		if _, err := g.Encode(word); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewGPT2(b *testing.B) {
	table := r50k.Table()
	for b.Loop() {
		if _, err := NewGPT2(table); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(loadedBytes(b, table))/1e6, "MB-held")
}

// loadedBytes returns how much memory an encoding holds.
func loadedBytes(b *testing.B, table []byte) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	g, err := NewGPT2(table)
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(g)
	return after.HeapAlloc - before.HeapAlloc
}
