// Package sheets finds the style sheets of the page, in the order in which the cascade takes them.
//
// index.html links them. First come those of the shell, one by one, for there a later one may refine an
// earlier one. Then one link stands for all the rest: href="../web/**/style.css" is every style.css
// below web/, in the order of their paths, so a folder that brings one needs no line anywhere. These
// may refine what the shell says, and none counts on standing before or behind another of them.
package sheets

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

var link = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)">`)

// Link returns how index.html refers to a sheet.
func Link(name string) string { return `<link rel="stylesheet" href="` + name + `">` }

// Names lists the sheets that the page links, in its order.
func Names(page string) (names []string) {
	for _, m := range link.FindAllStringSubmatch(page, -1) {
		names = append(names, m[1])
	}
	return names
}

// Expand returns the page with a link to each file in the place of a link with **. The folder is that
// of the page.
func Expand(page, folder string) (string, error) {
	for _, name := range Names(page) {
		root, file, pattern := strings.Cut(name, "/**/")
		if !pattern {
			continue
		}
		found, err := below(folder, root, file)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		if len(found) == 0 {
			return "", fmt.Errorf("%s stands for no file", name)
		}
		links := make([]string, len(found))
		for i, f := range found {
			links[i] = Link(f)
		}
		page = strings.Replace(page, Link(name), strings.Join(links, "\n"), 1)
	}
	return page, nil
}

// below lists the files of a name below a root, seen from the folder. What is for tests is left out.
func below(folder, root, file string) (found []string, err error) {
	err = fs.WalkDir(os.DirFS(filepath.Join(folder, filepath.FromSlash(root))), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case !d.IsDir() && d.Name() == file:
			found = append(found, path.Join(root, p))
		}
		return nil
	})
	return found, err
}

// Read returns the text of all sheets of the page at a path, as one.
func Read(index string) (string, error) {
	page, err := os.ReadFile(index)
	if err != nil {
		return "", err
	}
	folder := filepath.Dir(index)
	expanded, err := Expand(string(page), folder)
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, name := range Names(expanded) {
		b, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			return "", err
		}
		all.Write(b)
	}
	return all.String(), nil
}
