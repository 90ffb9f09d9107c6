package model

import (
	"errors"
	"math"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// sameBits fails unless the two traces hold the same steps with the same bits.
func sameBits(t *testing.T, a, b *Trace, what string) {
	t.Helper()
	for i, s := range a.Steps {
		other := b.Steps[i]
		if s.Rows != other.Rows || s.Cols != other.Cols {
			t.Fatalf("%s: %s is (%d, %d) and (%d, %d)", what, s.Name, s.Rows, s.Cols, other.Rows, other.Cols)
		}
		for r := range s.Rows {
			for c, v := range s.Row(r) {
				if math.Float32bits(v) != math.Float32bits(other.Row(r)[c]) {
					t.Fatalf("%s: %s (%d, %d) is %v and %v", what, s.Name, r, c, v, other.Row(r)[c])
				}
			}
		}
	}
}

func TestAGrowingTextHasTheBitsOfAFullRun(t *testing.T) {
	wide, err := New(Config{Vocab: 37, Context: 17, Width: 66, Heads: 3, Blocks: 1})
	if err != nil {
		t.Fatal(err)
	}
	wide.Randomize(3)
	roughen(wide)
	for _, m := range []*Model{small(t, true), wide, shared(t)} {
		growsToTheSameBits(t, m)
	}
}

// growsToTheSameBits runs every text of up to a full context in two parts, split anywhere.
func growsToTheSameBits(t *testing.T, m *Model) {
	t.Helper()
	for T := 1; T <= m.Config.Context; T++ {
		ids := someIDs(T, m.Config.Vocab)
		full, err := m.Forward(ids)
		if err != nil {
			t.Fatal(err)
		}
		for split := range T {
			grown := NewTrace(m)
			for _, n := range []int{split, T} {
				if err := grown.Run(ids[:n]); err != nil {
					t.Fatal(err)
				}
			}
			sameBits(t, full, grown, "grown")
		}
	}
}

func TestAChangedTextHasTheBitsOfAFullRun(t *testing.T) {
	m := small(t, false)
	tr := NewTrace(m)
	ids := someIDs(12, m.Config.Vocab)
	for _, change := range []func(){
		func() {},
		func() { ids[11] = 3 },
		func() { ids[0] = 9 },
		func() { ids = ids[:4] },
		func() { ids = append(ids, 1, 2, 3) },
		func() { ids = nil },
		func() { ids = someIDs(17, m.Config.Vocab) },
	} {
		change()
		if err := tr.Run(ids); err != nil {
			t.Fatal(err)
		}
		full, err := m.Forward(ids)
		if err != nil {
			t.Fatal(err)
		}
		sameBits(t, full, tr, "changed")
	}
}

func TestATextThatDoesNotFitLeavesTheTraceAsItWas(t *testing.T) {
	m := small(t, true)
	tr, err := m.Forward([]int{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	var full *ContextError
	if err := tr.Run(make([]int, 20)); !errors.As(err, &full) || full.Tokens != 20 || full.Context != 17 {
		t.Errorf("20 tokens in a context of 17 give %v", err)
	}
	if err := tr.Run([]int{1, 23}); err == nil || !strings.Contains(err.Error(), "token 1 has id 23") {
		t.Errorf("an id outside the vocabulary gives %v", err)
	}
	again, _ := m.Forward([]int{1, 2, 3})
	sameBits(t, again, tr, "after errors")
}

func TestMaskedCellsAreThoseOfLaterKeys(t *testing.T) {
	tr := explainable(t, small(t, true), Sampling{})
	for _, s := range tr.Steps {
		square := s.Op == OpScores || s.Op == OpScale || s.Op == OpSoftmax && s.Block >= 0
		if s.Causal != square {
			t.Errorf("%s causal: %t", s.Name, s.Causal)
		}
		if _, ok := s.At(3, min(4, s.Cols-1)); ok == square {
			t.Errorf("%s (3, 4) has a value: %t", s.Name, ok)
		}
	}
}

func TestStepNamesAreStableAndDiffer(t *testing.T) {
	infos, err := Outline(Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3}, 6)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]Info{}
	for _, i := range infos {
		if _, twice := seen[i.Name]; twice {
			t.Errorf("%s stands twice", i.Name)
		}
		seen[i.Name] = i
	}
	s := seen["h.2.attn.head.1.scores"]
	if s.Rows != 6 || s.Cols != 6 || s.Block != 2 || s.Head != 1 || s.Inputs[1].Name != "h.2.attn.head.1.key" {
		t.Errorf("scores are %+v", s)
	}
	if q := seen["h.0.attn.head.2.value"]; q.Inputs[1] != (Range{Name: "h.0.attn.c_attn.weight", Col: 2*48 + 2*16, Cols: 16}) {
		t.Errorf("value reads %+v", q.Inputs)
	}
}

func TestAnOutlineDescribesTheStepsOfARun(t *testing.T) {
	for _, m := range []*Model{small(t, true), shared(t)} {
		tr := NewTrace(m)
		for _, T := range []int{0, 1, 17, 5} {
			if err := tr.Run(someIDs(T, m.Config.Vocab)); err != nil {
				t.Fatal(err)
			}
			outlined(t, tr, T)
		}
	}
}

// outlined fails unless the outline of T tokens has the steps of the trace.
func outlined(t *testing.T, tr *Trace, T int) {
	t.Helper()
	infos, err := Outline(tr.Model.Config, T)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range tr.Steps {
		info := s.Info()
		if !reflect.DeepEqual(info, infos[i]) {
			t.Fatalf("%d tokens: the outline has %+v, the run %+v", T, infos[i], info)
		}
		for _, in := range info.Inputs {
			if from := tr.Tensor(in.Name); in.Cols == 0 && from.Cols > 0 || in.Col+in.Cols > from.Cols {
				t.Errorf("%d tokens: %s reads columns %d to %d of %s, which has %d", T, s.Name, in.Col, in.Col+in.Cols-1, in.Name, from.Cols)
			}
		}
	}
	if weights := tr.Weights(); !reflect.DeepEqual(weights, infos[len(tr.Steps):]) {
		t.Errorf("the outline has the weights %+v, the model %+v", infos[len(tr.Steps):], weights)
	}
}

func TestEachStepKnowsItsLineOfTheSource(t *testing.T) {
	for _, m := range []*Model{small(t, true), smallLlama(t)} {
		tr := explainable(t, m, Sampling{})
		for _, s := range append(tr.Steps, tr.Drawn...) {
			file, text := s.Info().Source()
			if _, err := os.Stat("../" + file); err != nil || text == "" {
				t.Fatalf("%s was recorded in %q: %v", s.Name, file, err)
			}
			lines := strings.Split(text, "\n")
			label := s.Name[strings.LastIndex(s.Name, ".")+1:]
			if s.Op.Bends() {
				label = "Activate(" // which of them the configuration says
			}
			if s.Kind == KindAggregate {
				continue // recorded by the line of the layer norm, softmax or share
			}
			if !strings.Contains(lines[s.Line-1], `"`+label) && !strings.Contains(lines[s.Line-1], "."+label) {
				t.Errorf("%s points at %q", s.Name, lines[s.Line-1])
			}
		}
	}
}

// Attention takes T² numbers a head, so room that is not needed would be the most of all.
func TestARunTakesNoMoreRoomThanItNeeds(t *testing.T) {
	tr := explainable(t, small(t, true), Sampling{})
	for _, s := range tr.Steps {
		for _, h := range s.held {
			if len(h.data) != cap(h.data) || len(s.held) > 1 {
				t.Errorf("%s holds %d values in the room of %d, in %d stretches", s.Name, len(h.data), cap(h.data), len(s.held))
			}
		}
		if s.row == nil && s.held == nil {
			t.Errorf("%s holds nothing", s.Name)
		}
	}
}

func TestARowCacheHoldsTheRowsComputedLast(t *testing.T) {
	var c rowCache
	computed := 0
	get := func(rows ...int) (news int) {
		before := computed
		for _, r := range rows {
			if v := c.get(r, func(r int) []float32 {
				computed++
				return append(make([]float32, cachedValues/3), float32(r))
			}); v[len(v)-1] != float32(r) {
				t.Fatalf("row %d is that of %v", r, v[len(v)-1])
			}
		}
		return computed - before
	}
	if n := get(0, 1, 0, 1, 2, 1, 2); n != 3 { // 2 rows fit
		t.Errorf("computed %d rows; expected 3, of which 1 and 2 stay", n)
	}
	c.drop(2)
	if n := get(1, 2, 1, 2, 3, 2, 3); n != 2 {
		t.Errorf("computed %d rows after row 2 was dropped; expected 2 and 3", n)
	}
	if len(c.order) != len(c.rows) {
		t.Errorf("holds %d rows, in an order of %d", len(c.rows), len(c.order))
	}
}

// A vocabulary of 50257 words: every row is there when asked for, and few are held. Where
// tokens share rows, what is held are the rows that differ.
func TestALargeVocabularyIsHeldCompactly(t *testing.T) {
	for _, c := range []struct {
		name     string
		distinct int
		most     float64 // MB
	}{{"own rows", 0, 12}, {"shared rows", 3000, 3}} {
		t.Run(c.name, func(t *testing.T) {
			m, err := New(Config{Vocab: 50257, Context: 64, Width: 16, Heads: 2, Blocks: 1, Tied: true, Distinct: c.distinct})
			if err != nil {
				t.Fatal(err)
			}
			m.Randomize(1)
			if held := heldByATrace(t, m); held > c.most {
				t.Errorf("the trace holds %.1f MB; expected %.0f at most", held, c.most)
			}
		})
	}
}

// heldByATrace runs a full context, reads every row over the vocabulary by an explanation,
// and returns the memory that the trace takes then, in MB.
func heldByATrace(t *testing.T, m *Model) float64 {
	t.Helper()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	tr, err := m.Forward(someIDs(64, 50257))
	if err != nil {
		t.Fatal(err)
	}
	for row := range 64 {
		for _, name := range []string{"logits", "probabilities"} {
			e, err := tr.Explain(name, row, 50256-row*500)
			if err != nil {
				t.Fatal(err)
			}
			if err := check(tr, e, -1); err != nil {
				t.Errorf("%s, row %d: %v", name, row, err)
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	held := float64(after.HeapAlloc-before.HeapAlloc) / 1e6
	t.Logf("a trace of 64 tokens holds %.1f MB; logits and probabilities in full are %.1f MB", held, 2*4*64*50257/1e6)
	runtime.KeepAlive(tr)
	return held
}
