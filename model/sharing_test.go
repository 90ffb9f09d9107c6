package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// shared returns a random model in which tokens share rows: most of them the last one, and
// a few pairs another.
func shared(t testing.TB) *Model {
	t.Helper()
	compact, err := New(Config{Vocab: 9, Context: 17, Width: 12, Heads: 3, Blocks: 2, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	compact.Randomize(7)
	roughen(compact)
	m, err := Share(compact, []int{8, 0, 8, 3, 8, 8, 1, 2, 8, 7, 8, 5, 3, 8, 4, 8, 8, 6, 0, 8, 8, 8, 8})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// twins returns the traces of a shared model and of the same model expanded.
func twins(t *testing.T, m *Model, ids []int) (one, full *Trace) {
	t.Helper()
	one, err := m.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	if full, err = m.Expanded().Forward(ids); err != nil {
		t.Fatal(err)
	}
	return one, full
}

// near fails unless two rows of steps hold the same values to 1e-6, and mask the same cells.
func near(t *testing.T, a, b *Step, r int) {
	t.Helper()
	row := a.Row(r)
	if len(row) != len(b.Row(r)) {
		t.Fatalf("%s has %d values in row %d; the expanded model has %d", a.Name, len(row), r, len(b.Row(r)))
	}
	for c, want := range b.Row(r) {
		if got := row[c]; got != want && !(math.Abs(float64(got-want)) <= 1e-6*max(1, math.Abs(float64(want)))) {
			t.Fatalf("%s (%d, %d) is %v; in the expanded model it is %v", a.Name, r, c, got, want)
		}
		if v, ok := a.At(r, c); ok == b.Masked(r, c) || ok && v != row[c] || !ok && v != 0 {
			t.Fatalf("%s (%d, %d) is %v, %t; its row has %v, and in the expanded model masked is %t", a.Name, r, c, v, ok, row[c], b.Masked(r, c))
		}
	}
}

func TestASharedModelIsTheExpandedOne(t *testing.T) {
	m := shared(t)
	one, full := twins(t, m, someIDs(17, m.Config.Vocab))
	for i, s := range one.Steps {
		other := full.Steps[i]
		if s.Name != other.Name || s.Rows != other.Rows || s.Cols != other.Cols {
			t.Fatalf("%s (%d, %d) is %s (%d, %d) in the expanded model", s.Name, s.Rows, s.Cols, other.Name, other.Rows, other.Cols)
		}
		for r := range s.Rows {
			near(t, s, other, r)
		}
	}
}

// Every setting of the sampling leaves, and draws, the same tokens in both.
func TestASharedModelDrawsWhatTheExpandedOneDraws(t *testing.T) {
	m := shared(t)
	for n := 1; n <= 17; n += 4 {
		one, full := twins(t, m, someIDs(n, m.Config.Vocab))
		for _, temperature := range []float32{0, 1e-3, 0.3, 1, 5, 1e6} {
			for _, k := range []int{0, 1, 2, 5, 12, 22, 23} {
				for _, p := range []float32{0, 1e-9, 0.3, 0.9, 0.9999999} {
					set := Sampling{Temperature: temperature, TopK: k, TopP: p, Seed: uint64(n + k)}
					a, err := one.Sample(set)
					b, err2 := full.Sample(set)
					if err != nil || err2 != nil || a != b {
						t.Fatalf("%+v draws %d, %v; the expanded model %d, %v", set, a, err, b, err2)
					}
					for i, s := range one.Drawn {
						near(t, s, full.Drawn[i], 0)
					}
				}
			}
		}
	}
}

func TestASharedModelRanksAsTheExpandedOne(t *testing.T) {
	m := shared(t)
	m.WTE.data = slices.Concat(m.WTE.data[:3*12], m.WTE.data[:12], m.WTE.data[4*12:]) // rows 0 and 3 are equal
	one, full := twins(t, m, someIDs(9, m.Config.Vocab))
	for _, tr := range []*Trace{one, full} {
		if _, err := tr.Sample(Sampling{Temperature: 1, TopK: 14, TopP: 0.97}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"logits", "probabilities", "sample.top_k", "sample.probabilities"} {
		s, other := one.Step(name), full.Step(name)
		for r := range s.Rows {
			for n := range 25 {
				if got, want := s.Ranked(r, n), other.Ranked(r, n); !slices.Equal(got, want) {
					t.Fatalf("%s row %d: the first %d are %v; in the expanded model %v", name, r, n, got, want)
				}
			}
			for rank, id := range s.Ranked(r, 23) {
				if got, want := s.Rank(r, id), other.Rank(r, id); got != rank || want != rank {
					t.Errorf("%s row %d: token %d has rank %d, in the expanded model %d; expected %d", name, r, id, got, want, rank)
				}
			}
		}
	}
}

func TestTokensThatShareARowAreUnseen(t *testing.T) {
	m := shared(t)
	unseen := []int{}
	for id := range 23 {
		if m.Unseen(id) {
			unseen = append(unseen, id)
		}
	}
	if want := []int{0, 1, 2, 3, 4, 5, 8, 10, 12, 13, 15, 16, 18, 19, 20, 21, 22}; !slices.Equal(unseen, want) {
		t.Errorf("unseen are %v; expected %v", unseen, want)
	}
	if small(t, true).Unseen(3) {
		t.Error("a token of an ordinary model is unseen")
	}
}

func TestSizesAreStatedDistinctAndExpanded(t *testing.T) {
	m := shared(t)
	count := func(m *Model) (n int) {
		for _, p := range m.Parameters() {
			n += len(p.Data())
		}
		return n
	}
	if got := m.Config.Parameters(); got != count(m) {
		t.Errorf("%d parameters are stated; the model has %d", got, count(m))
	}
	full := m.Expanded()
	if got := m.Config.Expanded().Parameters(); got != count(full) || got != full.Config.Parameters() {
		t.Errorf("%d parameters are stated; the expanded model has %d", got, count(full))
	}
}

func TestRowsThatCannotBeSharedAreRefused(t *testing.T) {
	compact, err := New(Config{Vocab: 3, Context: 2, Width: 4, Heads: 1, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	untied, err := New(Config{Vocab: 3, Context: 2, Width: 4, Heads: 1, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]struct {
		m    *Model
		rows []int
	}{
		"token 1 has row 3; expected 0 to 2":  {compact, []int{0, 3, 1, 2}},
		"token 2 has row -1; expected 0 to 2": {compact, []int{0, 1, -1, 2}},
		"row 1 belongs to no token":           {compact, []int{0, 2, 0, 2}},
		"wte.weight has 3 rows":               {compact, []int{0, 1}},
		"vocab_size is 0":                     {compact, nil},
		"the output is not tied":              {untied, []int{0, 1, 2, 2}},
		"share rows already":                  {shared(t), []int{0}},
	} {
		if _, err := Share(c.m, c.rows); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("rows %v: %v; expected %q", c.rows, err, want)
		}
	}
}

// The order of a sum over shared rows is that of the rows, and the kernels add it in lanes:
// it must stay within rounding of the sum over all tokens.
func TestASumOverSharedRowsIsTheSumOverAllTokens(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	rows := make([]int, 50257)
	for id := range rows {
		rows[id] = min(id/2, 3000)
	}
	sharing, err := newSharing(rows, 3001)
	if err != nil {
		t.Fatal(err)
	}
	x := Tensor{Rows: 1, Cols: len(rows), shared: sharing, data: make([]float32, 3001)}
	for i := range x.data {
		x.data[i] = float32(r.NormFloat64() * 3)
	}
	want := 0.0
	for id := range rows {
		v, _ := x.At(0, id)
		want += math.Exp(float64(v) - 2)
	}
	if got := float64(x.sumExp(0, 2)); math.Abs(got-want) > 1e-5*want {
		t.Errorf("the sum is %v; expected %v", got, want)
	}
}
