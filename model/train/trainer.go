package train

import (
	"fmt"
	"math"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

// Shards is how many parts a batch is cut into. Each gives a gradient of its own, and they are added in
// the order of the shards, so the sum has the same bits whatever the number of workers.
const Shards = 8

// A Trainer takes the steps of a training.
type Trainer struct {
	Task   Task
	Recipe Recipe
	State  State

	copies  int // of the last token
	workers []worker
	shards  [Shards]shard
	chunks  []chunk
}

// A worker is a core's own room for its passes, by the batch's (B, T).
type worker map[[2]int]*pass

// A shard is a part of the batch, its gradient and its loss.
type shard struct {
	batch    Batch
	gradient *model.Model
	loss     float64 // summed over the targets, not yet divided by their number
}

// New returns a trainer that goes on from a state, with that many workers. It fails if recipe or state do not fit.
func New(task Task, r Recipe, s State, workers int) (*Trainer, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	if workers < 1 {
		return nil, fmt.Errorf("the number of workers is %d; expected 1 or more", workers)
	}
	if have, want := s.Model.Config, task.Config(); have != want {
		return nil, fmt.Errorf("the model is %s; the task %s expects %s", checkpoint.JSON(have), task.Name(), checkpoint.JSON(want))
	}
	t := &Trainer{Task: task, Recipe: r, State: s, copies: copiesOf(task), chunks: chunksOf(s.Model)}
	for range workers {
		t.workers = append(t.workers, worker{})
	}
	for i := range t.shards {
		g, err := model.New(s.Model.Config)
		if err != nil {
			return nil, err
		}
		t.shards[i].gradient = g
	}
	return t, nil
}

// DivergedError says that the training has left the finite numbers. The weights are those before the
// step.
type DivergedError struct {
	Step           int
	Loss, Gradient float64 // the mean loss, the length of the gradient
}

func (e *DivergedError) Error() string {
	return fmt.Sprintf("step %d: the loss is %v and the gradient's length %v; expected finite numbers. "+
		"The learning rate may be too high", e.Step, e.Loss, e.Gradient)
}

// Step trains on the next batch and returns its mean loss, in nats, from before the weights moved. With
// a *DivergedError, or one about the batch, nothing has moved.
func (t *Trainer) Step() (loss float64, err error) {
	step := t.State.Step
	for _, a := range t.Recipe.Restarts {
		if a.Anew && a.Step == step {
			if err := t.State.Renew(); err != nil {
				return 0, err
			}
		}
	}
	b := t.Task.Batch(step, t.Recipe.Batch)
	loss, err = t.gradients(b)
	if err != nil {
		return 0, fmt.Errorf("step %d: %w", step, err)
	}
	length := t.sumShards()
	if math.IsNaN(loss+length) || math.IsInf(loss+length, 0) {
		return loss, &DivergedError{step, loss, length}
	}
	t.update(length)
	t.State.Step++
	return loss, nil
}

// gradients leaves in each shard the gradient of its part of the batch, and returns the mean loss.
func (t *Trainer) gradients(b Batch) (loss float64, err error) {
	if err := b.validate(t.State.Model.Config); err != nil {
		return 0, err
	}
	n, texts, weights := b.Counted(), b.Texts(), b.weights()
	t.parallel(Shards, func(w worker, i int) {
		s := &t.shards[i]
		s.batch = b.texts(i*texts/Shards, (i+1)*texts/Shards)
		s.run(w, t.State.Model, weights, t.copies)
	})
	for i := range t.shards {
		loss += t.shards[i].loss
	}
	return loss / float64(n), nil
}

// Loss returns the mean loss of a batch, in nats, and moves no weight.
func (t *Trainer) Loss(b Batch) (float64, error) {
	if err := b.validate(t.State.Model.Config); err != nil {
		return 0, err
	}
	var losses [Shards]float64
	n, texts := b.Counted(), b.Texts()
	t.parallel(Shards, func(w worker, i int) {
		part := b.texts(i*texts/Shards, (i+1)*texts/Shards)
		if part.Texts() == 0 {
			return
		}
		p := w.pass(t.State.Model.Config, part)
		p.forward(t.State.Model, part)
		losses[i] = crossEntropy(p.logits, part, 1, t.copies)
	})
	total := float64(0)
	for _, loss := range losses {
		total += loss
	}
	return total / float64(n), nil
}

// pass returns the worker's room for a batch.
func (w worker) pass(c model.Config, b Batch) *pass {
	size := [2]int{b.Texts(), b.T}
	if w[size] == nil {
		w[size] = newPass(c, size[0], size[1])
	}
	return w[size]
}

// run sets the shard's loss and gradient; weights is the sum of those of the whole batch, copies the number
// of the last token's.
func (s *shard) run(w worker, m *model.Model, weights float32, copies int) {
	if s.batch.Texts() == 0 {
		s.loss = 0
		for _, g := range s.gradient.Parameters() {
			clear(g.Data())
		}
		return
	}
	p := w.pass(m.Config, s.batch)
	p.forward(m, s.batch)
	s.loss = crossEntropy(p.logits, s.batch, weights, copies)
	p.backward(s.gradient, m, s.batch)
}

// update moves the weights by the gradient in shard 0, whose length is given.
func (t *Trainer) update(length float64) {
	r, n := t.Recipe, float64(t.State.Step+1)
	rate := r.RateAt(t.State.Step)
	shorten := 1.0
	if r.Clip > 0 && length > r.Clip {
		shorten = r.Clip / length
	}
	a := adamW{
		beta1: float32(r.Beta1), rest1: float32(1 - r.Beta1),
		beta2: float32(r.Beta2), rest2: float32(1 - r.Beta2), epsilon: float32(r.Epsilon),
		rate:   float32(rate / (1 - math.Pow(r.Beta1, n))),
		spread: float32(1 / math.Sqrt(1-math.Pow(r.Beta2, n))),
		keep:   float32(1 - rate*r.Decay),
		clip:   float32(shorten),
	}
	w, g := t.State.Model.Parameters(), t.shards[0].gradient.Parameters()
	mean, square := t.State.Mean.Parameters(), t.State.Square.Parameters()
	t.parallel(len(t.chunks), func(_ worker, i int) {
		if c := &t.chunks[i]; !t.muon(w[c.parameter]) {
			a.update(c.slice(w), c.slice(g), c.slice(mean), c.slice(square), c.matrix)
		}
	})
	u := muon{float32(r.Momentum), float32(rate), a.keep, a.clip}
	t.parallel(len(w), func(_ worker, i int) {
		if rows, cols := w[i].Shape(); t.muon(w[i]) {
			u.update(w[i].Data(), g[i].Data(), mean[i].Data(), rows, cols)
		}
	})
}

// muon reports whether Muon moves a weight: a matrix between two widths of the network. Embeddings are
// lists of rows that move one by one.
func (t *Trainer) muon(p *model.Tensor) bool {
	return t.Recipe.Momentum > 0 && strings.HasPrefix(p.Name, "h.") && !t.State.Model.Vector(p)
}
