package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const page = `<!doctype html>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title data-say="title">A &amp; B</title>
<meta name="description" data-say-content="description" content="It says &quot;hello&quot;.">
<body>$1 <title>no title</title></body>
`

// built returns a folder as scripts/build leaves it.
func built(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	put(t, filepath.Join(folder, "index.html"), page)
	put(t, filepath.Join(folder, "glass-box.js"), "// the element\n")
	if err := os.CopyFS(filepath.Join(folder, "samples"), os.DirFS("../../static/samples")); err != nil {
		t.Fatal(err)
	}
	return folder
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// paths lists the files of a folder.
func paths(t *testing.T, folder string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, filepath.ToSlash(strings.TrimPrefix(name, folder+string(filepath.Separator))))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func sum(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

func TestTheManifestAndTheSumsAreOfAllFiles(t *testing.T) {
	folder := built(t)
	if err := (release{folder: folder, root: "../..", version: "1.2.3", commit: "abc", url: "https://example.org/box"}).make(); err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal([]byte(read(t, folder, manifestName)), &m); err != nil || m.Version != "1.2.3" || m.Commit != "abc" || m.URL != "https://example.org/box/" {
		t.Fatalf("the manifest says %q %q %q, %v", m.Version, m.Commit, m.URL, err)
	}
	listed := []string{manifestName, sumsName}
	for _, f := range m.Files {
		listed = append(listed, f.Path)
		if text := read(t, folder, f.Path); f.Bytes != len(text) || f.SHA256 != sum(text) || f.What == "" {
			t.Errorf("the manifest says of %s: %+v", f.Path, f)
		}
	}
	if there := paths(t, folder); !slices.Equal(slices.Sorted(slices.Values(listed)), slices.Sorted(slices.Values(there))) {
		t.Errorf("the manifest has %v; there are %v", listed, there)
	}
	summed := []string{sumsName}
	for line := range strings.Lines(read(t, folder, sumsName)) {
		hash, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		summed = append(summed, name)
		if sum(read(t, folder, name)) != hash {
			t.Errorf("%s does not have the sum %s", name, hash)
		}
	}
	if len(summed) != len(listed) {
		t.Errorf("there are sums of %v; expected all of %v", summed, listed)
	}
}

func TestTheArchiveHoldsThePageTheElementAndTheSamples(t *testing.T) {
	folder := built(t)
	r := release{folder: folder, root: "../.."}
	if err := r.make(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(folder, archiveName))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		name := strings.TrimPrefix(f.Name, "glassbox/")
		if names = append(names, name); err != nil || string(b) != read(t, folder, name) {
			t.Errorf("%s is another than in the folder, %v", f.Name, err)
		}
	}
	for _, want := range []string{"index.html", "glass-box.js", "samples/article.html", "samples/slides.html", "samples/course/week-3.html", "LICENSE", "notices.txt", "README.txt"} {
		if !slices.Contains(names, want) {
			t.Errorf("the archive lacks %s: %v", want, names)
		}
	}
	before := read(t, folder, archiveName) + read(t, folder, manifestName)
	if err := r.make(); err != nil || before != read(t, folder, archiveName)+read(t, folder, manifestName) {
		t.Errorf("made again it is another, %v", err)
	}
}

// TestSamplesReferToFilesOfTheRelease opens no browser; wasm/embed_test.go does, with a release.
func TestSamplesReferToFilesOfTheRelease(t *testing.T) {
	folder := built(t)
	if err := (release{folder: folder, root: "../.."}).make(); err != nil {
		t.Fatal(err)
	}
	there, refers := paths(t, folder), 0
	for _, name := range there {
		if !strings.HasPrefix(name, "samples/") {
			continue
		}
		for _, m := range regexp.MustCompile(`src="([^"?#]+)`).FindAllStringSubmatch(read(t, folder, name), -1) {
			refers++
			if to := filepath.ToSlash(filepath.Join(filepath.Dir(name), m[1])); !slices.Contains(there, to) {
				t.Errorf("%s refers to %s, which the release does not have", name, to)
			}
		}
	}
	if refers == 0 {
		t.Error("no sample refers to the page")
	}
}

func TestThePageKeepsAllItHasAndGetsACard(t *testing.T) {
	picture := filepath.Join(t.TempDir(), "card.jpg")
	f, err := os.Create(picture)
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(f, image.NewGray(image.Rect(0, 0, 30, 20)), nil); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if whole, err := absolute("https://example.org/box/index.html"); err != nil || whole != "https://example.org/box/" {
		t.Errorf("the folder of index.html is %q, %v", whole, err)
	}
	with, err := card(page, "https://example.org/box/", picture)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"og:title" content="A &amp; B"`, `"og:description" content="It says &#34;hello&#34;."`,
		`"og:url" content="https://example.org/box/"`, `"og:image" content="https://example.org/box/card.jpg"`,
		`"og:image:width" content="30"`, `"og:image:height" content="20"`, `"twitter:card" content="summary_large_image"`} {
		if !strings.Contains(with, want) {
			t.Errorf("the card lacks %s:\n%s", want, with)
		}
	}
	if cardTags.ReplaceAllString(with, "") != page {
		t.Errorf("more than the card changed:\n%s", with)
	}
	without, err := card(with, "", picture)
	if err != nil || strings.Contains(without, "example.org") || strings.Contains(without, "og:image") || !strings.Contains(without, "og:title") {
		t.Errorf("without an address the card is\n%s%v", without, err)
	}
}

func TestWhatIsNoReleaseIsRefused(t *testing.T) {
	for _, c := range []struct {
		does string
		to   func(folder string)
		url  string
		want string
	}{
		{"a file that nobody expects", func(f string) { put(t, filepath.Join(f, "language.safetensors"), "") }, "", "no part of a release: language.safetensors"},
		{"no element", func(f string) { os.Remove(filepath.Join(f, "glass-box.js")) }, "", "no glass-box.js"},
		{"no page", func(f string) { os.Remove(filepath.Join(f, "index.html")) }, "", "index.html"},
		{"another page", func(f string) { put(t, filepath.Join(f, "index.html"), "<p>") }, "", "no title"},
		{"an address without a host", func(string) {}, "glassbox/", "expected the whole address"},
		{"an address with a query", func(string) {}, "https://example.org/?a", "expected the whole address"},
	} {
		folder := built(t)
		c.to(folder)
		err := release{folder: folder, root: "../..", url: c.url}.make()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v; expected %q", c.does, err, c.want)
		}
	}
}

func TestTheNewestVersionStandsFirst(t *testing.T) {
	text := "# Changes\n\n## Ahead\n\n## 1.10.0, 2026-12-01\n\n- b\n\n## 1.9.0, 2026-11-30\n\n- a\n"
	if c, err := newest(text); err != nil || c != (change{"1.10.0", "- b"}) {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := newest("## 1.0.0, 2026-12-01\n\n- a\n"); err != nil || c.notes != "- a" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := newest("# Changes\n"); err == nil {
		t.Error("a changelog without a version has one")
	}
}

// TestTheCitationIsOfTheNewestVersion holds CITATION.cff to CHANGELOG.md.
func TestTheCitationIsOfTheNewestVersion(t *testing.T) {
	changes, citation := read(t, "../../CHANGELOG.md"), read(t, "../../CITATION.cff")
	c, err := newest(changes)
	if err != nil {
		t.Fatal(err)
	}
	_, date, _ := strings.Cut(strings.TrimSpace(heading.FindString(changes)), ", ")
	for _, want := range []string{"version: " + c.version + "\n", "date-released: " + date + "\n"} {
		if !strings.Contains(citation, want) {
			t.Errorf("CITATION.cff lacks %q", want)
		}
	}
}
