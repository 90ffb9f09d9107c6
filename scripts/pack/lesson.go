package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"glassbox/scripts/catalogue"
	"glassbox/web/app"
	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// lessons adds the lessons in static/lessons/walk/*.md, in the order of their names, as text
// that can be edited in the finished page, and behind them those of other languages, in
// static/lessons/TAG/walk/*.md. A lesson that the page could not read, or that names what one
// of its models, or of those that readers open, does not have, is an error with file and line: all of all lessons are reported at once.
func (p *packer) lessons(static string) error {
	languages, err := lessonLanguages(static)
	if err != nil {
		return err
	}
	models, bytes := append(shipped(static), app.Kin()...), 0
	var english []string
	var wrong []error
	for _, tag := range append([]string{""}, languages...) {
		paths, err := filepath.Glob(filepath.Join(static, "lessons", tag, "walk", "*.md"))
		if err != nil {
			return err
		}
		for _, path := range paths {
			name := filepath.Base(path)
			if tag == "" {
				english = append(english, name)
			} else if !slices.Contains(english, name) {
				wrong = append(wrong, lesson.Errors{{File: filepath.ToSlash(path), Line: 1, Reason: "there is no lesson of this name in English, which this one could stand for"}})
			}
		}
		for _, path := range paths {
			n, refused, err := p.lesson(path, tag, len(english), models)
			if err != nil {
				return err
			}
			bytes += n
			wrong = append(wrong, refused)
		}
	}
	p.recordSize("lessons", bytes)
	return lesson.Join(wrong...)
}

// shipped returns the models whose files are in static/models.
func shipped(static string) []feature.Choice {
	return app.Shipped(func(id string) bool {
		_, err := os.Stat(modelPath(static, id))
		return err == nil
	})
}

// modelPath returns the path of the file of a model.
func modelPath(static, id string) string { return filepath.Join(static, "models", app.ModelFile(id)) }

// lessonLanguages returns the tags of the languages other than English that have lessons. Each must
// be one of the page's.
func lessonLanguages(static string) (tags []string, err error) {
	folders, err := filepath.Glob(filepath.Join(static, "lessons", "*", "walk"))
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		tag := filepath.Base(filepath.Dir(folder))
		texts := filepath.Join(static, "language", tag+".json")
		if _, err := os.Stat(texts); err != nil || tag+".json" == catalogue.English {
			return nil, fmt.Errorf("%s: %q is no language besides English of which %s has the texts", filepath.ToSlash(folder), tag, filepath.ToSlash(filepath.Dir(texts)))
		}
		tags = append(tags, tag)
	}
	return tags, nil
}

// lesson checks and adds one of a walk with so many stops, and returns its size. tag is its language; "": English. What the
// page could not read is refused.
func (p *packer) lesson(path, tag string, stops int, models []feature.Choice) (bytes int, refused, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, nil, err
	}
	page, wrong := lesson.Parse(filepath.ToSlash(path), string(b))
	refused = lesson.Join(wrong, app.CheckLesson(page, stops, models...))
	name := "walk/" + filepath.Base(path)
	if strings.ContainsAny(name+tag, "\"<>&") {
		return 0, nil, fmt.Errorf("%s: the name of a lesson holds none of \" < > &", path)
	}
	language := ""
	if tag != "" {
		language = fmt.Sprintf(" data-language=\"%s\"", tag)
	}
	p.checkScript(filepath.ToSlash(path), string(b))
	fmt.Fprintf(&p.blocks, "<script type=\"text/plain\" data-lesson=\"%s\"%s>\n%s</script>\n", name, language, b)
	return len(b), refused, nil
}
