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
		{"lessons/de/walk/01.md", "---\ntitle: Eins\n---\n[x](#walk=2)", "lessons/de/walk/01.md:4: the link #walk=2: there is no stop 2: the walk has 1"},
		{"lessons/de/walk/01.md", "---\ntitle: Eins\nplace: #panel=h.9.ln_1\n---\nText", "lessons/de/walk/01.md:3: the model sort has no step or weight h.9.ln_1"},
		{"lessons/de/walk/02.md", first, "lessons/de/walk/02.md:1: there is no lesson of this name in English"},
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
	if err := p.lessons(folder(t, map[string]string{"language/de.json": "{}", "lessons/walk/01.md": first, "lessons/de/walk/01.md": first + "`</script>`"})); err != nil || p.err == nil {
		t.Errorf("a lesson that would end its block early gives %v, %v", err, p.err)
	}
}

// TestAllErrorsOfAllLessonsAreReportedAtOnce holds it for what the parser finds, what the page would not understand, and what
// one of the models that are carried lacks, in all languages.
func TestAllErrorsOfAllLessonsAreReportedAtOnce(t *testing.T) {
	static := folder(t, map[string]string{
		"language/en.json": "{}", "language/de.json": "{}", "models/sort.safetensors": "", "models/language.gguf": "",
		"lessons/walk/01.md":    "---\ntitle: One\npicture: tree\n---\n![a](b.png) {nothing}\n\n- a\n  - b\n\n[c](#walk=3) and [d](#word=cat)\n",
		"lessons/walk/02.md":    "---\ntitle: Two\n---\n[a](#panel=h.3.ln_1) {value h.9.ln_1 0 0}\n",
		"lessons/de/walk/02.md": "---\ntitel: Zwei\n---\n<b>Text\n",
	})
	err := (&packer{}).lessons(static)
	if err == nil {
		t.Fatal("the lessons are packed")
	}
	got := strings.ReplaceAll(err.Error(), filepath.ToSlash(static)+"/lessons/", "")
	for _, want := range []string{
		`walk/01.md:3: there is no picture "tree"`,
		"walk/01.md:5: images are not part",
		"walk/01.md:5: there is no live value {nothing}",
		"walk/01.md:8: lists within lists",
		"walk/01.md:10: the link #walk=3: there is no stop 3",
		"walk/01.md:10: the link #word=cat: The glossary has no word cat.",
		"walk/02.md:4: the model sort has no step or weight h.3.ln_1",
		"walk/02.md:4: the model sort has no step or weight h.9.ln_1",
		"walk/02.md:4: the model language has no step or weight h.9.ln_1",
		`de/walk/02.md:2: there is no key "titel"`,
		"de/walk/02.md:3: the front matter has no title",
		"de/walk/02.md:4: <b would be HTML",
	} {
		if !strings.Contains("\n"+got, "\n"+want) {
			t.Errorf("the errors lack %s:\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\n") + 1; n != 12 {
		t.Errorf("%d errors are reported, expected 12:\n%s", n, got)
	}
}
