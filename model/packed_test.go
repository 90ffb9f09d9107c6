package model

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"glassbox/model/checkpoint/gguf"
	"glassbox/model/quant"
)

// leavePacked drops the float32 values of weights that are held in blocks too, so that m computes as a large model does.
func leavePacked(m *Model) {
	for _, p := range m.Parameters() {
		if p.packed != nil {
			p.data = nil
		}
	}
}

// language returns the page's language model, Q8_0 with shared rows, after a change of its file.
func language(t testing.TB, change func(f *gguf.File)) (*Model, error) {
	t.Helper()
	b, err := os.ReadFile("../static/models/language.gguf")
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		f, err := gguf.Decode("language.gguf", b)
		if err != nil {
			t.Fatal(err)
		}
		change(f)
		if b, err = gguf.Encode(f); err != nil {
			t.Fatal(err)
		}
	}
	m, _, err := Reading(map[string][]byte{"language.gguf": b})
	return m, err
}

func mustRead(t testing.TB, change func(f *gguf.File)) *Model {
	t.Helper()
	m, err := language(t, change)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestASmallModelInBlocksIsFloat32AndSaysItsBlocks(t *testing.T) {
	m, large := mustRead(t, nil), mustRead(t, nil)
	leavePacked(large)
	r, blocks := rand.New(rand.NewPCG(5, 6)), 0
	for i, p := range m.Parameters() {
		other := large.Parameters()[i]
		if p.Data() == nil || other.packed != nil && other.Data() != nil {
			t.Errorf("%s has %d values as float32, without them %d", p.Name, len(p.Data()), len(other.Data()))
		}
		for range 50 {
			row, col := r.IntN(p.Rows), r.IntN(p.Cols)
			v, _ := p.At(row, col)
			if w, _ := other.At(row, col); w != v || other.Row(row)[col] != v || p.Row(row)[col] != v {
				t.Fatalf("%s (%d, %d) is %v, and in blocks alone %v", p.Name, row, col, v, w)
			}
			parts, ok := p.Parts(row, col)
			if ok != (p.Type() == quant.Q8_0) || ok && parts.Value() != v {
				t.Fatalf("%s (%d, %d) is %v, of type %s, and is explained by %+v, %t", p.Name, row, col, v, p.Type(), parts, ok)
			}
			if ok {
				blocks++
			}
		}
	}
	if blocks != 50*17 {
		t.Errorf("%d numbers lie in blocks; expected 50 of each of 17 matrices", blocks)
	}
}

func TestAModelComputesTheSameFromItsBlocks(t *testing.T) {
	ids := someIDs(40, 50257)
	one, err := mustRead(t, nil).Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	large := mustRead(t, nil)
	leavePacked(large)
	other, err := large.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range one.Steps {
		for r := range s.Rows {
			for c, v := range s.distinct(r) {
				if w := other.Steps[i].distinct(r)[c]; math.Abs(float64(v-w)) > 1e-4*max(1, math.Abs(float64(v))) {
					t.Fatalf("%s (%d, %d) is %v, and from blocks %v", s.Name, r, c, v, w)
				}
			}
		}
	}
	checkCells(t, other, 5)
}

func TestAModelInBlocksIsExpandedWithItsValues(t *testing.T) {
	for name, prepare := range map[string]func(*Model){"float32 too": func(*Model) {}, "blocks alone": leavePacked} {
		t.Run(name, func(t *testing.T) {
			m := mustRead(t, nil)
			prepare(m)
			full := m.Expanded()
			for i, p := range m.Parameters() {
				values, cols := p.Values(), p.Cols
				for _, r := range []int{0, p.Rows / 2, p.Rows - 1} {
					if !slices.Equal(p.Row(r), full.Parameters()[i].Row(r)) {
						t.Fatalf("row %d of %s is another one when it is expanded", r, p.Name)
					}
					if at := p.rows.Row(r); !slices.Equal(p.Row(r), values[at*cols:][:cols]) {
						t.Fatalf("row %d of %s is another one among all values", r, p.Name)
					}
				}
			}
		})
	}
}

// GPT-2's positions are F32 in most files; one that has them in another type was read, and then could not be run.
func TestPositionsMayHaveAnyType(t *testing.T) {
	ids := someIDs(12, 50257)
	want, err := mustRead(t, nil).Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, as := range []quant.Type{quant.F16, quant.Q8_0} {
		m := mustRead(t, func(f *gguf.File) {
			for i, p := range f.Tensors {
				if p.Name == "position_embd.weight" {
					v, err := p.Float32()
					if err != nil {
						t.Fatal(err)
					}
					if f.Tensors[i], err = gguf.FromFloat32(p.Name, p.Shape, as, v); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
		leavePacked(m)
		got, err := m.Forward(ids)
		if err != nil {
			t.Fatal(err)
		}
		for c, v := range want.Step("embed.position").Row(11) {
			if w := got.Step("embed.position").Row(11)[c]; math.Abs(float64(v-w)) > 0.01 {
				t.Errorf("as %s position 11 has %v in column %d; expected %v", as, w, c, v)
			}
		}
		checkCells(t, got, 5)
	}
}

// BenchmarkBlocks compares a small model's two forms: what a prompt of 31 tokens takes, and one more.
func BenchmarkBlocks(b *testing.B) {
	for name, prepare := range map[string]func(*Model){"float32": func(*Model) {}, "blocks": leavePacked} {
		m, ids := mustRead(b, nil), someIDs(32, 50257)
		prepare(m)
		b.Run("prompt/"+name, func(b *testing.B) {
			for b.Loop() {
				run(b, NewTrace(m), ids[:31])
			}
		})
		b.Run("token/"+name, func(b *testing.B) {
			tr := NewTrace(m)
			for b.Loop() {
				b.StopTimer()
				run(b, tr, ids[:31])
				b.StartTimer()
				run(b, tr, ids)
			}
		})
	}
}
