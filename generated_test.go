package glassbox

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGeneratedFilesAreFresh generates the components of every folder again, elsewhere, and compares.
func TestGeneratedFilesAreFresh(t *testing.T) {
	elsewhere := t.TempDir()
	before, after := generated(t, "web"), map[string]string{}
	copySources(t, "web", filepath.Join(elsewhere, "web"))
	if out, err := exec.Command("scripts/generate", filepath.Join(elsewhere, "web")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for path, text := range generated(t, filepath.Join(elsewhere, "web")) {
		name, err := filepath.Rel(elsewhere, path)
		if err != nil {
			t.Fatal(err)
		}
		after[name] = text
	}
	if len(after) == 0 {
		t.Fatal("nothing was generated")
	}
	for name := range before {
		if after[name] != before[name] {
			t.Errorf("%s is not what its .vugu file gives; run ./scripts/generate", name)
		}
	}
	for name := range after {
		if _, found := before[name]; !found {
			t.Errorf("%s is missing; run ./scripts/generate", name)
		}
	}
}

// generated returns the texts of all generated components below a folder.
func generated(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	walk(t, root, func(path string) {
		if strings.HasSuffix(path, "_gen.go") && filepath.Base(filepath.Dir(path)) != "say" { // those of web/say are of scripts/say
			files[path] = contents(t, path)
		}
	})
	return files
}

// copySources copies what the generator reads: the components, and the Go that is written by hand.
func copySources(t *testing.T, from, to string) {
	t.Helper()
	walk(t, from, func(path string) {
		ext := filepath.Ext(path)
		if ext != ".vugu" && ext != ".go" || strings.HasSuffix(path, "_gen.go") {
			return
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, []byte(contents(t, path)), 0o644); err != nil {
			t.Fatal(err)
		}
	})
}

func walk(t *testing.T, root string, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			visit(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
