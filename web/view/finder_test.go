package view_test

import (
	"strings"
	"testing"

	"glassbox/web/feature"
	"glassbox/web/feature/finder"
	"glassbox/web/feature/glossary"
	"glassbox/web/run"
	"glassbox/web/scene"
)

// TestTheFinderIsAComboboxWithItsList holds what a screen reader is told: a field that names
// its list and the place in it, groups with headings, one selected option.
func TestTheFinderIsAComboboxWithItsList(t *testing.T) {
	s := opened(t).press("id", "finder-open")
	html := s.html()
	for _, want := range []string{`role="dialog" aria-modal="true"`, `role="combobox"`, `aria-controls="places"`, `aria-activedescendant="place-0"`,
		`role="listbox"`, `role="group" aria-labelledby="places-stage"`, `id="places-place"`, `<span>Glossary</span>`} {
		if !strings.Contains(html, want) {
			t.Errorf("the finder lacks %s", want)
		}
	}
	for part, n := range map[string]int{`<header class="header" inert`: 1, `aria-selected="true"`: 1} {
		if got := strings.Count(html, part); got != n {
			t.Errorf("%s stands there %d times; expected %d", part, got, n)
		}
	}
}

func TestTheFinderIsUsedFromTheKeyboard(t *testing.T) {
	s := opened(t).press("id", "finder-open")
	s.on("input", "id", "finder", &event{value: "scores"})
	if html := s.html(); !strings.Contains(html, `h.0.attn.head.0.scores`) || !strings.Contains(html, "Block 1, attention, 6 × 6") {
		t.Fatal("scores are not found")
	}
	for key, want := range map[string]feature.Msg{"ArrowDown": finder.Moved{By: 1}, "ArrowUp": finder.Moved{By: -1},
		"PageDown": finder.Moved{By: 6}, "PageUp": finder.Moved{By: -6}} {
		e := &event{key: key}
		if s.on("keydown", "id", "finder", e); !e.prevented || s.sent[len(s.sent)-1] != want {
			t.Errorf("%s sends %v", key, s.sent[len(s.sent)-1])
		}
	}
	n := len(s.sent)
	s.on("keydown", "id", "finder", &event{key: "Home"}).on("keydown", "id", "finder", &event{key: "Enter", composing: true})
	if len(s.sent) != n {
		t.Errorf("keys of the field send %v", s.sent[n:])
	}
	s.send(finder.Moved{By: 1})
	if s.on("keydown", "id", "finder", &event{key: "Enter"}); s.state.Panel != "h.0.attn.head.1.scores" || finder.Of(&s.state) != nil {
		t.Errorf("Enter leads to %q", s.state.Panel)
	}
}

func TestTheFinderIsUsedWithThePointer(t *testing.T) {
	s := opened(t).press("id", "finder-open")
	s.on("input", "id", "finder", &event{value: "no such thing"})
	if html := s.html(); !strings.Contains(html, "Nothing is called so.") || !strings.Contains(html, `aria-expanded="false"`) {
		t.Error("it is not said that nothing is found")
	}
	s.on("input", "id", "finder", &event{value: "gelu"}).press("id", "place-0")
	if glossary.Of(&s.state).Word != "gelu" || s.state.Panel != "h.0.mlp.gelu" {
		t.Errorf("a press leads to %q, %q", glossary.Of(&s.state).Word, s.state.Panel)
	}
	if html := s.html(); !strings.Contains(html, `id="glossed"`) || !strings.Contains(html, "holds negative ones back") {
		t.Error("the word is not explained")
	}
	s.press("id", "word-close")
	if html := s.html(); glossary.Of(&s.state).Word != "" || strings.Contains(html, `id="glossed"`) {
		t.Error("the word does not close")
	}
	s.press("id", "finder-open").on("click", "id", "finder-veil", &event{id: "finder-card"})
	if finder.Of(&s.state) == nil {
		t.Error("a press into the card closes it")
	}
	if s.on("click", "id", "finder-veil", &event{id: "finder-veil"}); finder.Of(&s.state) != nil {
		t.Error("a press beside the card leaves it open")
	}
}

// TestAWordStandsOnTheSceneWithoutAnInspector holds it for hosts that show the scene alone.
func TestAWordStandsOnTheSceneWithoutAnInspector(t *testing.T) {
	s := opened(t).send(feature.Hosted{Query: "?ui=stage"}, feature.Navigated{Hash: "#word=softmax&stage=softmax"})
	html := s.html()
	if _, over, _ := strings.Cut(html, `class="caption gloss"`); !strings.Contains(over, "Turns any numbers into shares") || strings.Count(html, `id="glossed"`) != 1 {
		t.Error("the word does not stand on the scene, once")
	}
}

func TestTheMinimapMarksTheStage(t *testing.T) {
	s := opened(t)
	s.root.Map = &feature.MapInfo{Bands: []feature.MapBand{{Stage: "block.0.attention", Label: "Block 1, Attention", Band: scene.Band{X: 0.1, Y: 0.2, W: 0.3, H: 0.001}},
		{Stage: "block.0.feed_forward", Label: "Block 1, Feed-forward", Band: scene.Band{X: 0.5, Y: 0.3, W: 0.5, H: 0.1}}, {Stage: "sample", Label: "Sampling", Band: scene.Band{}}}}
	html := s.html()
	for _, want := range []string{`role="slider" tabindex="0"`, `x="10.00"`, `y="20.00"`, `width="30.00"`, `height="0.90"`, `height="10.00"`, `height="0"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the strip lacks %s", want)
		}
	}
	for stage, want := range map[run.Stage]int{"": 0, "block.0": 2, "block.0.attention": 1, "softmax": 0} {
		s.send(feature.StageChosen{Stage: stage})
		if got := strings.Count(s.html(), `class="band this"`); got != want {
			t.Errorf("at %q, %d bands are marked; expected %d", stage, got, want)
		}
	}
}
