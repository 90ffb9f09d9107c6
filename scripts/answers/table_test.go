package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/web/app"
)

// TestEveryAnswerHasAPlaceAndAPicture fails for an address that the page no longer knows, and for pictures that
// are missing or left over.
func TestEveryAnswerHasAPlaceAndAPicture(t *testing.T) {
	folder := filepath.Join("..", "..", "static", "answers")
	readme, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, a := range answers {
		if names[a.name] {
			t.Errorf("%s comes twice", a.name)
		}
		names[a.name] = true
		if _, warnings := app.ParseHash("#" + a.hash()); len(warnings) > 0 {
			t.Errorf("%s: %v", a.name, warnings)
		}
		if !strings.Contains(string(readme), a.section()) {
			t.Errorf("README.md does not say what the table says of %s", a.name)
		}
	}
	pictures, err := filepath.Glob(filepath.Join(folder, "*.jpg"))
	if err != nil || len(pictures) != len(answers) {
		t.Errorf("there are %d pictures of %d answers, %v", len(pictures), len(answers), err)
	}
	for _, p := range pictures {
		if name := strings.TrimSuffix(filepath.Base(p), ".jpg"); !names[name] {
			t.Errorf("nothing is said of the picture %s", name)
		}
	}
}
