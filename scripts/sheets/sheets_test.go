package sheets

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lay writes files, each holding its own name, into a folder.
func lay(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestAPatternStandsForEverySheetInTheOrderOfTheirPaths(t *testing.T) {
	folder := lay(t, "static/index.html", "web/view/shell.css", "web/feature/b/style.css", "web/feature/a/style.css",
		"web/feature/a/testdata/style.css", "web/feature/a/other.css", "web/style.css")
	index := filepath.Join(folder, "static", "index.html")
	html := Link("../web/view/shell.css") + "\n" + Link("../web/**/style.css") + "\n<body>"
	if err := os.WriteFile(index, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	css, err := Read(index)
	if want := "web/view/shell.css\nweb/feature/a/style.css\nweb/feature/b/style.css\nweb/style.css\n"; css != want || err != nil {
		t.Errorf("the sheets are %q, %v", css, err)
	}
}

func TestWhatIsMissingIsAnError(t *testing.T) {
	folder := lay(t, "web/a.css")
	for _, name := range []string{"web/**/style.css", "gone/**/style.css"} {
		if _, err := Expand(Link(name), folder); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoSheetIsLeftOut holds that every sheet of the page's folders is one that it links.
func TestNoSheetIsLeftOut(t *testing.T) {
	const static = "../../static"
	page, err := os.ReadFile(filepath.Join(static, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	expanded, err := Expand(string(page), static)
	if err != nil {
		t.Fatal(err)
	}
	names := Names(expanded)
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			t.Errorf("index.html links %s twice", name)
		}
	}
	for _, root := range []string{"../web", "."} {
		err := filepath.WalkDir(filepath.Join(static, root), func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() && (d.Name() == "testdata" || d.Name() == "samples") {
				return filepath.SkipDir
			}
			name, err := filepath.Rel(static, p)
			if filepath.Ext(p) == ".css" && !slices.Contains(names, filepath.ToSlash(name)) {
				t.Errorf("%s is linked by nothing: name it style.css, or link it in index.html", p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
