package train

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"glassbox/model"
)

// The work of a step is counted as is usual: 2 operations per weight of a matrix and token forward, 4
// backward, and T·C per block and token in each of q·kᵀ and attention·v, half of it masked.
func BenchmarkStep(b *testing.B) {
	for _, c := range []struct {
		name   string
		config model.Config
		texts  int
	}{
		{"sort", NewSort(1).Config(), 64},
		{"V3300-C128-T128-L4", model.Config{Vocab: 3300, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true}, 16},
	} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/%dworkers", c.name, workers), func(b *testing.B) {
				tr := benchmarkTrainer(b, c.config, c.texts, workers)
				steps(b, tr, 1)
				b.ResetTimer()
				steps(b, tr, b.N)
				tokens := float64(b.N * c.texts * c.config.Context)
				b.ReportMetric(tokens/b.Elapsed().Seconds(), "tokens/s")
				perCore := tokens * operations(c.config) / b.Elapsed().Seconds() / float64(workers)
				b.ReportMetric(perCore/1e9, "GFLOP/s/core")
			})
		}
	}
}

func operations(c model.Config) float64 {
	matrices := c.Vocab*c.Width + c.Blocks*12*c.Width*c.Width
	attention := c.Blocks * c.Context * c.Width
	return float64(6*matrices + 6*attention)
}

func benchmarkTrainer(b *testing.B, c model.Config, texts, workers int) *Trainer {
	b.Helper()
	s, err := NewState(c, 1)
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	batch := Batch{T: c.Context}
	for range texts * c.Context {
		batch.IDs = append(batch.IDs, r.IntN(c.Vocab))
		batch.Targets = append(batch.Targets, r.IntN(c.Vocab))
	}
	recipe := NewSort(1).Recipe()
	recipe.Batch = texts
	tr, err := New(&fixture{folder: "benchmark", model: s.Model, batch: batch, recipe: recipe}, recipe, s, workers)
	if err != nil {
		b.Fatal(err)
	}
	return tr
}
