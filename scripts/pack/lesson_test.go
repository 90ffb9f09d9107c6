package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder returns a folder like static, with these files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	static := t.TempDir()
	for name, text := range files {
		path := filepath.Join(static, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return static
}

const (
	first = "---\ntitle: One\n---\nText\n"
	erste = "---\ntitle: Eins\n---\n{tokens} [hier](#stage=token)\n"
)

func TestLessonsOfAllLanguagesStandInThePage(t *testing.T) {
	p := &packer{}
	err := p.lessons(folder(t, map[string]string{
		"language/en.json": "{}", "language/de.json": "{}", "language/fr.json": "{}",
		"lessons/README.md": "", "lessons/walk/02.md": first, "lessons/walk/01.md": first, "lessons/de/walk/01.md": erste,
	}))
	if err != nil || p.err != nil {
		t.Fatal(err, p.err)
	}
	want := `<script type="text/plain" data-lesson="walk/01.md">` + "\n" + first + "</script>\n" +
		`<script type="text/plain" data-lesson="walk/02.md">` + "\n" + first + "</script>\n" +
		`<script type="text/plain" data-lesson="walk/01.md" data-language="de">` + "\n" + erste + "</script>\n"
	if got := p.blocks.String(); got != want {
		t.Errorf("the page has\n%s\nexpected\n%s", got, want)
	}
}

func TestALessonThatThePageCouldNotReadIsRefused(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"lessons/walk/02.md", "Text", "lessons/walk/02.md:1: a lesson begins"},
		{"lessons/de/walk/01.md", "---\ntitle: Eins\n---\n*Text", "lessons/de/walk/01.md:4: a * has no text"},
		{"lessons/de/walk/01.md", "---\ntitle: Eins\n---\n{zeichen}", "lessons/de/walk/01.md:4: there is no live value {zeichen}"},
		{"lessons/de/walk/01.md", "---\ntitle: Eins\n---\n[x](#leap)", `there is no "leap"`},
		{"lessons/de/walk/01.md", "---\ntitle: Eins\nplace: #panel=h.9.ln_1\n---\nText", "lessons/de/walk/01.md:1: the model sort has no step or weight h.9.ln_1"},
		{"lessons/fr/walk/01.md", first, `"fr" is no language`},
		{"lessons/en/walk/01.md", first, `"en" is no language`},
	} {
		static := folder(t, map[string]string{
			"language/en.json": "{}", "language/de.json": "{}", "models/sort.safetensors": "", "lessons/walk/01.md": first, c.file: c.text,
		})
		if err := (&packer{}).lessons(static); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q gives %v; expected %s", c.file, c.text, err, c.want)
		}
	}
	p := &packer{}
	if err := p.lessons(folder(t, map[string]string{"language/de.json": "{}", "lessons/de/walk/01.md": first + "</script>"})); err != nil || p.err == nil {
		t.Errorf("a lesson that would end its block early gives %v, %v", err, p.err)
	}
}
