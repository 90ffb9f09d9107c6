package main

import (
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/web/app"
)

// TestASectionShowsItsPicture spells out what table and code make together.
func TestASectionShowsItsPicture(t *testing.T) {
	a := answer{name: "kite", weakness: "100 % of it hangs", instead: "It flies.", address: "text=a kite"}
	want := "\n## 100 % of it hangs\n\nIt flies. `#text=a%20kite`\n\n![100 % of it hangs](kite.jpg)\n"
	if got := a.section(); got != want {
		t.Errorf("the section is\n%q; expected\n%q", got, want)
	}
}

// TestEveryAnswerHasAPlaceAndAPicture fails for an address that the page no longer knows, and for pictures that
// are missing, left over or not shown.
func TestEveryAnswerHasAPlaceAndAPicture(t *testing.T) {
	folder := filepath.Join("..", "..", "static", "answers")
	readme, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(readme) != readmeText() {
		t.Error("README.md does not say what the table says; run go run ./scripts/answers static/answers")
	}
	names := map[string]bool{}
	for _, a := range answers {
		if names[a.name] {
			t.Errorf("%s comes twice", a.name)
		}
		names[a.name] = true
		if _, warnings := app.Properties().Parse("#" + a.hash()); len(warnings) > 0 {
			t.Errorf("%s: %v", a.name, warnings)
		}
	}
	pictures, err := filepath.Glob(filepath.Join(folder, "*.jpg"))
	if err != nil || len(pictures) != len(answers) {
		t.Errorf("there are %d pictures of %d answers, %v", len(pictures), len(answers), err)
	}
	for _, p := range pictures {
		name := filepath.Base(p)
		if !names[strings.TrimSuffix(name, ".jpg")] {
			t.Errorf("nothing is said of the picture %s", name)
		}
		if !strings.Contains(string(readme), "]("+name+")\n") {
			t.Errorf("README.md does not show the picture %s", name)
		}
	}
}

// TestTheViewsAreThere holds the pictures of the README and of the card to the sizes of the table; a card is a picture that
// no program leaves out for its weight.
func TestTheViewsAreThere(t *testing.T) {
	for _, v := range views {
		file, err := os.Open(filepath.Join("..", "..", "static", v.file()))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		c, err := jpeg.DecodeConfig(file)
		if got := (window{int64(c.Width), int64(c.Height)}); err != nil || got != v.window {
			t.Errorf("%s is %v large, %v; expected %v", v.file(), got, err, v.window)
		}
		if info, err := file.Stat(); err != nil || info.Size() > 200_000 {
			t.Errorf("%s has %d bytes, %v; 200,000 are the most", v.file(), info.Size(), err)
		}
	}
}
