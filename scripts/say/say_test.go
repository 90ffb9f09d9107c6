package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/scripts/catalogue"
)

func TestTheGoOfTheCatalogueIsFresh(t *testing.T) {
	folder := filepath.Join("..", "..", "web", "say")
	fresh := t.TempDir()
	if err := run(filepath.Join("..", "..", "static", "language"), fresh); err != nil {
		t.Fatal(err)
	}
	before, after := generated(t, folder), generated(t, fresh)
	for name := range before {
		if after[name] != before[name] {
			t.Errorf("%s is not what the catalogue gives; run ./scripts/generate", name)
		}
	}
	if len(after) != len(before) {
		t.Errorf("the catalogue gives %d files; there are %d", len(after), len(before))
	}
}

func generated(t *testing.T, folder string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*_gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(b)
	}
	return files
}

func TestATextBecomesAMethodWithItsArguments(t *testing.T) {
	l, err := catalogue.Parse("en", []byte(`{"trail": {"left": "{n, plural, one {# step} other {# steps}} to {word} in {places, list}", "key": "Press <key>D</key>"}}`))
	if err != nil {
		t.Fatal(err)
	}
	got := string(sectionFile("trail", l.Texts))
	for _, want := range []string{
		"func (trailTexts) Left(n int, word string, places []string) string { return fillNumberTextList(trailAt+0, n, word, places) }",
		"func (trailTexts) Key() []Piece { return pieces(trailAt+1) }",
		"const trailCount = 2",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("expected %s in\n%s", want, got)
		}
	}
}
