package train

import (
	"math"
	"sync"
	"sync/atomic"

	"glassbox/model"
	"glassbox/model/kernel"
)

// A chunk is a part of one parameter, small enough that the cores can share the work evenly.
type chunk struct {
	parameter int // its index in Model.Parameters
	from, to  int
	matrix    bool // not a gain or a bias

	squares float64 // Σ g² of the chunk's gradient
}

const chunkValues = 1 << 14

// chunksOf cuts all parameters of m.
func chunksOf(m *model.Model) []chunk {
	var chunks []chunk
	for i, p := range m.Parameters() {
		n := len(p.Data())
		for from := 0; from < n; from += chunkValues {
			chunks = append(chunks, chunk{parameter: i, from: from, to: min(from+chunkValues, n), matrix: !m.Vector(p)})
		}
	}
	return chunks
}

// slice returns the chunk's part of a list of parameters.
func (c *chunk) slice(parameters []*model.Tensor) []float32 {
	return parameters[c.parameter].Data()[c.from:c.to]
}

// sumShards adds the gradients of all shards into shard 0, in their order, and returns the length of the
// sum, √Σ g².
func (t *Trainer) sumShards() float64 {
	var gradients [Shards][]*model.Tensor
	for i := range t.shards {
		gradients[i] = t.shards[i].gradient.Parameters()
	}
	t.parallel(len(t.chunks), func(_ worker, i int) {
		c := &t.chunks[i]
		sum := c.slice(gradients[0])
		for _, g := range gradients[1:] {
			kernel.Add(sum, sum, c.slice(g))
		}
		c.squares = 0
		for _, v := range sum {
			c.squares += float64(v) * float64(v) // exact products, so a fused addition changes nothing
		}
	})
	total := float64(0)
	for i := range t.chunks {
		total += t.chunks[i].squares
	}
	return math.Sqrt(total)
}

// parallel calls do for each job from 0 to jobs−1, on as many goroutines as there are workers. A worker
// has one job at a time; which one does a job must not matter.
func (t *Trainer) parallel(jobs int, do func(w worker, job int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, w := range t.workers {
		wg.Go(func() {
			for job := int(next.Add(1)) - 1; job < jobs; job = int(next.Add(1)) - 1 {
				do(w, job)
			}
		})
	}
	wg.Wait()
}
