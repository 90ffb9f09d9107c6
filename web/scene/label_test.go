package scene

import (
	"regexp"
	"slices"
	"testing"

	"glassbox/scripts/catalogue"
	"glassbox/web/say"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// TestLabelsCanBeRead measures what is written in the scene, where it has come in fully: a
// label on its tag, or else on the halo of paper around it.
func TestLabelsCanBeRead(t *testing.T) {
	for name, theme := range map[string]paint.Theme{"light": paint.Light, "dark": paint.Dark, "projector": paint.Projector} {
		seen := 0
		for _, place := range [][]string{nil, {"tokens"}, {"h.0.attn.head.1.scores"}, names(t, scenetest.Nano, "h.0.mlp")} {
			s := scoresHovered(t)
			s.SetTheme(theme)
			s.SetMotion(false)
			s.SetTokens([]Token{{Text: "C"}, {Text: "B", Generated: true}})
			s.SetNext("A", 0.5, len(place) == 1)
			if s.Fit(1); place != nil {
				s.FlyTo(place, 1)
			}
			s.Frame(1)
			b, _ := s.Frame(9)
			for _, l := range b.Labels {
				ground := paint.RGB(b.Paper)
				if l.Fill[3] > 0 {
					ground = paint.RGB(l.Fill[:3])
				}
				if l.Ink[3] < 0.9 {
					continue // fades in as the camera comes nearer
				}
				seen++
				ink := paint.RGB(l.Ink[:3])
				for k := range ink {
					ink[k] = ground[k] + (l.Ink[k]-ground[k])*l.Ink[3]
				}
				if is := paint.Contrast(ink, ground); is < paint.Readable {
					t.Errorf("%s, at %q: %q has contrast %.2f; expected %.1f at least", name, place, l.Text, is, paint.Readable)
				}
			}
		}
		if seen < 50 {
			t.Errorf("%s: only %d labels were measured", name, seen)
		}
	}
}

// TestLabelsAreWordedAnewInAnotherLanguage holds for captions and titles, which are kept from frame to frame.
func TestLabelsAreWordedAnewInAnotherLanguage(t *testing.T) {
	english, err := catalogue.Read("../../static/language/en.json")
	if err != nil {
		t.Fatal(err)
	}
	other := map[string]string{"scene.blockAttention": "Klotz {n, number}", "scene.aboutAttention": "erst, dann"}
	sources := make([]string, len(english.Program()))
	for i, text := range english.Program() {
		sources[i] = other[text.Name()]
	}
	language, err := say.NewLanguage("xx", false, say.EnglishLocale{}, sources)
	if err != nil {
		t.Fatal(err)
	}
	s := framed(t, 1080, 724)
	shown := func(want string) bool {
		b, _ := s.Frame(9)
		return slices.ContainsFunc(b.Labels, func(l paint.Label) bool { return l.Text == want })
	}
	for _, text := range []string{"Block 1 · Attention", "columns read from earlier columns"} {
		if !shown(text) {
			t.Errorf("%q does not stand there", text)
		}
	}
	t.Cleanup(func() { say.Speak(say.English) })
	say.Speak(language)
	for _, text := range []string{"Klotz 1", "erst, dann"} {
		if !shown(text) {
			t.Errorf("in another language %q does not stand there", text)
		}
	}
}

// TestNothingInTheSceneStaysEnglish reads what is written on the canvas, where no test of the page can: in a language whose
// words all have accents.
func TestNothingInTheSceneStaysEnglish(t *testing.T) {
	english, err := catalogue.Read("../../static/language/en.json")
	if err != nil {
		t.Fatal(err)
	}
	made, err := catalogue.Longer().Language(english)
	if err != nil {
		t.Fatal(err)
	}
	sources, _ := made.Sources(english)
	language, err := say.NewLanguage(made.Tag, false, say.EnglishLocale{}, sources)
	if err != nil {
		t.Fatal(err)
	}
	say.Speak(language)
	t.Cleanup(func() { say.Speak(say.English) })
	plain, seen := regexp.MustCompile(`(?:^|[^\p{L}])[A-Za-z]?[a-z]{2,}(?:[^\p{L}]|$)`), map[string]bool{}
	for _, place := range [][]string{nil, {"tokens"}, {"h.0.attn.head.1.scores"}, names(t, scenetest.Nano, "h.0.mlp"), {"probabilities"}, {"sample.temperature"}, {"wte.weight"}} {
		s := scoresHovered(t)
		s.SetMotion(false)
		s.SetTokens([]Token{{Text: "C"}, {Text: "B", Generated: true}})
		s.SetNext("A", 0.5, false)
		if s.Fit(1); place != nil {
			s.FlyTo(place, 1)
		}
		s.Frame(1)
		b, _ := s.Frame(9)
		for _, l := range b.Labels {
			seen[l.Text] = true
			if plain.MatchString(l.Text) || plain.MatchString(l.Shape) {
				t.Errorf("%v: %q %q is English", place, l.Text, l.Shape)
			}
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d texts were read", len(seen))
	}
}
