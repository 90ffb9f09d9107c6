package lab

import (
	"math"
	"testing"

	"glassbox/model"
)

// sampled returns a run whose next token is drawn with these settings.
func sampled(t *testing.T, set model.Sampling) *model.Trace {
	t.Helper()
	tr, err := open(t, "../testdata/nano-sort/weights.safetensors").Forward([]int{2, 1, 0, 1, 1, 2})
	if err == nil {
		_, err = tr.Sample(set)
	}
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func TestEachOfManyDrawsIsThatOfTheRunWithThisNumber(t *testing.T) {
	const n = 200
	set := model.Sampling{Temperature: 3, TopP: 0.97, Seed: 5, Draw: 2}
	tr := sampled(t, set)
	want := make([]int, tr.Model.Config.Vocab)
	for draw := range n {
		one := set
		one.Draw += draw
		id, err := tr.Sample(one)
		if err != nil {
			t.Fatal(err)
		}
		want[id]++
		if got := Draws(tr, one, 1); got[id] != 1 {
			t.Fatalf("draw %d: the run draws %d; counted is %v", draw, id, got)
		}
	}
	got := Draws(tr, set, n)
	for id := range want {
		if got[id] != want[id] {
			t.Errorf("token %d is drawn %d times; counted are %d", id, want[id], got[id])
		}
	}
}

func TestManyDrawsFollowTheChances(t *testing.T) {
	const n = 10000
	tr := sampled(t, model.Sampling{Temperature: 2, Seed: 1})
	p := tr.Find(model.PartSample, model.OpShare).Row(0)
	for id, count := range Draws(tr, model.Sampling{Seed: 1}, n) {
		if e := n * float64(p[id]); math.Abs(float64(count)-e) > 5*math.Sqrt(e)+1 {
			t.Errorf("token %d is drawn %d times of %d; its chance is %v", id, count, n, p[id])
		}
	}
}

func TestStagesAreThoseThatChangeSomething(t *testing.T) {
	for _, c := range []struct {
		set  model.Sampling
		want []string
	}{
		{model.Sampling{Temperature: 1}, []string{"probabilities", "sample.probabilities"}},
		{model.Sampling{Temperature: 2, TopK: 2}, []string{"probabilities", "sample.temperature", "sample.top_k", "sample.probabilities"}},
		{model.Sampling{Temperature: 5, TopP: 0.5}, []string{"probabilities", "sample.temperature", "sample.top_p", "sample.probabilities"}},
		{model.Sampling{Temperature: 5, MinP: 0.5}, []string{"probabilities", "sample.temperature", "sample.min_p", "sample.probabilities"}},
		{model.Sampling{}, []string{"probabilities", "sample.top_k", "sample.probabilities"}},
	} {
		list := Stages(sampled(t, c.set))
		var names []string
		for _, s := range list {
			names = append(names, s.Step)
			sum := 0.0
			for _, v := range s.Chances {
				sum += v
			}
			if math.Abs(sum-1) > 1e-5 {
				t.Errorf("%+v: the chances at %s sum to %v", c.set, s.Step, sum)
			}
		}
		if len(names) != len(c.want) {
			t.Errorf("%+v: %v; expected %v", c.set, names, c.want)
			continue
		}
		for i := range names {
			if names[i] != c.want[i] {
				t.Errorf("%+v: %v; expected %v", c.set, names, c.want)
			}
		}
	}
}
