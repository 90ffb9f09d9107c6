package view_test

import (
	"math"
	"strconv"
	"testing"
)

// luminance is the relative luminance of a colour "#rrggbb", as WCAG 2.2 defines it.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(colour[1:], 16, 32)
	if err != nil || len(colour) != 7 {
		t.Fatalf("%q is no colour", colour)
	}
	linear := func(shift int) float64 {
		v := float64(n>>shift&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestColoursCanBeRead holds every colour of text to 4.5 : 1 on every ground that it stands
// on, and what tells a control or a kind apart to 3 : 1, in each theme.
func TestColoursCanBeRead(t *testing.T) {
	css := style(t)
	light := tokens(t, css, ":root")
	for _, selector := range []string{":root", `:root[data-theme="dark"]`, `:root[data-theme="projector"]`} {
		found := tokens(t, css, selector)
		colour := func(name string) string {
			if c, ok := found["--"+name]; ok {
				return c
			}
			return light["--"+name]
		}
		need := func(a, b string, least float64) {
			if is := contrast(t, colour(a), colour(b)); is < least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, below %.1f", selector, a, b, is, least)
			}
		}
		for _, ground := range []string{"paper", "surface", "sunken"} {
			for _, text := range []string{"ink", "ink2", "signal", "negative", "positive", "weight", "activation", "aggregate"} {
				need(text, ground, 4.5)
			}
			need("ink3", ground, 4.5)
			need("signal", ground, 3)
		}
		need("signal", "signal-bg", 4.5)
		need("ink", "signal-bg", 4.5)
		need("surface", "ink", 4.5)
		need("surface", "ink2", 4.5)
	}
}
