package train

import (
	"fmt"
	"slices"
	"testing"
)

func TestSortHoldsAFifthOutAndNeverTrainsOnIt(t *testing.T) {
	s := NewSort(1)
	if len(s.Seen) != 583 || len(s.HeldOut) != 146 {
		t.Fatalf("%d inputs are seen and %d held out; expected 583 and 146", len(s.Seen), len(s.HeldOut))
	}
	all := map[string]bool{}
	heldOut := map[string]bool{}
	for _, input := range slices.Concat(s.Seen, s.HeldOut) {
		all[fmt.Sprint(input)] = true
	}
	for _, input := range s.HeldOut {
		heldOut[fmt.Sprint(input)] = true
	}
	if len(all) != 729 {
		t.Errorf("there are %d different inputs; expected 729", len(all))
	}
	trained := map[string]bool{}
	for step := range 200 {
		b := s.Batch(step, 64)
		for i := range b.Texts() {
			trained[fmt.Sprint(b.texts(i, i+1).IDs[:6])] = true
		}
	}
	for input := range trained {
		if heldOut[input] {
			t.Errorf("the held-out input %s is in a batch", input)
		}
	}
	if len(trained) != len(s.Seen) {
		t.Errorf("200 batches show %d of the %d inputs", len(trained), len(s.Seen))
	}
}

func TestSortAsksForTheSortedLettersAndNothingElse(t *testing.T) {
	b := NewSort(1).Batch(0, 64)
	for i := range b.Texts() {
		text := b.texts(i, i+1)
		answer := slices.Sorted(slices.Values(text.IDs[:6]))
		if want := answer[:5]; !slices.Equal(text.IDs[6:], want) {
			t.Errorf("after %v the text goes on with %v; expected %v", text.IDs[:6], text.IDs[6:], want)
		}
		if want := append([]int{-1, -1, -1, -1, -1}, answer...); !slices.Equal(text.Targets, want) {
			t.Errorf("the targets of %v are %v; expected %v", text.IDs, text.Targets, want)
		}
	}
}

func TestBatchesAndSplitsFollowFromTheSeed(t *testing.T) {
	a, b, c := NewSort(1), NewSort(1), NewSort(2)
	a.Batch(6, 8) // a batch leaves nothing behind that the next one could depend on
	if !slices.Equal(a.Batch(7, 8).IDs, b.Batch(7, 8).IDs) {
		t.Error("the same seed and step gave different batches")
	}
	if slices.Equal(a.Batch(7, 8).IDs, a.Batch(8, 8).IDs) {
		t.Error("two steps gave the same batch")
	}
	if slices.EqualFunc(a.HeldOut, c.HeldOut, slices.Equal[[]int]) {
		t.Error("two seeds hold out the same inputs")
	}
}

func TestARandomModelDoesNotPass(t *testing.T) {
	task := NewSort(1)
	s, err := NewState(task.Config(), 1)
	if err != nil {
		t.Fatal(err)
	}
	report, err := task.Evaluate(s.Model)
	if err != nil || report.Passed {
		t.Errorf("a model that has learned nothing passed: %v, %v", report, err)
	}
}

func TestOpenNamesTheTasks(t *testing.T) {
	if task, err := Open("sort", 1); err != nil || task.Name() != "sort" {
		t.Errorf("Open(sort) gave %v, %v", task, err)
	}
	_, err := Open("poems", 1)
	if err == nil || err.Error() != `there is no task "poems"; expected sort` {
		t.Errorf("the error is %v", err)
	}
}
