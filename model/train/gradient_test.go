package train

import (
	"math"
	"math/rand/v2"
	"testing"

	"glassbox/model"
)

// sample is a task of random texts, with weights wide enough that no gradient is small by chance.
func sample(t *testing.T, c model.Config, texts int) (*fixture, *rand.Rand) {
	t.Helper()
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(uint64(c.Width), 7))
	for _, p := range m.Parameters() {
		for i := range p.Data() {
			p.Data()[i] = float32(r.NormFloat64() * 0.3)
			if m.Vector(p) {
				p.Data()[i]++
			}
		}
	}
	b := Batch{T: c.Context}
	for i := range texts * c.Context {
		b.IDs = append(b.IDs, r.IntN(c.Vocab))
		b.Targets = append(b.Targets, r.IntN(c.Vocab))
		if i%3 == 0 {
			b.Targets[i] = Ignore
		}
	}
	recipe := Recipe{Steps: 10, Batch: texts, Rate: 1e-3, Beta1: 0.9, Beta2: 0.95, Epsilon: 1e-8, Decay: 0.1, Clip: 1}
	return &fixture{folder: "sample", model: m, batch: b, recipe: recipe}, r
}

// Every parameter tensor, sampled cells: the gradient is the slope of the loss, taken in float64 by an
// implementation of its own, (loss(w+h) − loss(w−h))/2h. With h = 1e-5 that is right to about 1e-9.
func TestGradientsAreSlopesOfTheLoss(t *testing.T) {
	for _, c := range []model.Config{
		{Vocab: 7, Context: 6, Width: 12, Heads: 3, Blocks: 2, Tied: true},
		{Vocab: 5, Context: 5, Width: 8, Heads: 2, Blocks: 3},
	} {
		f, r := sample(t, c, 11) // shards of one and of two texts
		loss, gradient := f.trainer(t, 2).gradient(t, f.batch)
		ref := newReference(f.model)
		if want := ref.loss(f.batch); math.Abs(loss-want) > 1e-6*want {
			t.Fatalf("the loss is %.9f; expected %.9f", loss, want)
		}
		for _, p := range gradient.Parameters() {
			largest := float64(0)
			for _, v := range p.Data() {
				largest = max(largest, math.Abs(float64(v)))
			}
			for range 12 {
				i := r.IntN(len(p.Data()))
				want := ref.slope(p.Name, i, f.batch)
				if got := float64(p.Data()[i]); math.Abs(got-want) > 2e-5*largest+1e-7 {
					t.Errorf("%s, value %d: the gradient is %g; the slope of the loss is %g", p.Name, i, got, want)
				}
			}
		}
	}
}

func (ref reference) slope(name string, i int, b Batch) float64 {
	const h = 1e-5
	w := ref.w[name]
	at := w[i]
	w[i] = at + h
	above := ref.loss(b)
	w[i] = at - h
	below := ref.loss(b)
	w[i] = at
	return (above - below) / (2 * h)
}

func TestIgnoredTargetsLeaveNoTrace(t *testing.T) {
	f, _ := sample(t, model.Config{Vocab: 5, Context: 6, Width: 8, Heads: 2, Blocks: 1}, 2)
	for i := range f.batch.Targets {
		if i%6 > 2 {
			f.batch.Targets[i] = Ignore
		}
	}
	tr := f.trainer(t, 1)
	loss, g := tr.gradient(t, f.batch)
	first := append([]float32(nil), g.WTE.Data()...)
	for i := range f.batch.IDs { // what follows the last target can have no influence
		if i%6 > 2 {
			f.batch.IDs[i] = (f.batch.IDs[i] + 1) % 5
		}
	}
	again, g := tr.gradient(t, f.batch)
	if loss != again {
		t.Errorf("the loss went from %v to %v with tokens that no target sees", loss, again)
	}
	near(t, "gradient of wte", g.WTE.Data(), first, 0, 0)
}

func TestTransposeTurnsRowsIntoColumns(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {3, 70}, {65, 33}, {64, 32}} {
		rows, cols := size[0], size[1]
		m, out := make([]float32, rows*cols), make([]float32, rows*cols)
		for i := range m {
			m[i] = float32(i)
		}
		transpose(out, m, rows, cols)
		for i, v := range m {
			if r, c := i/cols, i%cols; out[c*rows+r] != v {
				t.Fatalf("%d×%d: row %d, column %d became %v; expected %v", rows, cols, c, r, out[c*rows+r], v)
			}
		}
	}
}
