package finder_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/finder"
	"glassbox/web/feature/glossary"
)

// TestTheFinderIsAComboboxWithItsList holds what a screen reader is told: a field that names
// its list and the place in it, groups with headings, one selected option.
func TestTheFinderIsAComboboxWithItsList(t *testing.T) {
	s := apptest.OpenPage(t).Press("id", "finder-open")
	html := s.HTML()
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
	s := apptest.OpenPage(t).Press("id", "finder-open")
	s.On("input", "id", "finder", &apptest.Event{Value: "scores"})
	if html := s.HTML(); !strings.Contains(html, `h.0.attn.head.0.scores`) || !strings.Contains(html, "Block 1, attention, 6 × 6") {
		t.Fatal("scores are not found")
	}
	for key, want := range map[string]feature.Msg{"ArrowDown": finder.Moved{By: 1}, "ArrowUp": finder.Moved{By: -1},
		"PageDown": finder.Moved{By: 6}, "PageUp": finder.Moved{By: -6}} {
		e := &apptest.Event{Key: key}
		if s.On("keydown", "id", "finder", e); !e.Prevented || s.Sent[len(s.Sent)-1] != want {
			t.Errorf("%s sends %v", key, s.Sent[len(s.Sent)-1])
		}
	}
	n := len(s.Sent)
	s.On("keydown", "id", "finder", &apptest.Event{Key: "Home"}).On("keydown", "id", "finder", &apptest.Event{Key: "Enter", Composing: true})
	if len(s.Sent) != n {
		t.Errorf("keys of the field send %v", s.Sent[n:])
	}
	s.Send(finder.Moved{By: 1})
	if s.On("keydown", "id", "finder", &apptest.Event{Key: "Enter"}); s.State.Panel != "h.0.attn.head.1.scores" || finder.Of(&s.State) != nil {
		t.Errorf("Enter leads to %q", s.State.Panel)
	}
}

func TestTheFinderIsUsedWithThePointer(t *testing.T) {
	s := apptest.OpenPage(t).Press("id", "finder-open")
	s.On("input", "id", "finder", &apptest.Event{Value: "no such thing"})
	if html := s.HTML(); !strings.Contains(html, "Nothing is called so.") || !strings.Contains(html, `aria-expanded="false"`) {
		t.Error("it is not said that nothing is found")
	}
	s.On("input", "id", "finder", &apptest.Event{Value: "gelu"}).Press("id", "place-0")
	if glossary.Of(&s.State).Word != "gelu" || s.State.Panel != "h.0.mlp.gelu" {
		t.Errorf("a press leads to %q, %q", glossary.Of(&s.State).Word, s.State.Panel)
	}
	if html := s.HTML(); !strings.Contains(html, `id="glossed"`) || !strings.Contains(html, "holds negative ones back") {
		t.Error("the word is not explained")
	}
	s.Press("id", "word-close")
	if html := s.HTML(); glossary.Of(&s.State).Word != "" || strings.Contains(html, `id="glossed"`) {
		t.Error("the word does not close")
	}
	s.Press("id", "finder-open").On("click", "id", "finder-veil", &apptest.Event{ID: "finder-card"})
	if finder.Of(&s.State) == nil {
		t.Error("a press into the card closes it")
	}
	if s.On("click", "id", "finder-veil", &apptest.Event{ID: "finder-veil"}); finder.Of(&s.State) != nil {
		t.Error("a press beside the card leaves it open")
	}
}
