package glossary_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
)

// TestAWordStandsOnTheSceneWithoutAnInspector holds it for hosts that show the scene alone.
func TestAWordStandsOnTheSceneWithoutAnInspector(t *testing.T) {
	s := apptest.OpenPage(t).Send(feature.Hosted{Query: "?ui=stage"}, feature.Navigated{Hash: "#word=softmax&stage=softmax"})
	html := s.HTML()
	if _, over, _ := strings.Cut(html, `class="caption gloss"`); !strings.Contains(over, "Turns any numbers into shares") || strings.Count(html, `id="glossed"`) != 1 {
		t.Error("the word does not stand on the scene, once")
	}
}
