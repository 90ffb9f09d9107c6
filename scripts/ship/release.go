package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A release is made in a folder, of what stands there and of files of the repository.
type release struct {
	folder, root string // where the page stands, and the repository
	version      string
	commit       string
	url          string // of the folder, once it is published; "" unknown
}

// The files that a release has besides the page, the element and the samples.
const (
	cardName     = "card.jpg"
	archiveName  = "glassbox.zip"
	manifestName = "manifest.json"
	sumsName     = "SHA256SUMS"
	readmeName   = "README.txt"
)

//go:embed README.txt
var readme []byte

// meaning says what each file is; of the samples, their folder.
var meaning = map[string]string{
	"index.html":   "the whole page in one file",
	"glass-box.js": "an element for pages around it",
	"samples":      "a page with Glassbox in it",
	"LICENSE":      "the licence",
	"notices.txt":  "what the page holds of others, and their terms",
	readmeName:     "what is what",
	cardName:       "the picture of the card of a link",
	archiveName:    "all of these but the card, to take along",
}

// A manifest says what a release consists of.
type manifest struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	URL     string `json:"url,omitempty"`
	Files   []file `json:"files"`
}

// A file of a release.
type file struct {
	Path   string `json:"path"`
	What   string `json:"what"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// make makes the release. The same sources give the same bytes.
func (r release) make() (err error) {
	if r.url != "" {
		if r.url, err = absolute(r.url); err != nil {
			return err
		}
	}
	if err := r.strangers(); err != nil { // before anything of the release before is gone
		return err
	}
	if err := r.putCard(); err != nil {
		return err
	}
	for _, name := range []string{archiveName, manifestName, sumsName, filepath.Join("samples", "README.md")} { // the last is for the repository
		if err := os.Remove(filepath.Join(r.folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for to, from := range map[string]string{"LICENSE": "LICENSE", "notices.txt": "static/notices.txt", cardName: "static/" + cardName} {
		b, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(from)))
		if err == nil {
			err = r.write(to, b)
		}
		if err != nil {
			return err
		}
	}
	if err := r.write(readmeName, readme); err != nil {
		return err
	}
	files, err := r.files()
	if err != nil {
		return err
	}
	archive, err := r.archive(files)
	if err != nil {
		return err
	}
	return errors.Join(r.write(archiveName, archive), r.list())
}

// putCard gives the page its card.
func (r release) putCard() error {
	name := filepath.Join(r.folder, "index.html")
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	page, err := card(string(b), r.url, filepath.Join(r.root, "static", cardName))
	if err != nil {
		return err
	}
	return os.WriteFile(name, []byte(page), 0o644)
}

// write writes a file of the folder.
func (r release) write(name string, b []byte) error {
	return os.WriteFile(filepath.Join(r.folder, name), b, 0o644)
}

// strangers returns an error that lists what stands in the folder and is no part of a release: it is not published with it unseen.
func (r release) strangers() error {
	entries, err := os.ReadDir(r.folder)
	if err != nil {
		return err
	}
	var list []string
	for _, e := range entries {
		if name := e.Name(); meaning[name] == "" && name != manifestName && name != sumsName {
			list = append(list, e.Name())
		}
	}
	if list != nil {
		return fmt.Errorf("no part of a release: %s; move that out of %s", strings.Join(list, ", "), r.folder)
	}
	return nil
}

// files returns what stands in the folder, in the order of the names.
func (r release) files() (list []file, err error) {
	err = fs.WalkDir(os.DirFS(r.folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		top, _, _ := strings.Cut(name, "/")
		what := meaning[top]
		b, err := os.ReadFile(filepath.Join(r.folder, filepath.FromSlash(name)))
		list = append(list, file{name, what, len(b), fmt.Sprintf("%x", sha256.Sum256(b))})
		return err
	})
	for name := range meaning {
		missing := !slices.ContainsFunc(list, func(f file) bool { return f.Path == name || strings.HasPrefix(f.Path, name+"/") })
		if err == nil && missing && name != archiveName {
			err = fmt.Errorf("%s has no %s; scripts/build makes it", r.folder, name)
		}
	}
	return list, err
}

// earliest is the first time that a zip file can hold: the same sources give the same bytes.
var earliest = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// archive returns the files in a folder of a zip file, but for the card, which is for servers.
func (r release) archive(files []file) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		if f.Path == cardName {
			continue
		}
		content, err := os.ReadFile(filepath.Join(r.folder, filepath.FromSlash(f.Path)))
		if err != nil {
			return nil, err
		}
		entry, err := w.CreateHeader(&zip.FileHeader{Name: "glassbox/" + f.Path, Method: zip.Deflate, Modified: earliest})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(content); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// list writes the manifest, and the sums, which have that of the manifest too.
func (r release) list() error {
	files, err := r.files()
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(manifest{"Glassbox", r.version, r.commit, r.url, files}, "", "\t")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	var sums strings.Builder
	for _, f := range append(files, file{Path: manifestName, SHA256: fmt.Sprintf("%x", sha256.Sum256(text))}) {
		fmt.Fprintf(&sums, "%s  %s\n", f.SHA256, f.Path) // as sha256sum reads it
	}
	return errors.Join(r.write(manifestName, text), r.write(sumsName, []byte(sums.String())))
}
