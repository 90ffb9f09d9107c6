package app_test

import (
	"slices"
	"strings"
	"testing"

	"glassbox/scripts/catalogue"
	"glassbox/web/address"
	"glassbox/web/app"
	. "glassbox/web/feature"
	"glassbox/web/say"
)

// TestWhatStandsInListsFollowsTheLanguage holds that no list of texts keeps the language in which it was first made.
func TestWhatStandsInListsFollowsTheLanguage(t *testing.T) {
	s := app.New(app.Shipped(both))
	lists := func(s State) []string {
		parts, properties := s.Parts(), s.Properties()
		help := slices.IndexFunc(parts, func(p address.Part) bool { return p.Name == "help" })
		return []string{s.Models[0].Label, s.Models[1].Does, s.Keys()[0].Does, parts[0].Doc, parts[help].Doc, properties[0].Doc}
	}
	english := lists(s)
	marked, err := catalogue.Read("../../static/language/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, text := range marked.Program() {
		texts = append(texts, "¡"+text.Source)
	}
	l, err := say.NewLanguage("x", false, say.EnglishLocale{}, texts)
	if err != nil {
		t.Fatal(err)
	}
	say.Speak(l)
	defer say.Speak(say.English)
	s, _ = Update(s, StillnessChanged{})
	for i, text := range lists(s) {
		if text != "¡"+english[i] {
			t.Errorf("%q is not in the other language, but %q", english[i], text)
		}
	}
	say.Speak(say.English)
	if s, _ = Update(s, StillnessChanged{}); strings.Join(lists(s), "|") != strings.Join(english, "|") {
		t.Errorf("back in English it says %v", lists(s))
	}
}
