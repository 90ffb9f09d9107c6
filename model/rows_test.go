package model

import (
	"math"
	"math/rand/v2"
	"testing"
)

// rowsModels are models of both families whose context is several stretches long.
func rowsModels(t *testing.T) map[string]*Model {
	t.Helper()
	models := map[string]*Model{}
	for name, c := range map[string]Config{
		"GPT-2": {Vocab: 23, Context: 90, Width: 12, Heads: 3, Blocks: 2},
		"Llama": {Family: FamilyLlama, Vocab: 23, Context: 90, Width: 16, Heads: 4, KeyValues: 2, Blocks: 2, Inner: 20, HeadNorms: true,
			Window: 7, WindowFrom: 1, Biases: BiasQKV, Rotary: Rotary{Theta: 1e4}},
	} {
		m, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		m.Randomize(3)
		roughen(m)
		models[name] = m
	}
	return models
}

// typed runs a text as a reader writes it: a prompt, some tokens more, one by one, and a change.
func typed(t *testing.T, m *Model, budget int) *Trace {
	t.Helper()
	tr := NewTrace(m)
	tr.Budget = budget
	ids := someIDs(44, m.Config.Vocab)
	ids[24] = 5
	for _, n := range []int{21, 22, 23, 24, 30, 44, 27, 34} {
		if n == 27 {
			ids[24] = 6
		}
		if err := tr.Run(ids[:n]); err != nil {
			t.Fatal(err)
		}
	}
	return tr
}

// TestEveryNumberIsComputedAgainWithTheSameBits asks for all of them in an order that no cache expects.
func TestEveryNumberIsComputedAgainWithTheSameBits(t *testing.T) {
	type cell struct{ step, row, col int }
	for name, m := range rowsModels(t) {
		full := typed(t, m, math.MaxInt)
		var cells []cell
		for i, s := range full.Steps {
			for c := range s.Rows * s.Cols {
				cells = append(cells, cell{i, c / s.Cols, c % s.Cols})
			}
		}
		for _, budget := range []int{0, 5_000, 50_000} {
			tr := typed(t, m, budget)
			missing := 0
			rand.New(rand.NewPCG(1, uint64(budget))).Shuffle(len(cells), func(i, j int) { cells[i], cells[j] = cells[j], cells[i] })
			for _, at := range cells {
				s := tr.Steps[at.step]
				if s.row == nil && !s.holds(at.row, at.row+1) {
					missing++
				}
				v, ok := s.At(at.row, at.col)
				if want, is := full.Steps[at.step].At(at.row, at.col); ok != is || math.Float32bits(v) != math.Float32bits(want) {
					t.Fatalf("%s, %d bytes: %s (%d, %d) is %v, %t; in a trace that holds all %v, %t", name, budget, s.Name, at.row, at.col, v, ok, want, is)
				}
			}
			if missing < 100 {
				t.Errorf("%s, %d bytes: only %d numbers had to be computed again", name, budget, missing)
			}
		}
	}
}

func TestATraceHoldsNoMoreThanItsBudgetAndWhatLasts(t *testing.T) {
	for name, m := range rowsModels(t) {
		tr := typed(t, m, 20_000)
		checkCells(t, tr, 3)
		tr.forget()
		again, lasting := 0, int64(0)
		for _, s := range tr.Steps {
			for _, h := range s.held {
				if s.lasts {
					lasting += 4 * int64(len(h.data))
				} else {
					again += h.bytes()
				}
			}
		}
		if again != tr.bytes || again > 20_000 {
			t.Errorf("%s: %d bytes are held that could be computed again, and %d counted; expected 20000 at most", name, again, tr.bytes)
		}
		if want := m.Config.Kept(34); lasting != want {
			t.Errorf("%s: %d bytes last; expected %d", name, lasting, want)
		}
	}
}

// Nothing that is held moves when a text grows, so that a token costs the same wherever it stands.
func TestAGrowingTextMovesNoRows(t *testing.T) {
	m := rowsModels(t)["GPT-2"]
	tr, ids := NewTrace(m), someIDs(90, 23)
	type place struct {
		step *Step
		row  int
	}
	at := map[place]*float32{}
	for n := 20; n <= 90; n++ {
		if err := tr.Run(ids[:n]); err != nil {
			t.Fatal(err)
		}
		for _, s := range tr.Steps {
			if s.row != nil {
				continue
			}
			for r := range n {
				first := &s.Row(r)[0]
				if was := at[place{s, r}]; was != nil && was != first {
					t.Fatalf("row %d of %s has moved in a text of %d tokens", r, s.Name, n)
				}
				at[place{s, r}] = first
			}
		}
	}
}
