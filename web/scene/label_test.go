package scene

import (
	"testing"

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
