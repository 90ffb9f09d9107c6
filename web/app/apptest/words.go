package apptest

import (
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
)

// Words returns a reader at a model of GPT-2's vocabulary, opened from a file, most of whose tokens
// share a row: it has never seen those from 4000 on.
func Words(t testing.TB) *Reader {
	t.Helper()
	m, err := model.New(model.Config{Vocab: feature.GPT2Vocab, Context: 16, Width: 16, Heads: 4, Blocks: 2, Tied: true, Distinct: 4001})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(5)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := Open(t, "")
	f := feature.File{Number: 1, Name: "words.safetensors", Size: len(b)}
	r.Files = map[int][]byte{f.Number: b}
	r.Send(open.Chosen{Files: []feature.File{f}})
	if r.S.Problem != nil || len(r.S.Tokens) != 3 {
		t.Fatalf("the model did not open: %+v, %v", r.S.Problem, r.S.Tokens)
	}
	return r
}
