package engine

import (
	"os"
	"testing"

	"glassbox/model"
	"glassbox/tokenizer/r50k"
)

// sorter returns an engine that has loaded the published model that sorts six letters.
func sorter(t testing.TB) *Engine {
	t.Helper()
	e := New()
	ask(t, e, Request{ID: 1, Load: &Load{Name: "sort.safetensors", File: weights(t)}})
	return e
}

// weights returns the file of that model.
func weights(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// withTable makes the GPT-2 tokenizer of e ready.
func withTable(t testing.TB, e *Engine) *Engine {
	t.Helper()
	ask(t, e, Request{ID: 2, Load: &Load{Name: "r50k", Table: r50k.Table()}})
	return e
}

// ask sends a request by way of its wire form and fails on an error.
func ask(t testing.TB, e *Engine, q Request) Reply {
	t.Helper()
	r := try(t, e, q)
	if r.Error != "" {
		t.Fatalf("the engine refused: %s", r.Error)
	}
	return r
}

// try sends a request by way of its wire form and returns the reply by way of its own.
func try(t testing.TB, e *Engine, q Request) Reply {
	t.Helper()
	q, err := DecodeRequest(EncodeRequest(q))
	if err != nil {
		t.Fatal(err)
	}
	r, err := DecodeReply(EncodeReply(e.Handle(q)))
	if err != nil {
		t.Fatal(err)
	}
	if r.ID != q.ID {
		t.Fatalf("the reply to request %d has ID %d", q.ID, r.ID)
	}
	return r
}

// greedy is a run that always takes the most likely token.
func greedy(text string, generated ...int) *Run {
	return &Run{Text: text, Generated: generated, Sampling: model.Sampling{TopP: 1}}
}

// find returns the values of that name.
func find(t testing.TB, list []Values, name string) Values {
	t.Helper()
	for _, v := range list {
		if v.Name == name {
			return v
		}
	}
	t.Fatalf("there are no values of %s", name)
	return Values{}
}
