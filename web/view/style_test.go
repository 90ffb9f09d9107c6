package view_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"glassbox/scripts/sheets"
	"glassbox/web/feature"
	"glassbox/web/scene/paint"
)

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// style returns all style sheets of the page, in their order.
func style(t *testing.T) string {
	t.Helper()
	css, err := sheets.Read("../../static/index.html")
	if err != nil {
		t.Fatal(err)
	}
	return css
}

// tokens returns the custom properties of the first rule with the selector.
func tokens(t *testing.T, css, selector string) map[string]string {
	t.Helper()
	_, rest, ok := strings.Cut(css, selector+" {")
	if !ok {
		t.Fatalf("there is no rule %s", selector)
	}
	rule, _, _ := strings.Cut(rest, "}")
	found := map[string]string{}
	for line := range strings.SplitSeq(rule, ";") {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			found[name] = value
		}
	}
	return found
}

// TestDarkIsWrittenTwiceAlike holds the dark theme that the reader chooses equal to the
// one that the system asks for.
func TestDarkIsWrittenTwiceAlike(t *testing.T) {
	css := style(t)
	chosen, asked := tokens(t, css, `:root[data-theme="dark"]`), tokens(t, css, ":root:not([data-theme])")
	if len(chosen) < 20 || len(chosen) != len(asked) {
		t.Fatalf("the two have %d and %d tokens", len(chosen), len(asked))
	}
	for name, value := range chosen {
		if asked[name] != value {
			t.Errorf("%s is %s and %s", name, value, asked[name])
		}
	}
}

// TestScaleEndsAsTheSceneDoes holds the ends of the legend's scale equal to those of the
// colours in the scene, in each theme.
func TestScaleEndsAsTheSceneDoes(t *testing.T) {
	css := style(t)
	for selector, theme := range map[string]paint.Theme{
		":root": paint.Light, `:root[data-theme="dark"]`: paint.Dark, `:root[data-theme="projector"]`: paint.Projector,
	} {
		root := &feature.Screen{Theme: theme}
		found := tokens(t, css, selector)
		for name, at := range map[string]float64{"--value-n4": -1, "--value-p4": 1} {
			if found[name] != root.Colour(at) {
				t.Errorf("%s %s is %s; the scene has %s", selector, name, found[name], root.Colour(at))
			}
		}
	}
}

// TestPolicyIsKept holds that the page needs nothing that its Content-Security-Policy
// forbids: no style attributes, no inline handlers, nothing from elsewhere.
func TestPolicyIsKept(t *testing.T) {
	html := read(t, "../../static/index.html") + full(t).HTML()
	for _, forbidden := range []string{" style=", " onclick=", "<style", "https://", "javascript:"} {
		if strings.Contains(html, forbidden) {
			t.Errorf("the page holds %q", forbidden)
		}
	}
	if css := style(t); strings.Contains(css, "url(") || strings.Contains(css, "@import") {
		t.Error("a style sheet fetches something")
	}
}

// TestStylesAreForIDsThatAreThere: a rule for an id that no element has does nothing.
func TestStylesAreForIDsThatAreThere(t *testing.T) {
	markup := read(t, "../../static/index.html")
	for _, pattern := range []string{"*.vugu", "../feature/*/*.vugu", "../feature/*/*.go", "../page/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			markup += read(t, file)
		}
	}
	id := regexp.MustCompile(`#([a-z][a-z0-9-]*)`)
	for rule := range strings.SplitSeq(style(t), "}") {
		selector, _, ok := strings.Cut(rule, "{")
		if !ok {
			continue
		}
		for _, found := range id.FindAllStringSubmatch(selector, -1) {
			if !strings.Contains(markup, `"`+found[1]+`"`) {
				t.Errorf("there is a rule for #%s, which no element is", found[1])
			}
		}
	}
}
