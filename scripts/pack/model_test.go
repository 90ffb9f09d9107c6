package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const fixture = "../../model/testdata/nano-sort/weights.safetensors"

// besidePage writes a page without models, and returns its path.
func besidePage(t *testing.T) string {
	t.Helper()
	page := filepath.Join(t.TempDir(), "index.html")
	if err := os.WriteFile(page, []byte(bare+"\n</body>\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return page
}

// listOf returns the list that stands in a page.
func listOf(t *testing.T, page string) (models []packed) {
	t.Helper()
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`id="beside">(.*)</script>`).FindSubmatch(b)
	if found == nil {
		return nil
	}
	if err := json.Unmarshal(found[1], &models); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), framing+`">`) {
		t.Error("the policy lets no frame show a part")
	}
	return models
}

func TestAModelBesideThePageIsItsFileInParts(t *testing.T) {
	page := besidePage(t)
	if err := packModel([]string{"-page", page, "-name", "Sörter 1", "-licence", "MIT </script>", fixture}); err != nil {
		t.Fatal(err)
	}
	models := listOf(t, page)
	if len(models) != 1 || models[0].Name != "Sörter 1" || models[0].Folder != "s-rter-1" || models[0].Licence != "MIT </script>" || len(models[0].Files) != 1 {
		t.Fatalf("the page lists %+v", models)
	}
	whole, err := os.ReadFile(fixture)
	if err != nil {
		t.Fatal(err)
	}
	f := models[0].Files[0]
	p := f.Parts[0]
	sum := sha256.Sum256(whole)
	if f.Name != "weights.safetensors" || f.Size != int64(len(whole)) || len(f.Parts) != 1 || p.Bytes != len(whole) || p.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("the file is listed as %+v", f)
	}
	b, err := os.ReadFile(filepath.Join(filepath.Dir(page), "models", "s-rter-1", p.Name))
	if err != nil || !strings.Contains(string(b), `<script type="text/plain">`+base85(string(whole))+`</script><script>`+hand+`</script>`) || !strings.Contains(string(b), hash(hand)) {
		t.Errorf("the part is %.300s…, %v", b, err)
	}
}

func TestAFileIsCutIntoParts(t *testing.T) {
	folder := t.TempDir()
	f, err := writeParts(folder, fixture, "w", 2, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for i, p := range f.Parts {
		if sum += p.Bytes; p.Bytes > 100_000 || i < len(f.Parts)-1 && p.Bytes < 100_000 {
			t.Errorf("part %s holds %d bytes", p.Name, p.Bytes)
		}
		if info, err := os.Stat(filepath.Join(folder, p.Name)); err != nil || info.Size() > 16e6 {
			t.Errorf("part %s: %v, %v", p.Name, info, err)
		}
	}
	if int64(sum) != f.Size || len(f.Parts) != 4 || f.Parts[3].Name != "2-004.html" {
		t.Errorf("%d bytes of %d are in parts: %+v", sum, f.Size, f.Parts)
	}
	if most := len(part(make([]byte, partBytes))); most >= 16e6 {
		t.Errorf("the largest part has %d bytes", most)
	}
}

func TestThePageListsWhatLiesBesideIt(t *testing.T) {
	page := besidePage(t)
	before, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b", "a", "b"} {
		if err := packModel([]string{"-page", page, "-name", name, fixture}); err != nil {
			t.Fatal(err)
		}
	}
	if models := listOf(t, page); len(models) != 2 || models[0].Name != "a" || models[1].Name != "b" || models[0].Licence != "" {
		t.Fatalf("the page lists %+v", models)
	}
	if err := os.WriteFile(page, before, 0o600); err != nil { // as a new build does
		t.Fatal(err)
	}
	if names, err := relist(page); err != nil || strings.Join(names, " ") != "a b" || len(listOf(t, page)) != 2 {
		t.Errorf("a page that is built anew lists %v, %v", names, err)
	}
	if err := os.RemoveAll(filepath.Join(filepath.Dir(page), "models")); err != nil {
		t.Fatal(err)
	}
	if _, err := relist(page); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(page); err != nil || string(b) != string(before) {
		t.Errorf("without models the page is another one than before: %s, %v", b, err)
	}
}

func TestTheLicenceIsTakenFromTheFiles(t *testing.T) {
	folder := t.TempDir()
	b, err := os.ReadFile(fixture)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"w.safetensors": string(b), "README.md": "---\nlanguage: en\nlicense: \"apache-2.0\"\n---\n# A model\n", ".hidden": "x", "cat.png": "\x89PNG\r\n\x1a\n and so on"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m, err := packFiles(folder, t.TempDir(), "sorter", "")
	if err != nil || m.Licence != "apache-2.0" || len(m.Files) != 1 || m.Files[0].Name != "w.safetensors" {
		t.Errorf("of the folder is packed %+v, %v", m, err)
	}
}

func TestWhatIsNoModelIsNotPacked(t *testing.T) {
	page := besidePage(t)
	folder := t.TempDir()
	for name, text := range map[string]string{"config.json": `{"model_type": "gpt2", "n_head": 3}`, "cat.png": "\x89PNG\r\n\x1a\n and so on"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for want, args := range map[string][]string{
		"no weights":      {folder},
		"PNG":             {filepath.Join(folder, "cat.png")},
		"no such file":    {filepath.Join(folder, "gone")},
		"no letter":       {"-name", "…", fixture},
		"./scripts/build": {"-page", filepath.Join(folder, "index.html"), fixture},
	} {
		if err := packModel(append([]string{"-page", page}, args...)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v gives %v; expected %q", args, err, want)
		}
	}
	if listOf(t, page) != nil {
		t.Error("the page lists something")
	}
}
