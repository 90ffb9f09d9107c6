package apptest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"glassbox/web/feature"
	"glassbox/web/feature/open"
)

// Drop returns a reader who has opened files, by their names, and answered what they leave open.
func Drop(t testing.TB, files map[string][]byte, answers feature.FileAnswers) *Reader {
	t.Helper()
	r := Open(t, "")
	r.Files = map[int][]byte{}
	var chosen []feature.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		n := len(chosen) + 1
		r.Files[n] = files[name]
		chosen = append(chosen, feature.File{Number: n, Name: name, Size: len(files[name])})
	}
	r.Send(open.Chosen{Files: chosen})
	if o := open.Of(&r.S); o != nil {
		if answers.Heads == 0 {
			answers.Heads = o.Heads
		}
		r.Send(open.Answered{Answers: answers}, open.Confirmed{})
	}
	if r.S.Choice().Source == nil || r.S.Problem != nil || len(r.S.Tokens) == 0 {
		t.Fatalf("%v did not open: %+v, %q", slices.Sorted(maps.Keys(files)), r.S.Problem, r.S.TextError)
	}
	return r
}

// Kin returns a reader who has opened a model of model/testdata with its configuration, "tiny-mistral", whose tokens are numbers.
func Kin(t testing.TB, folder string) *Reader {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{"model.safetensors", "config.json"} {
		b, err := os.ReadFile(filepath.Join("../../../model/testdata", folder, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = b
	}
	return Drop(t, files, feature.FileAnswers{Words: "numbers"})
}
