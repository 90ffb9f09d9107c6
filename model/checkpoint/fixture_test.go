package checkpoint

import (
	"math"
	"testing"

	"glassbox/model"
)

// random returns a model of these sizes whose gains and biases are such that a mistake would show, and whose weights are
// large enough for attention to choose.
func random(t testing.TB, c model.Config) *model.Model {
	t.Helper()
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(7)
	for i, p := range m.Parameters() {
		for j := range p.Data() {
			p.Data()[j] = p.Data()[j]*5 + 0.1*float32(math.Sin(float64(7*i+j)))
		}
	}
	return m
}

// small returns a random GPT-2 of odd sizes.
func small(t testing.TB, tied bool) *model.Model {
	return random(t, model.Config{Vocab: 23, Context: 17, Width: 12, Heads: 3, Blocks: 2, Tied: tied})
}

// smallLlama returns a random Llama of odd sizes.
func smallLlama(t testing.TB) *model.Model {
	return random(t, model.Config{Family: model.FamilyLlama, Vocab: 23, Context: 17, Width: 12, Heads: 6, KeyValues: 2, HeadWidth: 4, Blocks: 2, Inner: 20,
		Activation: model.SiLU, Rotary: model.Rotary{Theta: 500}})
}

// shared returns a random GPT-2 most of whose tokens share a row.
func shared(t testing.TB) *model.Model {
	compact := random(t, model.Config{Vocab: 9, Context: 17, Width: 12, Heads: 3, Blocks: 2, Tied: true})
	m, err := model.Share(compact, []int{8, 0, 8, 3, 8, 8, 1, 2, 8, 7, 8, 5, 3, 8, 4, 8, 8, 6, 0, 8, 8, 8, 8})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// rowsOf returns the row of each token.
func rowsOf(m *model.Model) (rows []int) {
	for id := range m.Config.Vocab {
		rows = append(rows, m.Sharing.Row(id))
	}
	return rows
}

// transpose returns the values of a (rows, cols) matrix column by column.
func transpose(v []float32, rows, cols int) (out []float32) {
	for c := range cols {
		for r := range rows {
			out = append(out, v[r*cols+c])
		}
	}
	return out
}
